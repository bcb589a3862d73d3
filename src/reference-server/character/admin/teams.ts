import { groupType } from "../../schemas.ts";
import type { Store } from "../../store.ts";
import type { Administration, Team } from "./administration.ts";
import { JsonApiFailure } from "./json-api.ts";

const MEMBERS_MAX = 1000;

/** Puts the people of its group into a team, unless the link is paused. */
export function follow(world: Administration, store: Store, team: Team): void {
  const { link } = team;
  if (link === undefined || link.isPaused) return;
  const group = store.get(groupType, link.groupId);
  if (group === undefined) return;
  const accounts = world.accounts.filter(({ scimId }) => scimId !== undefined && group.members.has(scimId));
  team.members = new Set(accounts.map(({ id }) => id));
}

/** Every team follows its group, and site administrators theirs. */
export function followAll(world: Administration, store: Store): void {
  for (const team of world.teams) {
    if (team.link !== undefined && store.get(groupType, team.link.groupId) === undefined) delete team.link;
    follow(world, store, team);
  }
  const { siteAdminGroup } = world;
  const group = siteAdminGroup === undefined ? undefined : store.get(groupType, siteAdminGroup);
  // A group that is gone takes no rights away.
  if (group === undefined) {
    world.siteAdminGroup = undefined;
    return;
  }
  for (const account of world.accounts) {
    if (account.scimId === undefined) continue;
    account.isSiteAdmin = group.members.has(account.scimId) && !account.isSuspended;
  }
}

/** Links a team to a group (documented statuses: 404, 409, 413, 422). */
export function linkTeam(world: Administration, store: Store, team: Team, groupId: string): void {
  const group = store.get(groupType, groupId);
  if (group === undefined) throw new JsonApiFailure(404, "There is no such SCIM group.");
  if (team.name === "owners") throw new JsonApiFailure(422, "Owners team SCIM linking is not yet supported");
  if (world.siteAdminGroup === groupId) {
    throw new JsonApiFailure(422, "The site admin group cannot be linked to a team");
  }
  if (team.link !== undefined) throw new JsonApiFailure(409, "Team is already linked to a SCIM group");
  if (group.members.size > MEMBERS_MAX) throw new JsonApiFailure(413, `A team takes ${MEMBERS_MAX} members.`);
  team.link = { groupId, isPaused: false };
  follow(world, store, team);
}
