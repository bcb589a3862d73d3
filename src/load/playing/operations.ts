import type { Request } from "../../model/exchange.ts";
import type { Scenario, Step } from "../../model/scenario.ts";
import { quickClaims } from "../compile/quick-claims.ts";
import type { Operation } from "../plays.ts";

/** Requests an action may send, by method and collection; whatever else it sends is counted as `other`. */
const ACTION_REQUESTS = [
  "GET /Users",
  "GET /Groups",
  "POST /Users",
  "POST /Groups",
  "PATCH /Users",
  "PATCH /Groups",
  "PUT /Users",
  "PUT /Groups",
  "other",
] as const;

/** Everything a load sends, by index. Filled once, before anything is played. */
export class Operations {
  readonly list: Operation[] = [];

  /** One operation for each step, several for one that performs an action. Returns the index of each step's first. */
  addScenario(scenario: Scenario, index: number): readonly number[] {
    return scenario.steps.map((step) => {
      const first = this.list.length;
      const names =
        step.kind === "send"
          ? [`${scenario.id}/${step.id}`]
          : ACTION_REQUESTS.map((kind) => `${scenario.id}/${step.id} ${kind}`);
      for (const name of names)
        this.list.push({ name, scenario: index, unmeasured: false, ...claimsOf(step) });
      return first;
    });
  }

  addUnmeasured(name: string): number {
    const known = this.list.findIndex((one) => one.name === name);
    if (known !== -1) return known;
    return this.list.push({ name, scenario: -1, unmeasured: true, claims: [], sampledClaims: [] }) - 1;
  }
}

/** Which operation of a step's a request belongs to. */
export function operationOf(step: Step, first: number, { method, path }: Request): number {
  if (step.kind === "send") return first;
  const collection = /^\/(?:Users|Groups)\b/.exec(path)?.[0];
  const at = ACTION_REQUESTS.indexOf(`${method} ${collection}` as (typeof ACTION_REQUESTS)[number]);
  return first + (at === -1 ? ACTION_REQUESTS.length - 1 : at);
}

function claimsOf(step: Step): Pick<Operation, "claims" | "sampledClaims"> {
  const quick = step.kind === "send" ? quickClaims(step.expect) : [];
  const claims = [...new Set(step.expect.map(({ claim }) => claim))];
  const of = (claim: string) => (one: { readonly claim: string }) => one.claim === claim;
  // A claim may be expected in several ways, and is told from every answer when all of them are.
  const isWhole = (claim: string) =>
    quick.filter((one) => one.isWhole).filter(of(claim)).length === step.expect.filter(of(claim)).length;
  return {
    claims: [...new Set(quick.map(({ claim }) => claim))],
    sampledClaims: claims.filter((claim) => !isWhole(claim)),
  };
}
