import type { Json } from "../../model/json.ts";
import type { SendStep, Slot } from "../../model/scenario.ts";
import type { Collection } from "../../model/scim.ts";
import type { Population } from "../playing/population.ts";
import { type SentEffect, sentEffects, subjectsOf } from "../playing/sent-effects.ts";
import type { BodyCompiler } from "./body.ts";
import type { BodyPlan, CompiledEffect, NumberOf, OwnId } from "./compiled.ts";
import { type MarkedPath, slotInPath } from "./head.ts";
import { NotCompiled } from "./not-compiled.ts";
import type { Slots, Source } from "./slots.ts";

/** What the steps of one scenario change, and whom: told once, from requests with marks in place of values. */
export class EffectCompiler {
  readonly #slots: Slots;
  readonly #bodies: BodyCompiler;
  readonly #population: Population;
  readonly #valueNames: readonly string[];
  /** Remembered ids whose label is known, by name. */
  readonly #ownIds = new Map<string, Omit<OwnId, "value">>();

  /** @param valueNames the names that steps remember, in the order of their places in `PlayState.values` */
  constructor(slots: Slots, bodies: BodyCompiler, population: Population, valueNames: readonly string[]) {
    this.#slots = slots;
    this.#bodies = bodies;
    this.#population = population;
    this.#valueNames = valueNames;
  }

  get ownIds(): readonly OwnId[] {
    return [...this.#ownIds].map(([name, own]) => ({ value: this.#valueNames.indexOf(name), ...own }));
  }

  /** Throws `NotCompiled` where nobody but the server knows who is changed. */
  step(
    step: SendStep,
    path: MarkedPath,
    body: Json | undefined,
    plan: BodyPlan,
  ): { readonly effects: readonly CompiledEffect[]; readonly creates: boolean } {
    // What is made of an answer writes back what was read: its effects are told from the body itself.
    const sent = plan.kind === "filled" ? [] : sentEffects(step.method, path.path, body);
    const slotOf = (text: string) => slotInPath(path, text) ?? this.#bodies.slotOf(text);
    const effects = sent.map(({ effect, subject, other }) => ({
      effect,
      subject: this.#numberOf(slotOf(subject), step),
      other: other === "" ? NOBODY : this.#othersOf(slotOf(other), step),
    }));
    this.#noteValues(step, sent, path);
    return { effects, creates: sent.some(({ effect }) => effect.endsWith("-created")) };
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
    const population = this.#population;
    const { users, groups } = population;
    switch (source.kind) {
      case "unique":
        return ({ numbers }) => numbers[source.label] ?? 0;
      case "value": {
        const label = this.#ownIds.get(this.#valueNames[source.index] ?? "")?.label;
        return label === undefined ? undefined : ({ numbers }) => numbers[label] ?? 0;
      }
      case "crowd":
        return ({ crowdFrom }) => users.numberAt(population.userAt(crowdFrom + source.at));
      case "whole-crowd":
        return undefined;
      case "standing":
        return ({ standing }) => groups.numberAt(standing % Math.max(1, groups.length));
      case "home":
        return ({ crowdFrom }) => groups.numberAt(population.homeOf(crowdFrom));
    }
  }

  /** An id that a create yields stands for the one it made; one that a look-up yields, for the one looked for. */
  #noteValues(step: SendStep, sent: readonly SentEffect[], path: MarkedPath): void {
    const made = sent.find(({ effect }) => effect.endsWith("-created"));
    const slot = made === undefined ? lookedFor(step, path) : this.#bodies.slotOf(made.subject);
    const found = slot === undefined ? undefined : this.#slots.resolve(slot.name);
    if (found === undefined || !("source" in found) || found.source.kind !== "unique") return;
    const collection: Collection = made === undefined ? collectionIn(path) : subjectsOf(made.effect);
    for (const [name, remembered] of step.remember) {
      if (remembered !== "id" && remembered !== "Resources[0].id") continue;
      this.#ownIds.set(name, { label: found.source.label, collection });
    }
  }
}

const collectionIn = ({ path }: MarkedPath): Collection => (path.startsWith("/Groups") ? "Groups" : "Users");

function lookedFor(step: SendStep, { slots }: MarkedPath): Slot | undefined {
  const asked = [
    ...slots,
    ...step.query.flatMap(([, { parts }]) => parts.filter((part) => typeof part !== "string")),
  ];
  return step.method === "GET" && asked.length === 1 ? asked[0] : undefined;
}

const NOBODY: NumberOf = () => 0;
