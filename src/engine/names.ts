import { type Random, seededRandom } from "../model/clock.ts";
import type { Ledger } from "../model/ledger.ts";
import type { People } from "../model/people.ts";

const LEASE = 500;
const LETTERS_AND_DIGITS = "abcdefghijkmnpqrstuvwxyz23456789";

/** The unique names of one play: the same label is the same person or group throughout. */
export interface PlayNames {
  unique(kind: string, label?: string): string;
}

/** A text taken from a list: the number, times `step`, counts around it. */
export interface NamePick {
  readonly from: readonly string[];
  readonly step: number;
}

/** A part of a name: the same in all, picked from a list, or made of the number; then it is letters, digits and hyphens. */
export type NamePart = string | NamePick | ((number: number) => string);

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
  /** By template, of which there are as many as the people file has, and two. */
  readonly #partsOfTemplates = new Map<string, readonly NamePart[]>();
  #next: number;
  #leased: number;

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

  /** Puts the next range on record now, for whoever cannot wait for a disk later. */
  leaseAhead(): void {
    this.#ledger.lease(this.#leased + 1, this.#leased + this.#lease);
    this.#leased += this.#lease;
  }

  /** A number that nobody used before. */
  take(): number {
    if (this.#next > this.#leased) this.leaseAhead();
    return this.#next++;
  }

  /** What `${unique.label.kind}` is for the person or group with this number. Throws for a kind there is not. */
  textOf(kind: string, label: string, number: number): string {
    let text = "";
    for (const part of this.partsOf(kind, label)) text += textOfPart(part, number);
    return text;
  }

  /** What a text of this kind is made of, for whoever writes it a million times. Throws for a kind there is not. */
  partsOf(kind: string, label: string): readonly NamePart[] {
    const person = this.#people.people[label];
    switch (kind) {
      case "userName":
      case "email":
        return this.#named(person?.userName ?? "{name}@example.com");
      case "groupName":
        return this.#named(this.#people.groups[label]?.groupName ?? "{name} Engineering");
      case "givenName":
        return person?.givenName === undefined
          ? [{ from: this.#people.givenNames, step: 1 }]
          : this.#named(person.givenName);
      case "familyName":
        return person?.familyName === undefined
          ? [{ from: this.#people.familyNames, step: 7 }]
          : this.#named(person.familyName);
      case "displayName":
        return [...this.partsOf("givenName", label), " ", ...this.partsOf("familyName", label)];
      case "externalId": {
        const width = 17 - this.#runId.length;
        return [`00u${this.#runId}`, (number) => number.toString(36).padStart(width, "0")];
      }
      case "password":
        return ["Aa1-", (number) => letters(this.#seed ^ Math.imul(number, 0x9e3779b1))];
      case "token":
        return [(number) => letters(this.#seed ^ Math.imul(number, 0x85ebca6b))];
      default:
        throw new Error(`no unique name of kind ${kind}`);
    }
  }

  #named(template: string): readonly NamePart[] {
    const known = this.#partsOfTemplates.get(template);
    if (known !== undefined) return known;
    const parts: NamePart[] = [];
    for (const part of template.split(/(\{[nN]ame\})/)) {
      if (part === "{name}") parts.push(this.marker, decimal);
      else if (part === "{Name}") parts.push(capitalise(this.marker), decimal);
      else if (part !== "") parts.push(part);
    }
    this.#partsOfTemplates.set(template, parts);
    return parts;
  }
}

const LAST_DIGITS = Array.from({ length: 1_000 }, (_, rest) => String(rest).padStart(3, "0"));

/**
 * A number in decimal. The engine keeps every text that `String` made of a number for a while, so that a million of them
 * would grow old and fill the heap; two parts that come again and again do not.
 */
function decimal(number: number): string {
  if (number < 1_000) return String(number);
  return `${Math.floor(number / 1_000)}${LAST_DIGITS[number % 1_000]}`;
}

/** One part of a name as text. */
function textOfPart(part: NamePart, number: number): string {
  if (typeof part === "string") return part;
  return typeof part === "function" ? part(number) : pick(part, number);
}

/** What a number picks from a list. */
export function pick({ from, step }: NamePick, number: number): string {
  return from[(number * step) % from.length] ?? "Robin";
}

/** Every two letters or digits. */
const PAIRS = [...LETTERS_AND_DIGITS].flatMap((one) => [...LETTERS_AND_DIGITS].map((other) => one + other));

/** Eight letters and digits that follow from a seed: two draws, of four each. */
function letters(seed: number): string {
  const random = seededRandom(seed);
  return four(random) + four(random);
}

function four(random: Random): string {
  const drawn = Math.floor(random.next() * PAIRS.length ** 2);
  return (PAIRS[Math.floor(drawn / PAIRS.length)] as string) + (PAIRS[drawn % PAIRS.length] as string);
}

export const markerOf = (runId: string) => `scim-check-${runId}-`;

/** Six letters and digits that tell one run's data from another's. */
export function newRunId(random: Random): string {
  return Math.floor(random.next() * 36 ** 6)
    .toString(36)
    .padStart(6, "0");
}

const capitalise = (name: string) =>
  name.replace(/[a-z]+/g, (word) => word.charAt(0).toUpperCase() + word.slice(1));
