import { lastAnswer, showOutcome } from "../checks/answer.ts";
import type { StepEvidence } from "../model/evidence.ts";
import type { Json } from "../model/json.ts";
import { valueAt } from "../model/path.ts";
import type { Step } from "../model/scenario.ts";
import type { Verdict } from "../model/verdict.ts";
import type { MissingValue, Scope } from "./fill.ts";
import { lastJson } from "./last-json.ts";
import type { MadeLog } from "./made.ts";
import type { PlayNames } from "./names.ts";
import { isUsable } from "./told-resource.ts";

/** What a play has learned so far: the values it was given or its steps yielded, and the evidence of earlier steps. */
export class Learned {
  readonly values: Map<string, Json>;
  readonly earlier = new Map<string, StepEvidence>();
  /** Where the values of slots come from. */
  readonly scope: Scope;
  readonly #made: MadeLog;
  readonly #writes: boolean;
  readonly #yieldedBy = new Map<string, { readonly step: string; readonly path: string }>();

  /** `writes`: whether the scenario does, so that it matters whose resource a value is of. */
  constructor(
    { given, names, made }: { given: ReadonlyMap<string, Json>; names: PlayNames; made: MadeLog },
    writes: boolean,
  ) {
    this.#made = made;
    this.#writes = writes;
    this.values = new Map(given);
    this.scope = {
      valueOf: (name) => this.values.get(name),
      unique: (kind, label) => names.unique(kind, label),
      answerOf: (step) => lastJson(this.earlier.get(step)?.exchanges ?? []),
    };
  }

  /** A step is about to be performed, and may yield what it says it remembers. */
  begin({ id, remember }: Step): void {
    for (const [name, path] of remember) this.#yieldedBy.set(name, { step: id, path });
  }

  /** Keeps the evidence of a step, and what it remembers of its answer. */
  keep(step: Step, evidence: StepEvidence): void {
    this.earlier.set(step.id, evidence);
    const body = lastJson(evidence.exchanges);
    for (const [name, path] of step.remember) {
      if (this.#isStrange(body, path)) continue;
      const value = valueAt(evidence.facts, path) ?? valueAt(body, path);
      // An empty text names nothing: `/Users/` with nothing behind it would be the whole collection.
      if (value === undefined || value === null || (typeof value === "string" && !isUsable(value))) continue;
      this.values.set(name, value);
    }
  }

  /**
   * Whether a value belongs to somebody else's resource. A server that ignores a filter, or answers a create with
   * another person, must not bring a play to write to that person.
   */
  #isStrange(body: Json | undefined, path: string): boolean {
    if (!this.#writes) return false;
    const element = /^Resources\[\d+\]/.exec(path)?.[0];
    return !this.#made.mayBeOurs(element === undefined ? body : valueAt(body, element));
  }

  /** What becomes of whatever needs a value that is not there: it is not asked, and the step to look at is named. */
  blockedBy({ slot }: MissingValue): Extract<Verdict, { kind: "skip" }> {
    const name = slot.split(/[.[]/)[0] ?? slot;
    const source = this.#yieldedBy.get(name);
    const by = source?.step ?? /^the answer of step (.+)$/.exec(slot)?.[1];
    const needed = slot.startsWith("the ") ? slot : `\${${slot}}`;
    const why = `it needs ${needed}${by === undefined ? ", which nothing yields" : `, and ${this.#failing(by, source?.path)}`}`;
    return { kind: "skip", because: "blocked", why, ...(by === undefined ? {} : { by }) };
  }

  /** Why a step yielded nothing, in words for whoever runs the server. */
  #failing(step: string, path: string | undefined): string {
    const evidence = this.earlier.get(step);
    const answer = evidence === undefined ? undefined : lastAnswer(evidence);
    if (evidence === undefined || evidence.exchanges.length === 0) return `step ${step} was not sent`;
    if (answer === undefined || answer.status >= 300) return `step ${step} got ${showOutcome(evidence)}`;
    return path === undefined
      ? `step ${step} (${answer.status}) showed nothing to go on`
      : `step ${step} (${answer.status}) showed nothing usable at ${path}`;
  }
}
