import type { Names } from "../../engine/names.ts";
import type { Speak } from "../../engine/request.ts";
import { REPEATABLE } from "../../model/exchange.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { Scenario, SendStep } from "../../model/scenario.ts";
import type { DocumentedAnswers } from "../documented-answers.ts";
import { takesAway } from "../effects.ts";
import type { Population } from "../playing/population.ts";
import { lengthLine } from "../wire/request-head.ts";
import type { Wire } from "../wire/wire.ts";
import { answersIn, BodyCompiler, type CompiledBody, isMadeOfAnswer } from "./body.ts";
import { type BodyPlan, type CompiledScenario, type CompiledStep, takesMembers } from "./compiled.ts";
import { EffectCompiler } from "./effects.ts";
import { compiledHead, markedPath } from "./head.ts";
import { NotCompiled } from "./not-compiled.ts";
import { Pieces } from "./pieces.ts";
import { quickClaims, statusTable } from "./quick-claims.ts";
import { Reading } from "./reading.ts";
import { readingPlan } from "./reading-plan.ts";
import { Slots } from "./slots.ts";

export interface CompileContext {
  readonly names: Names;
  readonly population: Population;
  readonly given: ReadonlyMap<string, Json>;
  readonly speak: Speak;
  readonly wire: Pick<Wire, "headOf">;
  readonly documented?: DocumentedAnswers | undefined;
}

export type Compilation =
  | { readonly ok: true; readonly compiled: CompiledScenario }
  | { readonly ok: false; readonly because: string };

/**
 * Turns a scenario into steps that are put together, sent, read and judged without looking at its templates again.
 * @param operations the index of each step's operation
 */
export function compileScenario(
  scenario: Scenario,
  index: number,
  crowdSize: number,
  operations: readonly number[],
  context: CompileContext,
): Compilation {
  try {
    return {
      ok: true,
      compiled: new ScenarioCompiler(scenario, crowdSize, context).compile(index, operations),
    };
  } catch (problem) {
    if (!(problem instanceof NotCompiled)) throw problem;
    return { ok: false, because: problem.message };
  }
}

/** Slots that are written as texts and nothing else: names. */
const isPlain = (open: readonly ReturnType<Slots["resolve"]>[]) =>
  open.every((slot) => slot !== undefined && "source" in slot && slot.source.kind === "unique");

class ScenarioCompiler {
  readonly #scenario: Scenario;
  readonly #context: CompileContext;
  readonly #slots: Slots;
  readonly #valueNames: readonly string[];
  readonly #bodies: BodyCompiler;
  readonly #effects: EffectCompiler;
  readonly #crowdSize: number;

  constructor(scenario: Scenario, crowdSize: number, context: CompileContext) {
    this.#scenario = scenario;
    this.#context = context;
    this.#crowdSize = crowdSize;
    this.#valueNames = [...new Set(scenario.steps.flatMap(({ remember }) => remember.map(([name]) => name)))];
    this.#slots = new Slots(this.#valueNames, context.given, context.names, context.population, crowdSize);
    this.#bodies = new BodyCompiler(this.#slots);
    this.#effects = new EffectCompiler(this.#slots, this.#bodies, context.population, this.#valueNames);
  }

