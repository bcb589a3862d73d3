import { didYouMean } from "../decode/index.ts";
import { plural } from "../model/count.ts";
import {
  HOME_GROUP,
  type LoadPlan,
  type MixEntry,
  STANDING_GROUP,
  type Threshold,
} from "../model/load-plan.ts";
import type { Problem } from "../model/problem.ts";
import type { Scenario } from "../model/scenario.ts";

/** Everything a plan names that is not there, or cannot be used as it is named. Empty when it can be played. */
export function loadPlanProblems(plan: LoadPlan, scenarios: readonly Scenario[]): readonly Problem[] {
  const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  const chosen = plan.mix.flatMap(({ scenario }) => byId.get(scenario) ?? []);
  const operations = chosen.flatMap(({ id, steps }) => steps.map((step) => `${id}/${step.id}`));
  return [
    ...plan.mix.flatMap((entry) => mixProblems(entry, plan, byId)),
    ...populationProblems(plan),
    ...plan.thresholds.flatMap((threshold) => operationProblems(threshold, operations)),
  ];
}

function mixProblems(
  entry: MixEntry,
  plan: LoadPlan,
  byId: ReadonlyMap<string, Scenario>,
): readonly Problem[] {
  const { place } = entry;
  const scenario = byId.get(entry.scenario);
  if (scenario === undefined) {
    const repeatable = [...byId.values()].filter((one) => one.repeatable).map(({ id }) => id);
    return [
      {
        place,
        what: `There is no scenario \`${entry.scenario}\`.`,
        next: `${didYouMean(entry.scenario, repeatable)} \`scim-check list scenarios\` shows them all.`,
      },
    ];
  }
  const problems: Problem[] = [];
  if (!scenario.repeatable) {
    problems.push({
      place,
      what: `The scenario \`${scenario.id}\` cannot be played many times at once: it is not \`repeatable\`.`,
      next: "Choose one that is, or make every name in it unique and say `repeatable: true`.",
    });
  }
  if (scenario.oktaApp !== "both" && scenario.oktaApp !== plan.oktaApp) {
    problems.push({
      place,
      what: `The scenario \`${scenario.id}\` is what ${scenario.oktaApp.toUpperCase()} apps send; this plan is about ${plan.oktaApp.toUpperCase()} apps.`,
      next: "Choose the scenario for the other kind of app, or change `okta-app`.",
    });
  }
  return [...problems, ...inputProblems(entry, scenario, plan)];
}

function inputProblems(entry: MixEntry, scenario: Scenario, plan: LoadPlan): readonly Problem[] {
  const { place } = entry;
  const given = new Set(entry.with.map(([name]) => name));
  const missing = scenario.inputs
    .filter((name) => !given.has(name) && name !== STANDING_GROUP && name !== HOME_GROUP)
    .map((name) => ({
      place,
      what: `The scenario \`${scenario.id}\` needs a value for \`${name}\`.`,
      next: `Give it with \`with: { ${name}: … }\`.`,
    }));
  const strange = [...given]
    .filter((name) => !scenario.inputs.includes(name))
    .map((name) => ({
      place,
      what: `The scenario \`${scenario.id}\` takes no \`${name}\`.`,
      next: didYouMean(name, scenario.inputs),
    }));
  return [...missing, ...strange, ...unpopulated(entry, scenario, plan), ...twoValues(entry, plan)];
}

/** People and groups that a scenario takes and the population does not have. */
function unpopulated({ place }: MixEntry, scenario: Scenario, { population }: LoadPlan): readonly Problem[] {
  const people = crowdSizeOf(scenario);
  const problems: Problem[] = [];
  if (people > population.users) {
    problems.push({
      place,
      what: `The scenario \`${scenario.id}\` takes ${people} of the population's people, which has ${population.users}.`,
      next: `Say \`population: { users: ${people} }\`, or more.`,
    });
  }
  const isOfMembers = scenario.inputs.includes(HOME_GROUP);
  if (isOfMembers && population.groups > 0 && population.members === 0) {
    problems.push({
      place,
      what: `The scenario \`${scenario.id}\` takes a member out of a group, and the population's groups have none.`,
      next: "Say `population: { members: 1 }`, or more.",
    });
  }
  if ((isOfMembers || scenario.inputs.includes(STANDING_GROUP)) && population.groups === 0) {
    problems.push({
      place,
      what: `The scenario \`${scenario.id}\` takes a group of the population, which has none.`,
      next: "Say `population: { groups: 1 }`, or more.",
    });
  }
  return problems;
}

/** People of the population that one play takes. */
export function crowdSizeOf({ crowd }: Scenario): number {
  if (crowd === undefined) return 0;
  return crowd.kind === "literal" && typeof crowd.value === "number" ? crowd.value : 1;
}

/** All scenarios of a load draw on one set of values. */
function twoValues(entry: MixEntry, { mix }: LoadPlan): readonly Problem[] {
  return entry.with.flatMap(([name, value]) => {
    const other = mix.flatMap((one) => one.with).find(([same]) => same === name);
    if (other === undefined || JSON.stringify(other[1]) === JSON.stringify(value)) return [];
    const what = `\`${name}\` has two values in one mix.`;
    return [
      { place: entry.place, what, next: "Give it the same value everywhere, or rename one of the inputs." },
    ];
  });
}

function populationProblems({ population, place }: LoadPlan): readonly Problem[] {
  const { users, groups, members } = population;
  if (groups > 0 && members > users) {
    const what = `The groups of the population have ${plural(members, "member")} each, and there ${users === 1 ? "is" : "are"} only ${plural(users, "user")}.`;
    return [{ place, what, next: "Ask for more users, or for fewer members." }];
  }
  return [];
}

function operationProblems(threshold: Threshold, operations: readonly string[]): readonly Problem[] {
  const { operation, place, metric } = threshold;
  if (operation === undefined) return [];
  if (operation === "play")
    return metric.kind === "time" && metric.of === "response" ? [] : [onlyTimes(threshold)];
  if (operations.some((name) => isNamed(operation, name))) return [];
  const steps = operations.map((name) => name.split("/").at(-1) ?? name);
  const what = `No step of the plan's scenarios is named \`${operation}\`.`;
  return [{ place, what, next: didYouMean(operation, new Set([...steps, "play"])) }];
}

/** A play is sent by nobody, and answered by nobody. */
function onlyTimes({ text, place }: Threshold): Problem {
  return {
    place,
    what: `\`${text}\` looks at something that requests have, and whole plays have not.`,
    next: "Write play.response.p99 < 2s for whole plays, or leave out `play.` for all requests.",
  };
}

/** Whether an operation is meant by a name: its step, the end of its path, or all of it. */
export function isNamed(name: string, operation: string): boolean {
  const own = operation.split(" ")[0] ?? operation;
  return own === name || own.endsWith(`/${name}`);
}
