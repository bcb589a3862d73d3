import type { Json } from "../model/json.ts";
import { valueAt } from "../model/path.ts";
import type { BodyTemplate, Scenario, Step } from "../model/scenario.ts";

/** What a run will make, said before the first write. Requests are an estimate; the others an upper bound. */
export interface Cost {
  readonly users: number;
  readonly groups: number;
  /** The most members that any one group will have. */
  readonly members: number;
  readonly requests: number;
  /** How many people the crowd has. */
  readonly crowd: number;
}

export function costOf(scenarios: readonly Scenario[], values: ReadonlyMap<string, Json>): Cost {
  const crowds = scenarios.map((scenario) => crowdSize(scenario, values));
  const crowd = Math.max(0, ...crowds);
  const burst = scenarios.some(({ needs }) => needs.includes("burst"))
    ? numberOf(values.get("burst.requests"))
    : 0;
  const steps = scenarios.flatMap((scenario) => scenario.steps);
  const posts = (path: string) => steps.reduce((sum, step) => sum + countPosts(step, path), 0);
  const users = crowd + burst + posts("/Users");
  const groups = posts("/Groups") + (scenarios.some(({ needs }) => needs.includes("member-limit")) ? 4 : 0);
  // A large group is pushed in batches of 100, 256 and 1,000, and emptied again.
  const large = crowds.filter((size) => size > 100).reduce((sum, size) => sum + Math.ceil(size / 40), 0);
  return {
    users,
    groups,
    members: crowd,
    requests: steps.length + 2 * users + 2 * groups + 2 * burst + large,
    crowd,
  };
}

/** How many people of the crowd a scenario takes. */
export function crowdSize(scenario: Scenario, values: ReadonlyMap<string, Json>): number {
  const { crowd } = scenario;
  if (crowd === undefined) return 0;
  if (crowd.kind === "literal") return numberOf(crowd.value);
  const slot = crowd.kind === "text" ? crowd.template.parts[0] : undefined;
  if (slot === undefined || typeof slot === "string") return 0;
  return numberOf(values.get(slot.name) ?? valueAt(scenario.given, slot.name));
}

const numberOf = (value: Json | undefined) => (typeof value === "number" ? value : 0);

function countPosts(step: Step, path: string): number {
  if (step.kind === "send") {
    return step.method === "POST" && step.path.parts.length === 1 && step.path.parts[0] === path ? 1 : 0;
  }
  const requests = step.with.find(([name]) => name === "requests")?.[1];
  if (requests?.kind !== "array") return 0;
  return requests.items.filter((item) => isPost(item, path)).length;
}

function isPost(item: BodyTemplate, path: string): boolean {
  const value = (key: string) => {
    const entry = item.kind === "object" ? item.entries.find(([name]) => name === key)?.[1] : undefined;
    return entry?.kind === "literal" ? entry.value : undefined;
  };
  return value("method") === "POST" && value("path") === path;
}
