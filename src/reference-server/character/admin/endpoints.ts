import type { JsonObject } from "../../../model/json.ts";
import type { ServerRequest, ServerResponse } from "../../message.ts";
import { groupType, userType } from "../../schemas.ts";
import type { Store } from "../../store.ts";
import type { Administration, ScimToken, Team } from "./administration.ts";
import { attributesIn, JsonApiFailure, jsonApi, noContent, resource } from "./json-api.ts";
import { follow, followAll, linkTeam } from "./teams.ts";

type Query = URLSearchParams;

const iso = (time: number | undefined) => (time === undefined ? null : new Date(time).toISOString());

/** Answers the administrators' interface of Terraform Enterprise, as far as its documentation tells it. */
export function answerAdmin(
  world: Administration,
  store: Store,
  request: ServerRequest,
  path: string,
  query: Query,
): ServerResponse {
  const { method } = request;
  const [area = "", id, part] = path.replace(/^\/api\/v2\/(admin\/)?/, "").split("/");
  switch (area) {
    case "scim-settings":
      return settings(world, store, request);
    case "scim-tokens":
      return id === undefined ? tokens(world, request) : oneToken(world, method, id);
    case "authentication-tokens":
      return oneToken(world, method, id ?? "");
    case "scim-groups":
      return groups(store, query);
    case "provisioning-log":
      return log(world, query);
    case "users":
      return users(world, store, query);
    case "teams": {
      const team = world.teams.find((one) => one.id === id);
      if (team === undefined) throw new JsonApiFailure(404, "There is no such team.");
      return part === "scim-group-mapping"
        ? mapping(world, store, request, team)
        : jsonApi(200, { data: shownTeam(store, team) });
    }
    default:
      throw new JsonApiFailure(404, "There is nothing here.");
  }
}

function settings(world: Administration, store: Store, request: ServerRequest): ServerResponse {
  if (request.method === "PATCH") changeSettings(world, store, attributesIn(request));
  if (request.method === "DELETE") disable(world, store);
  const group = world.siteAdminGroup === undefined ? undefined : store.get(groupType, world.siteAdminGroup);
  return jsonApi(200, {
    data: resource("scim-settings", "scim", {
      enabled: world.state !== "disabled",
      paused: world.state === "paused",
      "site-admin-group-scim-id": world.siteAdminGroup ?? null,
      "site-admin-group-display-name": group?.attributes.displayName ?? null,
    }),
  });
}

/** Nothing changes when anything in the request cannot be done. */
function changeSettings(world: Administration, store: Store, asked: JsonObject): void {
  const { enabled, paused, "site-admin-group-scim-id": group } = asked;
  for (const value of [enabled, paused]) {
    if (value !== undefined && typeof value !== "boolean")
      throw new JsonApiFailure(422, "This has to be true or false.");
  }
  if (enabled === false) throw new JsonApiFailure(422, "SCIM is disabled by deleting its settings.");
  if (paused === true && world.state === "disabled" && enabled !== true) {
    throw new JsonApiFailure(422, "SCIM is disabled and cannot be paused.");
  }
  if (typeof group === "string" && store.get(groupType, group) === undefined) {
    throw new JsonApiFailure(422, "There is no such group.");
  }
  if (enabled === true && world.state === "disabled") world.state = "enabled";
  if (paused !== undefined && world.state !== "disabled") world.state = paused ? "paused" : "enabled";
  if (group === null) world.siteAdminGroup = undefined;
  if (typeof group === "string") world.siteAdminGroup = group;
  followAll(world, store);
}

/** Takes everything that SCIM made and leaves the accounts. */
function disable(world: Administration, store: Store): void {
  world.state = "disabled";
  world.siteAdminGroup = undefined;
  if (!world.keepsTokensWhenDisabled) world.revokeAll();
  for (const team of world.teams) delete team.link;
  if (!world.keepsWhenDisabled) {
    for (const type of [groupType, userType]) for (const one of [...store.all(type)]) store.remove(one);
  }
  for (const account of world.accounts) delete account.scimId;
}

