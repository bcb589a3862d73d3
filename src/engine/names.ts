import { type Random, seededRandom } from "../model/clock.ts";
import type { Ledger } from "../model/ledger.ts";
import type { People } from "../model/people.ts";

const LEASE = 500;
const LETTERS_AND_DIGITS = "abcdefghijkmnpqrstuvwxyz23456789";

/** The unique names of one play: the same label is the same person or group throughout. */
export interface PlayNames {
  unique(kind: string, label?: string): string;
}

/** Where the numbers of names begin, and how many are put on record at a time. */
export interface NameRange {
  /** 1 unless several processes share a run id. */
  readonly first?: number;
  /** How many numbers one entry in the ledger covers; 500 unless given. */
  readonly lease?: number;
}

/**
 * Hands out names that nobody used before and that carry our marker. A range of them is on record in the ledger
 * before the first is used, so that a run that dies leaves nothing unknown behind. Every text of a name follows from its
 * number, so that nothing has to be remembered of a million of them.
 */
export class Names {
  readonly marker: string;
  readonly #runId: string;
  readonly #ledger: Ledger;
  readonly #people: People;
  readonly #seed: number;
  readonly #lease: number;
  #next: number;
  #leased: number;
  #lastNumber = 0;
  #lastName = "";

  constructor(runId: string, ledger: Ledger, people: People, random: Random, range: NameRange = {}) {
    this.marker = markerOf(runId);
    this.#runId = runId;
    this.#ledger = ledger;
    this.#people = people;
    this.#seed = Math.floor(random.next() * 2 ** 32);
    this.#lease = range.lease ?? LEASE;
    this.#next = range.first ?? 1;
    this.#leased = this.#next - 1;
  }

  /** Whether a userName or displayName was made by this run. */
  isOurs(name: string): boolean {
    return name.toLowerCase().includes(this.marker);
  }

  /** The number in a name of ours; undefined in any other. */
  numberIn(name: string): number | undefined {
    const at = name.toLowerCase().indexOf(this.marker);
    if (at === -1) return undefined;
    const digits = /^\d{1,10}/.exec(name.slice(at + this.marker.length, at + this.marker.length + 10))?.[0];
    return digits === undefined ? undefined : Number(digits);
  }

  forPlay(): PlayNames {
    const numbers = new Map<string, number>();
    return {
      unique: (kind, label = "") => {
        const number = numbers.get(label) ?? this.take();
        numbers.set(label, number);
        return this.textOf(kind, label, number);
      },
    };
  }

  /** A number that nobody used before. */
  take(): number {
    if (this.#next > this.#leased) {
      this.#ledger.lease(this.#leased + 1, this.#leased + this.#lease);
      this.#leased += this.#lease;
    }
    return this.#next++;
  }

  /** What `${unique.label.kind}` is for the person or group with this number. Throws for a kind there is not. */
  textOf(kind: string, label: string, number: number): string {
    switch (kind) {
      case "userName":
      case "email":
        return this.#named(this.#people.people[label]?.userName ?? "{name}@example.com", number);
      case "groupName":
        return this.#named(this.#people.groups[label]?.groupName ?? "{name} Engineering", number);
      case "givenName":
        return this.#people.people[label]?.givenName ?? pick(this.#people.givenNames, number);
      case "familyName":
        return this.#people.people[label]?.familyName ?? pick(this.#people.familyNames, number * 7);
      case "displayName":
        return `${this.textOf("givenName", label, number)} ${this.textOf("familyName", label, number)}`;
      case "externalId":
        return `00u${this.#runId}${number.toString(36).padStart(17 - this.#runId.length, "0")}`;
      case "password":
        return `Aa1-${letters(this.#seed ^ Math.imul(number, 0x9e3779b1))}`;
      case "token":
        return letters(this.#seed ^ Math.imul(number, 0x85ebca6b));
      default:
        throw new Error(`no unique name of kind ${kind}`);
    }
  }

  /** The same name is asked for several times in a row: as user name, as address, and in between. */
  #name(number: number): string {
    if (number !== this.#lastNumber) {
      this.#lastNumber = number;
      this.#lastName = this.marker + number;
    }
    return this.#lastName;
  }

  #named(template: string, number: number): string {
    const name = this.#name(number);
    if (template === "{name}@example.com") return `${name}@example.com`;
    const plain = template.replaceAll("{name}", name);
    return plain.includes("{Name}") ? plain.replaceAll("{Name}", capitalise(name)) : plain;
  }
}

/** Eight letters and digits that follow from a seed. */
function letters(seed: number): string {
  const random = seededRandom(seed);
  let text = "";
  while (text.length < 8) text += LETTERS_AND_DIGITS[Math.floor(random.next() * LETTERS_AND_DIGITS.length)];
  return text;
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