  compile(index: number, operations: readonly number[]): CompiledScenario {
    const { steps } = this.#scenario;
    const usesAnswersOf = new Set(
      steps.flatMap((step) => (step.kind === "send" && step.body !== undefined ? answersIn(step.body) : [])),
    );
    const compiled = steps.map((step, at) => {
      if (step.kind === "perform")
        throw new NotCompiled(`step ${step.id} performs the action ${step.action}`);
      return this.#step(step, at, operations[at] ?? 0, usesAnswersOf.has(step.id));
    });
    return {
      scenario: this.#scenario,
      index,
      steps: compiled,
      labels: this.#slots.labels,
      valueNames: this.#valueNames,
      ownIds: this.#effects.ownIds,
      crowdSize: this.#crowdSize,
      takesMembers: takesMembers(this.#scenario),
    };
  }

  #step(step: SendStep, index: number, operation: number, keepsAnswer: boolean): CompiledStep {
    // In the order in which the engine fills them: the labels take their numbers in this order.
    const { plan, body } = this.#body(step);
    const { speak, wire, names } = this.#context;
    const { head, path } = compiledHead(step, body !== undefined, this.#slots, speak, wire);
    const { effects, creates } = this.#effects.step(step, markedPath(step), body?.marked ?? undefined, plan);
    for (const { matcher } of step.expect) this.#noteLabels(matcher as unknown as Json);
    const claims = quickClaims(step.expect);
    const { writes } = this.#scenario;
    const wanted = { step, claims, creates, writes, keepsAnswer, valueNames: this.#valueNames };
    return {
      step,
      index,
      operation,
      head,
      path,
      body: plan,
      whole: wholeRequest(head, plan),
      isHead: step.method === "HEAD",
      isIdempotent: REPEATABLE.has(step.method),
      isWrite: step.method !== "GET" && step.method !== "HEAD" && !step.settles,
      after: step.after === undefined ? -1 : this.#scenario.steps.findIndex(({ id }) => id === step.after),
      reading: new Reading(readingPlan(wanted, this.#slots), names),
      claims,
      statuses: statusTable(claims, step, this.#context.documented),
      effects,
      takings: effects.filter(({ effect }) => takesAway(effect)),
    };
  }

  #body(step: SendStep): { readonly plan: BodyPlan; readonly body: CompiledBody | undefined } {
    if (step.text !== undefined) {
      const pieces = new Pieces(this.#slots.text(step.text, (text) => text));
      const isConstantAscii = pieces.constant !== undefined && pieces.isAsciiWhereFixed;
      return {
        plan: { kind: "pieces", pieces, isAsciiByPart: isConstantAscii },
        body: { pieces, marked: null },
      };
    }
    if (step.body === undefined) return { plan: { kind: "none" }, body: undefined };
    if (isMadeOfAnswer(step.body)) {
      this.#noteLabels(step.body as unknown as Json);
      return {
        plan: { kind: "filled", template: step.body },
        body: { pieces: new Pieces([]), marked: null },
      };
    }
    const body = this.#bodies.body(step.body);
    const open = this.#bodies.slotsIn(body.marked).map((slot) => this.#slots.resolve(slot.name));
    const crowdOnly =
      open.length > 0 &&
      open.every((slot) => slot !== undefined && "source" in slot && slot.source.kind.endsWith("crowd"));
    return {
      plan: crowdOnly
        ? { kind: "kept", pieces: body.pieces, bytes: new Map() }
        : {
            kind: "pieces",
            pieces: body.pieces,
            isAsciiByPart: isPlain(open) && body.pieces.isAsciiWhereFixed,
          },
      body,
    };
  }

  /** Slots of a template that is filled by the engine take their labels' numbers in the order they stand. */
  #noteLabels(template: Json): void {
    if (Array.isArray(template)) for (const item of template as readonly Json[]) this.#noteLabels(item);
    else if (isJsonObject(template)) {
      if (typeof template.name === "string" && Array.isArray(template.transforms))
        this.#slots.resolve(template.name);
      else for (const value of Object.values(template)) this.#noteLabels(value);
    }
  }
}

/** A request without a place to fill, as it is sent; undefined for every other. */
function wholeRequest(head: Pieces, body: BodyPlan): Buffer | undefined {
  const text = body.kind === "none" ? "" : body.kind === "pieces" ? body.pieces.constant : undefined;
  if (head.constant === undefined || text === undefined) return undefined;
  const start = head.constant + lengthLine(head.constant, Buffer.byteLength(text));
  return Buffer.concat([Buffer.from(start, "latin1"), Buffer.from(text)]);
}
