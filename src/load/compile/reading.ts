import type { Names } from "../../engine/names.ts";
import { idOf, isUsable, nameOf } from "../../engine/told-resource.ts";
import { type Json, jsonIn } from "../../model/json.ts";
import { valueAt } from "../../model/path.ts";
import type { WireAnswer } from "../wire/wire.ts";
import { NotYielded, type PlayState } from "./play-state.ts";
import { RootScan } from "./root-scan.ts";

/** A value an answer has to yield. */
export interface Capture {
  /** Its place in `PlayState.values`. */
  readonly value: number;
  readonly path: string;
  /** Its place among the keys; -1 when only JSON.parse can tell it. */
  readonly key: number;
}

/** A value at the root of an answer that has to be so, by its place among the keys. */
export interface ReadTest {
  readonly key: number;
  /** As bytes of JSON, where it is the same in every play. */
  readonly json: Buffer | undefined;
  /** Throws `NotYielded`. */
  readonly expected: (state: PlayState) => Json;
}

/** What a step wants of its answers. */
export interface ReadingPlan {
  /** At the root of the body. */
  readonly keys: readonly string[];
  readonly captures: readonly Capture[];
  readonly tests: readonly ReadTest[];
  /** The place of the id of what the step creates among the keys; -1 when it creates nothing. */
  readonly idKey: number;
  /** The place of the name (`userName`, or `displayName` of a group), where the answer has to show one of ours; else -1. */
  readonly nameKey: number;
  /** Later requests are made of the whole answer. */
  readonly keepsAnswer: boolean;
}

/** The first answers of a step are parsed as well as scanned, then one in so many (a power of two). */
const FIRST_PARSED = 100;
const PARSED_IN = 128;

/**
 * What one step reads of an answer: a few values found in its bytes, checked against JSON.parse on a sample, or all of it
 * by JSON.parse. There is one for all plays of a step, because one answer is read at a time.
 */
export class Reading {
  readonly #plan: ReadingPlan;
  /** The answer as JSON, where it was parsed. */
  #whole: Json | undefined;
  readonly #scan: RootScan;
  readonly #names: Names;
  readonly #marker: Buffer;
  readonly #isNeeded: boolean;
  readonly #onlyParsed: boolean;
  #isScanned = false;
  #answers = 0;
  #gaveWay = false;

  constructor(plan: ReadingPlan, names: Names) {
    this.#plan = plan;
    this.#names = names;
    this.#marker = Buffer.from(names.marker);
    this.#scan = new RootScan(plan.keys);
    const { keys, captures, keepsAnswer } = plan;
    this.#isNeeded = keys.length > 0 || captures.length > 0 || keepsAnswer;
    this.#onlyParsed = keys.length === 0 || keepsAnswer || captures.some(({ key }) => key === -1);
  }

  /** Whether later steps are made of what the answer says. */
  get isNeededLater(): boolean {
    return this.#plan.keepsAnswer || this.#plan.captures.length > 0;
  }

  /** Nothing of this answer is looked at. */
  skip(): void {
    this.#isScanned = false;
    this.#whole = undefined;
  }

  /** @returns why nothing is scanned from now on, when that shows in this answer */
  read(answer: WireAnswer): string | undefined {
    this.skip();
    if (!this.#isNeeded) return undefined;
    this.#answers += 1;
    if (this.#onlyParsed || this.#gaveWay) {
      this.#whole = jsonIn(textOf(answer));
      return undefined;
    }
    const isRead = this.#scan.read(answer.body, answer.bodyStart, answer.bodyEnd);
    const isSample = this.#answers <= FIRST_PARSED || (this.#answers & (PARSED_IN - 1)) === 0;
    this.#isScanned = isRead && !isSample && this.#scan.isClear;
    if (this.#isScanned) return undefined;
    this.#whole = jsonIn(textOf(answer));
    return isRead ? this.#compared() : undefined;
  }

  /** Whether every value that is looked at is as it has to be. */
  holds(state: PlayState): boolean {
    const { tests } = this.#plan;
    for (let index = 0; index < tests.length; index += 1) {
      if (!this.#passes(tests[index] as ReadTest, state)) return false;
    }
    return true;
  }

  /** Whether a value that has to be yielded is not there. */
  lacks(): boolean {
    return this.#plan.captures.some((capture) => (this.#captured(capture) ?? null) === null);
  }

  /** Keeps what later steps need. Returns the id that a create told; empty when it told none. */
  capture(state: PlayState, step: number): string {
    const { captures, idKey, keepsAnswer } = this.#plan;
    if (keepsAnswer) state.answers[step] = this.#whole;
    const id = idKey === -1 ? "" : (this.#id() ?? "");
    for (let index = 0; index < captures.length; index += 1) {
      const capture = captures[index] as Capture;
      if (this.#isStrange(capture.path)) continue;
      const value = capture.key === idKey && this.#isScanned ? id : this.#captured(capture);
      if (value === undefined || value === null || (typeof value === "string" && !isUsable(value))) continue;
      state.values[capture.value] = value;
    }
    return id;
  }

  #id(): string | undefined {
    if (!this.#isScanned) return idOf(this.#whole);
    const id = this.#scan.valueAt(this.#plan.idKey);
    return typeof id === "string" ? id : undefined;
  }

  #passes({ key, json, expected }: ReadTest, state: PlayState): boolean {
    if (json !== undefined && this.#isScanned) return this.#scan.is(key, json);
    try {
      return this.#valueAt(key) === expected(state);
    } catch (problem) {
      if (problem instanceof NotYielded) return false;
      throw problem;
    }
  }

  #valueAt(key: number): Json | undefined {
    return this.#isScanned ? this.#scan.valueAt(key) : valueAt(this.#whole, this.#plan.keys[key] ?? "");
  }

  #captured({ key, path }: Capture): Json | undefined {
    return this.#isScanned ? this.#scan.valueAt(key) : valueAt(this.#whole, path);
  }

  /** The answer is about somebody else: a server that ignores a filter must not bring a play to write to them. */
  #isStrange(path: string): boolean {
    const { nameKey } = this.#plan;
    if (nameKey === -1) return false;
    if (this.#isScanned) {
      const isOurs = this.#scan.contains(nameKey, this.#marker);
      if (isOurs !== undefined) return !isOurs;
      const name = this.#scan.valueAt(nameKey);
      return typeof name === "string" && !this.#names.isOurs(name);
    }
    const element = /^Resources\[\d+\]/.exec(path)?.[0];
    const name = nameOf(element === undefined ? this.#whole : valueAt(this.#whole, element));
    return name !== undefined && !this.#names.isOurs(name);
  }

  /** Holds what was scanned against what was parsed. */
  #compared(): string | undefined {
    const { keys } = this.#plan;
    for (let index = 0; index < keys.length; index += 1) {
      if (this.#scan.isUnclear(index)) continue;
      const scanned = this.#scan.valueAt(index);
      const told = valueAt(this.#whole, keys[index] as string);
      if (scanned === told) continue;
      this.#gaveWay = true;
      return `${keys[index]} was read as ${JSON.stringify(scanned)} and parsed as ${JSON.stringify(told)}`;
    }
    return undefined;
  }
}

const textOf = ({ body, bodyStart, bodyEnd }: WireAnswer) => body.toString("utf8", bodyStart, bodyEnd);
