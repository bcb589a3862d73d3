import type { Json } from "../model/json.ts";
import { valueAt } from "../model/path.ts";
import type { BodyTemplate, Scenario, Step } from "../model/scenario.ts";
import type { Pace } from "./pace.ts";
import { pacesOf, type RunSettings } from "./settings.ts";

/** What a run will make, said before the first write. Requests are an estimate; the others an upper bound. */
export interface Cost {
  readonly users: number;
  readonly groups: number;
  /** The most members that any one group will have. */
  readonly members: number;
  readonly requests: number;
  /** How many people the crowd has. */
  readonly crowd: number;
  /** About how many milliseconds the rates of a run hold it back; absent where there is none. */
  readonly leastMs?: number;
}

/** The same with the time that rates and pauses take, as if no pauses fell together. */
export function withTime(
  cost: Cost,
  scenarios: readonly Scenario[],
  settings: Pick<RunSettings, "rate" | "paces">,
): Cost {
  const lanes = pacesOf(settings);
  if (lanes.length === 0) return cost;
  const pauses = scenarios
    .flatMap((one) => one.steps.map((step) => pauseMs(step, one)))
    .reduce((sum, ms) => sum + ms, 0);
  const slowest = Math.max(
    ...lanes.map((lane) => Math.max(0, countFor(lane, cost) - (lane.burst ?? 1)) / lane.perSecond),
  );
  return { ...cost, leastMs: Math.round(slowest * 1000) + pauses };
}

/** How many requests of a run count for a rate at least. What is made is removed again, of users and groups each. */
function countFor({ pool = "all" }: Pace, { users, groups, requests }: Cost): number {
  if (pool === "all") return requests;
  if (pool === "reads") return 0;
  if (pool === "writes") return 2 * (users + groups);
  const makesOrRemoves = pool.methods.includes("POST") || pool.methods.includes("DELETE");
  if (!makesOrRemoves) return 0;
  return pool.resource === "Users" ? users : groups;
}

function pauseMs(step: Step, scenario: Scenario): number {
  if (step.kind !== "perform" || step.action !== "pause") return 0;
  return numberIn(step.with.find(([name]) => name === "ms")?.[1], scenario);
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
  return numberIn(scenario.crowd, scenario, values);
}

/** A number that is written out, or that one slot stands for; 0 for anything else. */
function numberIn(
  template: BodyTemplate | undefined,
  { given }: Scenario,
  values?: ReadonlyMap<string, Json>,
): number {
  if (template?.kind === "literal") return numberOf(template.value);
  const slot = template?.kind === "text" ? template.template.parts[0] : undefined;
  if (slot === undefined || typeof slot === "string") return 0;
  return numberOf(values?.get(slot.name) ?? valueAt(given, slot.name));
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
