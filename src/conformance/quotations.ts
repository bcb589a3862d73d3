export const MASK = "«masked»";

/** Very short values would riddle the sentence with holes and tell nothing about a person. */
const SHORTEST = 3;
/** A value is looked up by its first so many characters. */
const LEAD = 8;
/** Where a text was cut off. */
const CUT_OFF = "…";

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

  /** The text with a mask for each of them, also for the beginning of one that was cut off before a `…`. */
  maskedIn(text: string): string {
    let masked = "";
    let hiddenUntil = 0;
    let cut = text.indexOf(CUT_OFF);
    for (let at = 0; at < text.length; at += 1) {
      if (cut !== -1 && cut < at) cut = text.indexOf(CUT_OFF, at);
      // What was cut off may be longer than another value that stands there whole.
      const begun = cut !== -1 && this.#isBeginning(text.slice(at, cut)) ? cut - at : 0;
      const length = Math.max(begun, this.#lengthAt(text, at));
      // Values may overlap: what belongs to any of them is hidden, under one mask.
      if (length > 0 && at >= hiddenUntil) masked += MASK;
      hiddenUntil = Math.max(hiddenUntil, at + length);
      if (at >= hiddenUntil) masked += text[at];
    }
    return masked;
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

  /** Whether a text is the beginning of a value; less than three characters tell nothing. */
  #isBeginning(text: string): boolean {
    if (text.length < SHORTEST) return false;
    if (text.length < LEAD) return [...this.#byLead.keys()].some((lead) => lead.startsWith(text));
    return this.#byLead.get(text.slice(0, LEAD))?.some((value) => value.startsWith(text)) === true;
  }
}

/** A number is masked where it stands whole: as a part of another, a port or a count, it is nobody's. */
function isWhole(text: string, at: number, value: string): boolean {
  if (!/^\d+$/.test(value)) return true;
  return !/\d/.test(text[at - 1] ?? "") && !/\d/.test(text[at + value.length] ?? "");
}