const shownToken = (token: ScimToken, secret: string | null): JsonObject =>
  resource("authentication-tokens", token.id, {
    description: token.description,
    "created-at": iso(token.createdAt),
    "expired-at": iso(token.expiredAt),
    "last-used-at": iso(token.lastUsedAt),
    token: secret,
  });

function tokens(world: Administration, request: ServerRequest): ServerResponse {
  if (request.method === "GET")
    return jsonApi(200, { data: world.tokens.map((token) => shownToken(token, null)) });
  const { description, "expired-at": date } = attributesIn(request);
  const expiredAt = typeof date === "string" ? Date.parse(date) : undefined;
  if (Number.isNaN(expiredAt)) throw new JsonApiFailure(400, "expired-at is no date.");
  const made = world.mint(typeof description === "string" ? description : "", expiredAt);
  if (made === undefined) {
    throw new JsonApiFailure(
      400,
      `expired-at lies ${world.life.shortest} to ${world.life.longest} days ahead.`,
    );
  }
  return jsonApi(201, { data: shownToken(made.token, made.secret) });
}

function oneToken(world: Administration, method: string, id: string): ServerResponse {
  const token = world.tokens.find((one) => one.id === id);
  if (token === undefined) throw new JsonApiFailure(404, "There is no such token.");
  if (method !== "DELETE") return jsonApi(200, { data: shownToken(token, null) });
  world.revoke(id);
  return noContent;
}

function groups(store: Store, query: Query): ServerResponse {
  const part = (query.get("q") ?? "").toLowerCase();
  const size = Number(query.get("page[size]") ?? 20);
  const found = [...store.all(groupType)].filter(({ attributes }) =>
    String(attributes.displayName).toLowerCase().includes(part),
  );
  return jsonApi(200, {
    data: found
      .slice(0, size)
      .map(({ id, attributes }) => resource("scim-groups", id, { name: attributes.displayName ?? null })),
  });
}

function mapping(world: Administration, store: Store, request: ServerRequest, team: Team): ServerResponse {
  if (request.method === "POST") {
    linkTeam(world, store, team, String(attributesIn(request)["scim-group-id"]));
    return noContent;
  }
  if (request.method === "PATCH") {
    const paused = attributesIn(request)["scim-sync-paused"];
    if (typeof paused !== "boolean")
      throw new JsonApiFailure(422, "scim-sync-paused has to be true or false.");
    if (team.link === undefined) throw new JsonApiFailure(409, "Team is not linked to a SCIM group");
    team.link.isPaused = paused;
    follow(world, store, team);
    return noContent;
  }
  if (team.link === undefined) throw new JsonApiFailure(409, "Team is not linked to a SCIM group");
  delete team.link;
  return noContent;
}

function shownTeam(store: Store, team: Team): JsonObject {
  const group = team.link === undefined ? undefined : store.get(groupType, team.link.groupId);
  return resource("teams", team.id, {
    name: team.name,
    "users-count": team.members.size,
    "scim-linked": team.link !== undefined,
    "scim-group-name": group?.attributes.displayName ?? null,
    "scim-sync-paused": team.link?.isPaused ?? false,
  });
}

function users(world: Administration, store: Store, query: Query): ServerResponse {
  const part = (query.get("q") ?? "").toLowerCase();
  const found = world.accounts.filter(({ username, email }) =>
    `${username} ${email}`.toLowerCase().includes(part),
  );
  return jsonApi(200, {
    data: found.map(({ id, username, email, isSuspended, isSiteAdmin, scimId }) =>
      resource("users", id, {
        username,
        email,
        "is-suspended": isSuspended,
        "is-admin": isSiteAdmin,
        "scim-username":
          (scimId === undefined ? undefined : store.get(userType, scimId)?.attributes.userName) ?? null,
      }),
    ),
  });
}

/** Not an address of the product: its audit log is read by other ways. */
function log(world: Administration, query: Query): ServerResponse {
  const status = query.get("status");
  return jsonApi(200, {
    data: world.log
      .filter(({ result }) => status === null || result === status)
      .map(({ at, request, status: answered, result }, index) =>
        resource("provisioning-log-entries", String(index + 1), {
          at: iso(at),
          request,
          answered,
          status: result,
        }),
      ),
  });
}
