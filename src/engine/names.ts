import type { Random } from "../model/clock.ts";
import type { Ledger } from "../model/ledger.ts";
import type { People } from "../model/people.ts";

const LEASE = 500;
const LETTERS_AND_DIGITS = "abcdefghijkmnpqrstuvwxyz23456789";

/** The unique names of one play: the same label is the same person or group throughout. */
export interface PlayNames {
  unique(kind: string, label?: string): string;
}

/**
 * Hands out names that nobody used before and that carry our marker. A range of them is on record in the ledger
 * before the first is used, so that a run that dies leaves nothing unknown behind.
 */
export class Names {
  readonly #runId: string;
  readonly #ledger: Ledger;
  readonly #people: People;
  readonly #random: Random;
  #next = 1;
  #leased = 0;

  constructor(runId: string, ledger: Ledger, people: People, random: Random) {
    this.#runId = runId;
    this.#ledger = ledger;
    this.#people = people;
    this.#random = random;
  }

  /** What every name of this run contains, in lower case. */
  get marker(): string {
    return markerOf(this.#runId);
  }

  /** Whether a userName or displayName was made by this run. */
  isOurs(name: string): boolean {
    return name.toLowerCase().includes(this.marker);
  }

  forPlay(): PlayNames {
    const labels = new Map<string, Map<string, string>>();
    return {
      unique: (kind, label = "") => {
        const known = labels.get(label) ?? this.#person(label);
        labels.set(label, known);
        const text = known.get(kind);
        if (text === undefined) throw new Error(`no unique name of kind ${kind}`);
        return text;
      },
    };
  }

  #person(label: string): Map<string, string> {
    const number = this.#take();
    const name = `${this.marker}${number}`;
    const template = this.#people.people[label] ?? {};
    const person = (text: string) => text.replaceAll("{name}", name).replaceAll("{Name}", capitalise(name));
    const givenName = template.givenName ?? pick(this.#people.givenNames, number);
    const familyName = template.familyName ?? pick(this.#people.familyNames, number * 7);
    const userName = person(template.userName ?? "{name}@example.com");
    return new Map([
      ["userName", userName],
      ["email", userName],
      ["givenName", givenName],
      ["familyName", familyName],
      ["displayName", `${givenName} ${familyName}`],
      ["externalId", `00u${this.#runId}${number.toString(36).padStart(17 - this.#runId.length, "0")}`],
      ["password", `Aa1-${this.#letters(8)}`],
      ["groupName", person(this.#people.groups[label]?.groupName ?? "{name} Engineering")],
      ["token", this.#letters(8)],
    ]);
  }

  #take(): number {
    if (this.#next > this.#leased) {
      this.#ledger.lease(this.#leased + 1, this.#leased + LEASE);
      this.#leased += LEASE;
    }
    return this.#next++;
  }

  #letters(count: number): string {
    return Array.from(
      { length: count },
      () => LETTERS_AND_DIGITS[Math.floor(this.#random.next() * LETTERS_AND_DIGITS.length)],
    ).join("");
  }
}

export const markerOf = (runId: string) => `scim-check-${runId}-`;

/** Six letters and digits that tell one run's data from another's. */
export function newRunId(random: Random): string {
  return Math.floor(random.next() * 36 ** 6)
    .toString(36)
    .padStart(6, "0");
}

function pick(list: readonly string[], number: number): string {
  return list[number % list.length] ?? "Robin";
}

const capitalise = (name: string) =>
  name.replace(/[a-z]+/g, (word) => word.charAt(0).toUpperCase() + word.slice(1));
