import { fillBody, MissingValue, type Scope } from "../../engine/fill.ts";
import { withOwnHeaders } from "../../engine/request.ts";
import type { Request } from "../../model/exchange.ts";
import type { Json } from "../../model/json.ts";
import { HOME_GROUP, STANDING_GROUP } from "../../model/load-plan.ts";
import type { Collection } from "../../model/scim.ts";
import type { CompiledScenario, CompiledStep } from "../compile/compiled.ts";
import { beginText, type Pieces, wasAscii } from "../compile/pieces.ts";
import { NotYielded, type PlayState } from "../compile/play-state.ts";
import type { Sendable } from "../wire/wire.ts";
import { type SentEffect, sentEffects } from "./sent-effects.ts";
import type { Surroundings } from "./surroundings.ts";

/** Characters of bodies that are kept to be sent again, for one step: 16 MB. */
const MOST_KEPT = 16 * 1024 * 1024;

/** The request that a play sends next, and the values it is made of. Filled anew for every step of every play. */
export class PlayRequest implements PlayState, Sendable {
  readonly numbers: number[] = [];
  readonly values: (Json | undefined)[] = [];
  readonly answers: (Json | undefined)[] = [];
  crowdFrom = 0;
  standing = 0;
  head = "";
  body: string | Buffer | undefined;
  isAscii = true;
  whole: Buffer | undefined;
  isHead = false;
  isIdempotent = false;
  readonly freshConnection = false;
  readonly timeoutMs = 0;
  /** What a body that was made of an answer would do: known once it is put together. */
  filledEffects: readonly SentEffect[] = [];
  readonly #shared: Surroundings;
  #compiled: CompiledScenario;
  #step: CompiledStep | undefined;

  constructor(shared: Surroundings, compiled: CompiledScenario) {
    this.#shared = shared;
    this.#compiled = compiled;
  }

  /** Another play begins, with names of its own. */
  begin(compiled: CompiledScenario, crowdFrom: number, standing: number): void {
    const { names } = this.#shared;
    this.#compiled = compiled;
    const labels = compiled.labels.length;
    for (let index = 0; index < labels; index += 1) this.numbers[index] = names.take();
    for (let index = 0; index < compiled.valueNames.length; index += 1) this.values[index] = undefined;
    for (let index = 0; index < compiled.steps.length; index += 1) this.answers[index] = undefined;
    this.crowdFrom = crowdFrom;
    this.standing = standing;
  }

  /** Puts the request of a step together. Returns what is missing for it, where something is. */
  fill(step: CompiledStep): string | undefined {
    try {
      this.#fill(step);
      return undefined;
    } catch (problem) {
      if (problem instanceof NotYielded || problem instanceof MissingValue) return problem.message;
      throw problem;
    }
  }

  request(): Request {
    if (this.#step === undefined) throw new Error("no request was put together");
    const { speaker, headers, method, credential } = this.#step.step;
    const spoken = this.#shared.setup.speak(speaker, this.body !== undefined);
    const scope = this.scope();
    const own = headers.map(
      ([name, template]) => [name, String(fillBody({ kind: "text", template }, scope))] as const,
    );
    return {
      method,
      path: this.#step.path.fill(this),
      headers: withOwnHeaders(spoken, own),
      credential,
      ...(this.body === undefined ? {} : { body: this.body.toString() }),
    };
  }

  /** The play's values as the engine's filler wants them. */
  scope(): Scope {
    const { labels, valueNames, steps, crowdSize } = this.#compiled;
    const { names, population, setup } = this.#shared;
    return {
      valueOf: (name) => {
        const index = valueNames.indexOf(name);
        if (index !== -1) return this.values[index];
        if (name === "crowd") return population.members(this.crowdFrom, crowdSize);
        if (name === STANDING_GROUP) return population.group(this.standing);
        if (name === HOME_GROUP) return population.group(population.homeOf(this.crowdFrom));
        return setup.given.get(name);
      },
      unique: (kind, label = "") => names.textOf(kind, label, this.numbers[labels.indexOf(label)] ?? 0),
      answerOf: (id) => this.answers[steps.findIndex(({ step }) => step.id === id)],
    };
  }

  /** The person or group that an id stands for: one of this play's own, or of the population. */
  numberOfId(id: string, collection: Collection): number | undefined {
    // Some servers give ids as numbers, which stand in a path as texts.
    const own = this.#compiled.ownIds.find(
      (one) => one.collection === collection && String(this.values[one.value]) === id,
    );
    return own === undefined ? this.#shared.population.numberOf(id, collection) : this.numbers[own.label];
  }

  #fill(step: CompiledStep): void {
    this.#step = step;
    this.whole = step.whole;
    this.isHead = step.isHead;
    this.isIdempotent = step.isIdempotent;
    const plan = step.body;
    switch (plan.kind) {
      case "none":
        this.body = undefined;
        break;
      case "pieces":
        beginText();
        this.body = plan.pieces.fill(this);
        this.isAscii = plan.isAsciiByPart ? wasAscii() : Buffer.byteLength(this.body) === this.body.length;
        break;
      case "kept":
        this.body = this.#keptBody(plan.pieces, plan.bytes);
        break;
      case "filled":
        this.body = this.#filledBody(fillBody(plan.template, this.scope()), step);
        this.isAscii = Buffer.byteLength(this.body) === this.body.length;
        break;
    }
    this.head = step.head.fill(this);
  }

  #filledBody(body: Json, { step, path }: CompiledStep): string {
    this.filledEffects = sentEffects(step.method, path.fill(this), body);
    return JSON.stringify(body);
  }

  #keptBody(pieces: Pieces, kept: Map<number, Buffer>): Buffer {
    const key = this.#shared.population.userAt(this.crowdFrom);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const bytes = Buffer.from(pieces.fill(this));
    if (kept.size * bytes.length > MOST_KEPT) kept.clear();
    kept.set(key, bytes);
    return bytes;
  }
}
