import { plural } from "../model/count.ts";
import type { LoadPlan } from "../model/load-plan.ts";
import type { Place, Problem } from "../model/problem.ts";
import type { Scenario } from "../model/scenario.ts";
import { type Fact, factsAbout, type TargetProfile } from "../model/target.ts";
import { crowdSizeOf } from "./link-load-plan.ts";

/**
 * Why a load says nothing about a product: what it would send is refused by the product's own documentation. Empty when
 * it can be played. A server is not to be blamed for keeping its word.
 */
export function problemsWithTarget(
  plan: LoadPlan,
  scenarios: readonly Scenario[],
  profile: TargetProfile,
): readonly Problem[] {
  const chosen = plan.mix.flatMap(({ scenario, place }) => {
    const found = scenarios.find(({ id }) => id === scenario);
    return found === undefined ? [] : [{ scenario: found, place }];
  });
  return [
    ...chosen.flatMap(({ scenario, place }) => missingCollection(scenario, place, profile)),
    ...(plan.population.groups > 0 ? missingGroups(plan.place, profile) : []),
    ...chosen.flatMap(({ scenario, place }) => missingMethods(scenario, place, profile)),
    ...chosen.flatMap(({ scenario, place }) => tooManyMembers(scenario, place, profile)),
  ];
}

function missingCollection(scenario: Scenario, place: Place, profile: TargetProfile): readonly Problem[] {
  return (["Users", "Groups"] as const).flatMap((resource) => {
    const [fact] = factsAbout(profile, (one) => one.kind === "no-resource" && one.resource === resource);
    const isSent = sendSteps(scenario).some(({ path }) => startOf(path).startsWith(`/${resource}`));
    if (fact === undefined || !isSent) return [];
    const what = `The scenario \`${scenario.id}\` sends to /${resource}. ${told(fact, profile)}`;
    return [{ place, what, next: "Choose a plan without it, or leave --target out." }];
  });
}

function missingMethods(scenario: Scenario, place: Place, profile: TargetProfile): readonly Problem[] {
  const sent = new Map(
    sendSteps(scenario).flatMap(({ method, path }) => {
      const [, resource] = /^\/(Users|Groups)/.exec(startOf(path)) ?? [];
      return resource === undefined ? [] : [[`${method} ${resource}`, { method, resource }] as const];
    }),
  );
  return [...sent.values()].flatMap(({ method, resource }) => {
    const [fact] = factsAbout(
      profile,
      (one) =>
        one.kind === "method" &&
        one.resource === resource &&
        one.method === method &&
        [one.answer].flat().every(isRefusal),
    );
    if (fact === undefined) return [];
    const what = `The scenario \`${scenario.id}\` sends ${method} to /${resource}. ${told(fact, profile)}`;
    return [{ place, what, next: "Choose a plan without it, or leave --target out." }];
  });
}

function missingGroups(place: Place, profile: TargetProfile): readonly Problem[] {
  const [fact] = factsAbout(profile, (one) => one.kind === "no-resource" && one.resource === "Groups");
  if (fact === undefined) return [];
  const what = `The plan's population has groups. ${told(fact, profile)}`;
  return [{ place, what, next: "Say --groups 0 --members 0, or leave --target out." }];
}

function tooManyMembers(scenario: Scenario, place: Place, profile: TargetProfile): readonly Problem[] {
  const size = crowdSizeOf(scenario);
  const methods = sendSteps(scenario)
    .filter(({ path, method }) => startOf(path).startsWith("/Groups/") && method !== "GET")
    .map(({ method }) => method);
  const [fact] = factsAbout(
    profile,
    (one) =>
      one.kind === "limit" &&
      (one.subject === "members-per-request" || one.subject === "group-members") &&
      one.value < size &&
      methods.some((method) => one.method === undefined || one.method === method),
  );
  if (fact === undefined) return [];
  const what = `The scenario \`${scenario.id}\` sends ${plural(size, "member")} in one request. ${told(fact, profile)}`;
  return [{ place, what, next: "Choose a plan with smaller batches, or leave --target out." }];
}

type SendStep = Extract<Scenario["steps"][number], { kind: "send" }>;

const sendSteps = ({ steps }: Scenario) => steps.filter((step): step is SendStep => step.kind === "send");
const startOf = ({ parts: [first] }: SendStep["path"]) => (typeof first === "string" ? first : "");

const isRefusal = (status: number | "refused") => status === "refused" || status >= 400;

const told = ({ id, statement }: Fact, { product }: TargetProfile) =>
  `${product} documents: ${statement} (${id})`;
