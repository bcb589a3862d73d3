import type { Names } from "../../engine/names.ts";
import type { Speak } from "../../engine/request.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { BodyTemplate, Scenario, SendStep, Slot } from "../../model/scenario.ts";
import type { Population } from "../playing/population.ts";
import { type SentEffect, sentEffects } from "../playing/sent-effects.ts";
import type { Wire } from "../wire/wire.ts";
import { BodyCompiler, type CompiledBody, isMadeOfAnswer } from "./body.ts";
import type {
  BodyPlan,
  Capture,
  CompiledEffect,
  CompiledScenario,
  CompiledStep,
  NumberOf,
} from "./compiled.ts";
import { type Piece, Pieces } from "./pieces.ts";
import { quickClaims, statusTable } from "./quick-claims.ts";
import { RootScan } from "./root-scan.ts";
import { asParameter, asSegment, Slots, type Source } from "./slots.ts";

export interface CompileContext {
  readonly names: Names;
  readonly population: Population;
  readonly given: ReadonlyMap<string, Json>;
  readonly speak: Speak;
  readonly wire: Pick<Wire, "headOf">;
}

/** Why a scenario is played by the engine's generator. */
class NotCompiled extends Error {}

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

/** Slots that are written as texts and nothing else: names, and what answers told. */
const isPlain = (open: readonly ReturnType<Slots["resolve"]>[]) =>
  open.every((slot) => slot !== undefined && "source" in slot && slot.source.kind === "unique");

const IDEMPOTENT = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT"]);
const MARK = "\ue003";

class ScenarioCompiler {
  readonly #scenario: Scenario;
  readonly #context: CompileContext;
  readonly #slots: Slots;
  readonly #valueNames: readonly string[];
  readonly #bodies: BodyCompiler;
  /** Which label's number a remembered id stands for. */
  readonly #labelOfValue = new Map<string, number>();
  readonly #crowdSize: number;

  constructor(scenario: Scenario, crowdSize: number, context: CompileContext) {
    this.#scenario = scenario;
    this.#context = context;
    this.#crowdSize = crowdSize;
    this.#valueNames = [...new Set(scenario.steps.flatMap(({ remember }) => remember.map(([name]) => name)))];
    this.#slots = new Slots(this.#valueNames, context.given, context.names, context.population, crowdSize);
    this.#bodies = new BodyCompiler(this.#slots);
  }

  compile(index: number, operations: readonly number[]): CompiledScenario {
    const { steps } = this.#scenario;
    const usesAnswersOf = new Set(
      steps.flatMap((step) => (step.kind === "send" && step.body !== undefined ? answersIn(step.body) : [])),
    );
    const compiled = steps.map((step, at) => {
      if (step.kind === "perform")
        throw new NotCompiled(`step ${step.id} performs the action ${step.action}`);
      const made = this.#step(step, at, operations[at] ?? 0, usesAnswersOf.has(step.id));
      for (const { matcher } of step.expect) this.#noteLabels(matcher as unknown as Json);
      return made;
    });
    return {
      scenario: this.#scenario,
      index,
      steps: compiled,
      labels: this.#slots.labels,
      valueNames: this.#valueNames,
      numberOfValue: this.#valueNames.map((name) => this.#labelOfValue.get(name)),
      crowdSize: this.#crowdSize,
    };
  }

