import { fillBody, type Scope } from "../engine/fill.ts";
import { requestOf, type Speak } from "../engine/request.ts";
import { isJsonObject, type Json } from "../model/json.ts";
import { HOME_GROUP, type LoadPlan, STANDING_GROUP } from "../model/load-plan.ts";
import type { BodyTemplate, PerformStep, Scenario, SendStep, Step } from "../model/scenario.ts";
import { arrivalsOf } from "./arrivals.ts";
import { looksAt } from "./playing/until-shown.ts";
import { Casting } from "./schedule.ts";

/** What a load will make and send, before anything is sent. Retries after a 429 come on top. */
export interface LoadCost {
  readonly users: number;
  readonly groups: number;
  /** Members of the largest group, at most. */
  readonly members: number;
  readonly plays: number;
  /** Of these, by the entry of the mix. */
  readonly playsOfEach: readonly number[];
  readonly requests: number;
  readonly bytes: number;
  /** Plays a second at the busiest moment. */
  readonly peakRate: number;
  /** True where users wait for their answers: how much they do is up to the server. */
  readonly isGuess: boolean;
}

const AN_ID = "00000000-0000-0000-0000-000000000000";
const A_NAME = "scim-check-000000-000000@example.com";
/** What servers say of a resource beside what was sent. */
const A_META = {
  resourceType: "User",
  created: "2026-01-01T00:00:00.000Z",
  lastModified: "2026-01-01T00:00:00.000Z",
  location: `https://scim.example.com/scim/v2/Users/${AN_ID}`,
  version: 'W/"0000000000000000"',
};
const HEAD_BYTES = 310;
/** A member as group pushes send it, and a comma. */
const MEMBER_BYTES = JSON.stringify({ value: AN_ID, display: A_NAME }).length + 1;
const POPULATION_BATCH = 1_000;
/** For closed loads: a play takes about this long for each of its requests. */
const GUESSED_REQUEST_MS = 20;

/** Plays whose scenarios are counted one by one; of more, these are taken for the measure. */
const MOST_COUNTED = 5_000_000;

/** @param shards how many of them play the plan, each with a part of its population */
export function costOf(
  plan: LoadPlan,
  scenarios: readonly Scenario[],
  speak: Speak,
  userBody: BodyTemplate,
  shards = 1,
): LoadCost {
  const person = fillBody(userBody, scopeOf(new Map()));
  const costs = plan.mix.map((entry) => {
    const scenario = scenarios.find(({ id }) => id === entry.scenario);
    return costOfPlay(scenario, new Map(entry.with), speak, plan.population, person);
  });
  const counts = playsOfEach(plan, costs);
  const all = (value: (cost: PlayCost) => number) =>
    costs.reduce((sum, cost, index) => sum + value(cost) * (counts[index] ?? 0), 0);
  const { users, groups, members } = plan.population;
  const personBytes = HEAD_BYTES + JSON.stringify(person).length;
  const pushes =
    members === 0 ? 0 : groups * (plan.oktaApp === "aiw" ? 1 : Math.ceil(members / POPULATION_BATCH));
  return {
    users: users + all((cost) => cost.users),
    groups: groups + all((cost) => cost.groups),
    members: groups === 0 ? 0 : membersOfLargest(plan.population, costs, all),
    plays: counts.reduce((sum, count) => sum + count, 0),
    playsOfEach: counts,
    requests: users + groups + pushes + looksAt(plan.population, shards) + all((cost) => cost.requests),
    bytes: (users + groups) * personBytes + members * groups * MEMBER_BYTES + all((cost) => cost.bytes),
    peakRate: peakRateOf(plan),
    isGuess: plan.closed !== undefined,
  };
}

/** A group grows by what is added to it, to no more than there are people; a write of the whole group says how large it is. */
function membersOfLargest(
  { users, groups, members }: LoadPlan["population"],
  costs: readonly PlayCost[],
  all: (value: (cost: PlayCost) => number) => number,
): number {
  const added = members + Math.ceil(all((cost) => cost.membersAdded) / groups);
  const people = users + all((cost) => cost.users);
  return Math.max(Math.min(added, people), ...costs.map((cost) => cost.membersWritten));
}

