export const MASK = "«masked»";

/** Very short values would riddle the sentence with holes and tell nothing about a person. */
const SHORTEST = 3;
/** A value is looked up by its first so many characters. */
const LEAD = 8;

/** The values that somebody else's resources hold, to be masked where a finding quotes them. */
export class Quotations {
  /** How many values there were. */
  readonly of: number;
  /** By their first characters: those few that may stand at a place of a text, of a million. */
  readonly #byLead = new Map<string, string[]>();

  constructor(values: ReadonlySet<string>) {
    this.of = values.size;
    for (const value of values) {
      this.#add(value);
      const written = JSON.stringify(value).slice(1, -1);
      if (written !== value) this.#add(written);
    }
    // The longest first, so that no part of a longer value is left.
    for (const alike of this.#byLead.values()) alike.sort((one, other) => other.length - one.length);
  }

  #add(value: string): void {
    if (value.length < SHORTEST) return;
    const lead = value.slice(0, LEAD);
    const alike = this.#byLead.get(lead);
    if (alike === undefined) this.#byLead.set(lead, [value]);
    else alike.push(value);
  }

  maskedIn(text: string): string {
    const isCutOff = text.endsWith("…");
    const kept = isCutOff ? text.slice(0, -1) : text;
    let masked = "";
    let hiddenUntil = 0;
    for (let at = 0; at < kept.length; at += 1) {
      const length =
        this.#lengthAt(kept, at) || (isCutOff && this.#beginsAt(kept, at) ? kept.length - at : 0);
      // Values may overlap: what belongs to any of them is hidden, under one mask.
      if (length > 0 && at >= hiddenUntil) masked += MASK;
      hiddenUntil = Math.max(hiddenUntil, at + length);
      if (at >= hiddenUntil) masked += kept[at];
    }
    return isCutOff ? `${masked}…` : masked;
  }

  /** How many characters at a place of a text are a value; 0 when none is. */
  #lengthAt(text: string, at: number): number {
    for (let lead = Math.min(LEAD, text.length - at); lead >= SHORTEST; lead -= 1) {
      const value = this.#byLead
        .get(text.slice(at, at + lead))
        ?.find((one) => text.startsWith(one, at) && isWhole(text, at, one));
      if (value !== undefined) return value.length;
    }
    return 0;
  }

  /** Whether the end of a text, from a place on, is the beginning of a value; less than three characters tell nothing. */
  #beginsAt(text: string, at: number): boolean {
    const end = text.slice(at);
    if (end.length < SHORTEST) return false;
    if (end.length < LEAD) return [...this.#byLead.keys()].some((lead) => lead.startsWith(end));
    return this.#byLead.get(end.slice(0, LEAD))?.some((value) => value.startsWith(end)) === true;
  }
}

/** A number is masked where it stands whole: as a part of another, a port or a count, it is nobody's. */
function isWhole(text: string, at: number, value: string): boolean {
  if (!/^\d+$/.test(value)) return true;
  return !/\d/.test(text[at - 1] ?? "") && !/\d/.test(text[at + value.length] ?? "");
}
