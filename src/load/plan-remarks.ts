import { plural } from "../model/count.ts";
import type { LoadPlan, Population } from "../model/load-plan.ts";
import type { Scenario } from "../model/scenario.ts";
import { takesMembers } from "./compile/compiled.ts";
import { peopleTaken } from "./cost.ts";

/** A population split over shards: each has people and groups of its own, so that none has to know of the others'. */
export function populationOver({ users, groups, members }: Population, shards: number): Population {
  const most = Math.ceil(users / shards);
  return { users, groups: groups === 0 ? 0 : Math.max(groups, shards), members: Math.min(members, most) };
}

/**
 * Where a load is another story than its plan tells, as sentences.
 * @param playsOf how often a scenario of the mix is played
 */
export function planRemarks(
  { population, mix }: LoadPlan,
  scenarios: readonly Scenario[],
  shards: number,
  playsOf: (scenario: string) => number,
): readonly string[] {
  const mixed = new Set(mix.map(({ scenario }) => scenario));
  const played = scenarios.filter(({ id }) => mixed.has(id));
  return [
    ...smallerGroups(population, shards),
    ...played.flatMap((scenario) =>
      takesMembers(scenario) ? leavingAgain(scenario, population, playsOf(scenario.id)) : [],
    ),
  ];
}

function smallerGroups(population: Population, shards: number): readonly string[] {
  const { groups, members } = populationOver(population, shards);
  if (groups === population.groups && members === population.members) return [];
  const more =
    groups === population.groups ? [] : [`${plural(groups, "group")} in place of ${population.groups}`];
  const fewer =
    members === population.members
      ? []
      : [`${plural(members, "member")} in each in place of ${population.members}`];
  const people = Math.ceil(population.users / shards).toLocaleString("en-US");
  return [
    `Each of the ${shards} workers or shards has people and groups of its own, which makes ${[...more, ...fewer].join(" and ")}; a group has at most ${people} of the people who are there before.`,
  ];
}

function leavingAgain(
  scenario: Scenario,
  { users, groups, members }: Population,
  plays: number,
): readonly string[] {
  const people = Math.min(users, groups * members);
  const lasts = Math.floor(people / Math.max(1, peopleTaken(scenario)));
  if (plays <= lasts) return [];
  return [
    `${scenario.id} takes people out of groups, which have ${people.toLocaleString("en-US")} of them: after ${lasts.toLocaleString("en-US")} of ${plays.toLocaleString("en-US")} plays whoever leaves has left before. A server may refuse that (400 or 404), which is no error, and may be quicker about it. With more --users and --members, or a shorter load, each play has people of its own.`,
  ];
}