function playsOfEach(plan: LoadPlan, costs: readonly PlayCost[]): readonly number[] {
  const counts = plan.mix.map(() => 0);
  if (plan.closed === undefined) {
    const casting = new Casting(plan);
    const { plays } = arrivalsOf(plan.stages);
    const counted = Math.min(plays, MOST_COUNTED);
    for (let k = 0; k < counted; k++) {
      const scenario = casting.scenarioOf(k);
      counts[scenario] = (counts[scenario] ?? 0) + 1;
    }
    return plays === counted ? counts : counts.map((count) => Math.round(count * (plays / counted)));
  }
  const { users, forMs, thinkMs } = plan.closed;
  const weights = plan.mix.reduce((sum, { weight }) => sum + weight, 0);
  const requests = plan.mix.reduce(
    (sum, { weight }, index) => sum + ((costs[index]?.requests ?? 1) * weight) / weights,
    0,
  );
  const plays = (users * forMs) / (thinkMs + requests * GUESSED_REQUEST_MS);
  return plan.mix.map(({ weight }) => Math.ceil((plays * weight) / weights));
}

function peakRateOf({ stages, closed }: LoadPlan): number {
  if (closed !== undefined) return closed.users;
  const rates = stages.map((stage) => {
    if (stage.kind === "constant") return stage.rate;
    if (stage.kind === "burst") return stage.plays;
    return stage.kind === "pause" ? 0 : Math.max(stage.from, stage.to);
  });
  return Math.max(0, ...rates);
}

/** How many people of the population one play takes; 0 where it is not a plain number. */
export function peopleTaken({ crowd }: Scenario): number {
  return crowd?.kind === "literal" && typeof crowd.value === "number" ? crowd.value : 0;
}

interface PlayCost {
  readonly users: number;
  readonly groups: number;
  readonly membersAdded: number;
  /** In a group that is written whole. */
  readonly membersWritten: number;
  readonly requests: number;
  readonly bytes: number;
}

function costOfPlay(
  scenario: Scenario | undefined,
  inputs: ReadonlyMap<string, Json>,
  speak: Speak,
  population: LoadPlan["population"],
  person: Json,
): PlayCost {
  const steps = scenario?.steps ?? [];
  const posts = (path: string) =>
    steps.filter((step) => step.kind === "send" && step.method === "POST" && startOf(step) === path).length;
  const people = scenario === undefined ? 0 : peopleTaken(scenario);
  const writes = (method: string) =>
    steps.some((step) => step.kind === "send" && step.method === method && startOf(step) === "/Groups/");
  const scope = scopeOf(inputs, people, person);
  const requestsOf = (step: Step) => (step.kind === "perform" ? requestsOfAction(step, population) : 1);
  return {
    users: posts("/Users"),
    groups: posts("/Groups"),
    membersAdded: writes("PATCH") ? Math.max(1, people) : 0,
    membersWritten: writes("PUT") ? people : 0,
    requests: steps.reduce((sum, step) => sum + requestsOf(step), 0),
    bytes: steps.reduce((sum, step) => sum + bytesOf(step, scope, speak) * requestsOf(step), 0),
  };
}

/** An import reads as many pages as there are; of other actions one request is known, and the rest is up to the answers. */
function requestsOfAction(
  { with: settings }: PerformStep,
  { users, groups }: LoadPlan["population"],
): number {
  const given = (wanted: string) => {
    const [, value] = settings.find(([name]) => name === wanted) ?? [];
    return value?.kind === "literal" ? value.value : undefined;
  };
  const count = given("count");
  if (typeof count !== "number" || count < 1) return 1;
  const walks = given("walks");
  const pages = Math.max(1, Math.ceil((given("endpoint") === "/Groups" ? groups : users) / count));
  return pages * (typeof walks === "number" ? walks : 1);
}

const startOf = ({ path }: SendStep) => {
  const [first] = path.parts;
  return typeof first === "string" ? first : "";
};

function bytesOf(step: Step, scope: Scope, speak: Speak): number {
  if (step.kind === "perform") return HEAD_BYTES;
  try {
    const { path, body = "" } = requestOf(step, scope, speak);
    return HEAD_BYTES + path.length + Buffer.byteLength(body);
  } catch {
    return HEAD_BYTES;
  }
}

/** Values as long as the real ones. */
function scopeOf(inputs: ReadonlyMap<string, Json>, people = 0, person: Json = {}): Scope {
  const shown = isJsonObject(person) ? { ...person, id: AN_ID, meta: A_META } : {};
  const crowd = Array.from({ length: people }, () => ({ value: AN_ID, display: A_NAME }));
  return {
    valueOf: (name): Json => {
      if (name === "crowd") return crowd;
      return name === STANDING_GROUP || name === HOME_GROUP
        ? { id: AN_ID, displayName: A_NAME }
        : (inputs.get(name) ?? AN_ID);
    },
    unique: (kind) => (kind === "userName" || kind === "email" ? A_NAME : A_NAME.slice(0, 20)),
    answerOf: () => shown,
  };
}