  #step(step: SendStep, index: number, operation: number, keepsAnswer: boolean): CompiledStep {
    // In the order in which the engine fills them: the labels take their numbers in this order.
    const { plan, body } = this.#body(step);
    const { head, path, mark } = this.#head(step, body !== undefined);
    const isWrite = step.method !== "GET" && step.method !== "HEAD" && !step.settles;
    const effects = this.#effects(step, mark, body?.marked, plan);
    this.#noteValues(step, effects.sent, mark);
    const claims = quickClaims(step.expect);
    const creates = effects.sent.some(({ effect }) => effect.endsWith("-created"));
    const scanned = this.#scan(
      step,
      claims.flatMap(({ tests }) => tests),
      creates,
    );
    return {
      step,
      index,
      operation,
      head,
      path,
      body: plan,
      isHead: step.method === "HEAD",
      isIdempotent: IDEMPOTENT.has(step.method),
      isWrite,
      after: step.after === undefined ? -1 : this.#scenario.steps.findIndex(({ id }) => id === step.after),
      ...scanned,
      keepsAnswer,
      claims,
      statuses: statusTable(claims),
      effects: effects.compiled,
      expectations: step.expect,
      account: { answers: 0, parsesAlways: false },
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

  /** The head is written once, with marks where the path and the values of headers go. */
  #head(
    step: SendStep,
    hasBody: boolean,
  ): { readonly head: Pieces; readonly path: Pieces; readonly mark: MarkedPath } {
    const { speak, wire } = this.#context;
    const values = step.headers.map(([name, template]) => {
      const pieces = new Pieces(this.#slots.text(template, (text) => text));
      return { name, pieces, constant: pieces.constant };
    });
    const isReplaced = (name: string) =>
      values.some((other) => other.name.toLowerCase() === name.toLowerCase());
    const headers = [
      ...speak(step.speaker, hasBody).filter(([name]) => !isReplaced(name)),
      ...values
        .filter(({ constant }) => constant !== "")
        .map(({ name, constant }, at): [string, string] => [name, constant ?? `${MARK}${at}${MARK}`]),
    ];
    const open = values.filter(({ constant }) => constant !== "");
    const pathPieces = this.#path(step);
    const path = new Pieces(pathPieces);
    const text = wire.headOf({
      method: step.method,
      path: `/${MARK}path${MARK}`,
      headers,
      credential: step.credential,
    });
    const pieces = text.split(MARK).flatMap((part, at): readonly Piece[] => {
      if (at % 2 === 0) return [at === 0 ? part.replace(/\/$/, "") : part];
      if (part === "path") return pathPieces;
      const { pieces: value } = open[Number(part)] as (typeof open)[number];
      return [(state) => value.fill(state)];
    });
    return { head: new Pieces(pieces), path, mark: this.#markedPath(step) };
  }

  #path(step: SendStep): readonly Piece[] {
    const pieces: Piece[] = [...this.#slots.text(step.path, asSegment)];
    const first = step.path.parts.some((part) => typeof part === "string" && part.includes("?")) ? "&" : "?";
    for (const [at, [name, template]] of step.query.entries()) {
      pieces.push(`${at === 0 ? first : "&"}${name}=`);
      const parts = template.parts.map((part) => (typeof part === "string" ? asParameter(part) : part));
      pieces.push(...this.#slots.text({ parts }, asParameter));
    }
    return pieces;
  }

  /** The path with marks for slots, to tell what a request would do. */
  #markedPath(step: SendStep): MarkedPath {
    const slots: Slot[] = [];
    const path = step.path.parts
      .map((part) => (typeof part === "string" ? part : `${MARK}${slots.push(part) - 1}${MARK}`))
      .join("");
    return { path, slots };
  }

  #effects(
    step: SendStep,
    { path, slots }: MarkedPath,
    marked: Json | undefined,
    plan: BodyPlan,
  ): { readonly sent: readonly SentEffect[]; readonly compiled: readonly CompiledEffect[] } {
    // What is made of an answer writes back what was read: its effects are told from the body itself.
    if (plan.kind === "filled") return { sent: [], compiled: [] };
    const sent = sentEffects(step.method, path, marked ?? undefined);
    const slotOf = (text: string) =>
      slots[Number(new RegExp(`^${MARK}(\\d+)${MARK}$`).exec(text)?.[1] ?? Number.NaN)] ??
      this.#bodies.slotOf(text);
    return {
      sent,
      compiled: sent.map(({ effect, subject, other }) => ({
        effect,
        subject: this.#numberOf(slotOf(subject), step),
        other: other === "" ? NOBODY : this.#othersOf(slotOf(other), step),
      })),
    };
  }

  #othersOf(slot: Slot | undefined, step: SendStep): NumberOf | "crowd" {
    const found = slot === undefined ? undefined : this.#slots.resolve(slot.name);
    const isCrowd = found !== undefined && "source" in found && found.source.kind === "whole-crowd";
    return isCrowd ? "crowd" : this.#numberOf(slot, step);
  }

  #numberOf(slot: Slot | undefined, step: SendStep): NumberOf {
    const found = slot === undefined ? undefined : this.#slots.resolve(slot.name);
    const number = found !== undefined && "source" in found ? this.#numberAt(found.source) : undefined;
    if (number === undefined) {
      throw new NotCompiled(`whom step ${step.id} changes is known only from the server's answers`);
    }
    return number;
  }

  #numberAt(source: Source): NumberOf | undefined {
    const { population } = this.#context;
    const { users, groups } = population;
    switch (source.kind) {
      case "unique":
        return ({ numbers }) => numbers[source.label] ?? 0;
      case "value": {
        const label = this.#labelOfValue.get(this.#valueNames[source.index] ?? "");
        return label === undefined ? undefined : ({ numbers }) => numbers[label] ?? 0;
      }
      case "crowd":
        return ({ crowdFrom }) => users.numberAt(population.userAt(crowdFrom + source.at));
      case "whole-crowd":
        return undefined;
      case "standing":
        return ({ standing }) => groups.numberAt(standing % Math.max(1, groups.length));
    }
  }

  /** An id that a create yields stands for the one it made; one that a look-up yields, for the one looked for. */
  #noteValues(step: SendStep, sent: readonly SentEffect[], mark: MarkedPath): void {
    const made = sent.find(({ effect }) => effect.endsWith("-created"));
    const slot = made === undefined ? this.#lookedFor(step, mark) : this.#bodies.slotOf(made.subject);
    const found = slot === undefined ? undefined : this.#slots.resolve(slot.name);
    if (found === undefined || !("source" in found) || found.source.kind !== "unique") return;
    for (const [name, path] of step.remember) {
      if (path === "id" || path === "Resources[0].id") this.#labelOfValue.set(name, found.source.label);
    }
  }

  #lookedFor(step: SendStep, { slots }: MarkedPath): Slot | undefined {
    const asked = [
      ...slots,
      ...step.query.flatMap(([, { parts }]) => parts.filter((part) => typeof part !== "string")),
    ];
    return step.method === "GET" && asked.length === 1 ? asked[0] : undefined;
  }

  #scan(
    step: SendStep,
    tests: readonly { readonly key: string; readonly equals: BodyTemplate }[],
    creates: boolean,
  ): Pick<CompiledStep, "idKey" | "captures" | "checksName" | "nameKey" | "scan" | "tests"> {
    const isRoot = (path: string) => /^[A-Za-z]\w*$/.test(path);
    const checksName = this.#scenario.writes && step.remember.length > 0;
    const name = step.path.parts[0]?.toString().startsWith("/Groups") === true ? "displayName" : "userName";
    const keys = [
      ...new Set([
        ...step.remember.flatMap(([, path]) => (isRoot(path) ? [path] : [])),
        ...(creates ? ["id"] : []),
        ...(checksName ? [name] : []),
        ...tests.map(({ key }) => key),
      ]),
    ];
    return {
      idKey: creates ? keys.indexOf("id") : -1,
      captures: step.remember.map(
        ([known, path]): Capture => ({
          name: known,
          value: this.#valueNames.indexOf(known),
          path,
          key: keys.indexOf(path),
        }),
      ),
      checksName,
      nameKey: checksName ? keys.indexOf(name) : -1,
      scan: keys.length === 0 ? undefined : new RootScan(keys),
      tests: tests.map(({ key, equals }) => ({
        key: keys.indexOf(key),
        expected: equals,
        literal: equals.kind === "literal" ? (equals.value as string | number | boolean | null) : undefined,
      })),
    };
  }
}

interface MarkedPath {
  readonly path: string;
  readonly slots: readonly Slot[];
}

const NOBODY: NumberOf = () => 0;

/** The steps whose answers a body is made of. */
function answersIn(template: BodyTemplate): readonly string[] {
  const inChanges = ({ changes }: Extract<BodyTemplate, { kind: "answer" | "fixture" }>) =>
    [...changes.replace, ...changes.set].flatMap(([, value]) => answersIn(value));
  switch (template.kind) {
    case "answer":
      return [template.step, ...inChanges(template)];
    case "fixture":
      return [...answersIn(template.body), ...inChanges(template)];
    case "array":
      return template.items.flatMap(answersIn);
    case "object":
      return template.entries.flatMap(([, value]) => answersIn(value));
    default:
      return [];
  }
}
