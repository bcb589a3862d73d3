import type { Json, JsonObject } from "../model/json.ts";
import type { Observable } from "../model/observable.ts";
import type { Expectation, Scenario, Step } from "../model/scenario.ts";
import type { Fact, TargetProfile } from "../model/target.ts";
import { claimOf } from "./behaviours.ts";
import { derived } from "./derive.ts";

/** The name that a scenario about a kind of fact gives to the claim of the fact it is played for. */
export const FACT = "fact";

/** A scenario of one fact, and which of its observables it shows. */
export interface FactScenario {
  readonly scenario: Scenario;
  readonly fact: Fact;
  readonly observable: Observable;
}

/**
 * Makes the scenarios of a profile: each one that judges a kind of fact, once for every observable of that kind. The
 * parameters are `${fact.…}` in it, and `fact` is the fact's claim.
 */
export function scenariosOf(profile: TargetProfile, scenarios: readonly Scenario[]): readonly FactScenario[] {
  const patterns = scenarios.filter(({ judges }) => judges !== undefined);
  return profile.facts.flatMap((fact) =>
    fact.observables.flatMap((observable, index) =>
      patterns
        .filter(({ judges }) => judges !== undefined && fits(observable, judges))
        .map((pattern) => ({
          scenario: instantiated(
            pattern,
            fact,
            observable,
            fact.observables.length > 1 ? index + 1 : undefined,
          ),
          fact,
          observable,
        })),
    ),
  );
}

/** Observables that no scenario asks about; for whoever writes a profile. */
export function unasked(profile: TargetProfile, scenarios: readonly Scenario[]): readonly string[] {
  return profile.facts.flatMap(({ id, observables }) =>
    observables
      .filter((one) => !scenarios.some(({ judges }) => judges !== undefined && fits(one, judges)))
      .map((one) => `${id}: ${JSON.stringify(one)}`),
  );
}

function fits(observable: Observable, { kind, where }: NonNullable<Scenario["judges"]>): boolean {
  if (observable.kind !== kind) return false;
  const given = observable as unknown as JsonObject;
  return Object.entries(where).every(([name, wanted]) => {
    const value = given[name] ?? null;
    return Array.isArray(wanted) ? (wanted as readonly Json[]).includes(value) : value === wanted;
  });
}

function instantiated(
  { judges: _judges, ...pattern }: Scenario,
  fact: Fact,
  observable: Observable,
  number: number | undefined,
): Scenario {
  const isOpen = fact.grade === "open";
  const parameters = { ...(observable as unknown as JsonObject), ...derived(observable) };
  const own = (expectation: Expectation): Expectation =>
    expectation.claim === FACT
      ? { ...expectation, claim: claimOf(fact), ...(isOpen ? { isOpen } : {}) }
      : expectation;
  return {
    ...pattern,
    id: `${pattern.id}/${fact.id}${number === undefined ? "" : `-${number}`}`,
    title: `${pattern.title} (${fact.id})`,
    steps: pattern.steps.map((step): Step => worded({ ...step, expect: step.expect.map(own) }, parameters)),
    given: { [FACT]: parameters },
  };
}

/**
 * Puts the parameters of a fact in the place of `__parameter__`, wherever it stands: a key of a body, the path of a
 * value, a slot. What has no such words in it is left as it is.
 */
function worded<Value>(value: Value, parameters: JsonObject): Value {
  if (typeof value === "string") {
    if (!value.includes("__")) return value;
    return value.replaceAll(/__(\w+?)__/g, (whole, name: string) => {
      const parameter = parameters[name];
      return parameter === undefined ? whole : String(parameter);
    }) as Value;
  }
  if (Array.isArray(value)) return value.map((item: unknown) => worded(item, parameters)) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, worded(item, parameters)]),
  ) as Value;
}
