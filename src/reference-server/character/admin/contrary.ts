import type { AdminCase } from "../../../model/documented-cases.ts";
import type { JsonObject } from "../../../model/json.ts";
import { type Observable, ofKind } from "../../../model/observable.ts";
import type { ServerRequest, ServerResponse } from "../../message.ts";
import type { Administration } from "./administration.ts";
import { noContent } from "./json-api.ts";

/** An answer of the administrators' interface that a fact is about, and what a server does that does not keep it. */
interface Breaking {
  readonly method: string;
  readonly path: RegExp;
  /** The status of the sound answer it is about. */
  readonly status: number;
  /** 418 in its place when absent. */
  readonly spoil?: (reply: ServerResponse, world: Administration, pathname: string) => ServerResponse;
}

const SETTINGS = /\/scim-settings$/;
const TOKENS = /\/scim-tokens$/;
const TOKEN = /\/scim-tokens\/[^/]+$/;
const MAPPING = /\/scim-group-mapping$/;
const TEAM = /\/teams\/[^/]+$/;

const withAttribute =
  (name: string, value: string | number) =>
  (reply: ServerResponse): ServerResponse => {
    const body = JSON.parse(reply.body) as { readonly data: { readonly attributes: JsonObject } };
    const { data } = body;
    return {
      ...reply,
      body: JSON.stringify({ data: { ...data, attributes: { ...data.attributes, [name]: value } } }),
    };
  };

const CASES: Readonly<Partial<Record<AdminCase, Breaking>>> = {
  "settings-read": { method: "GET", path: SETTINGS, status: 200 },
  "settings-mistyped": { method: "PATCH", path: SETTINGS, status: 422 },
  "token-created": { method: "POST", path: TOKENS, status: 201 },
  "token-shown-once": {
    method: "GET",
    path: TOKEN,
    status: 200,
    spoil: withAttribute("token", "shown again"),
  },
  "token-never-used": {
    method: "GET",
    path: TOKEN,
    status: 200,
    spoil: withAttribute("last-used-at", "2026-01-01T00:00:00.000Z"),
  },
  "tokens-side-by-side": {
    method: "POST",
    path: TOKENS,
    status: 201,
    spoil: (reply, world) => {
      for (const { id } of world.tokens.slice(0, -1)) world.revoke(id);
      return reply;
    },
  },
  "token-of-scim-elsewhere": { method: "GET", path: SETTINGS, status: 401 },
  "group-searched": {
    method: "GET",
    path: /\/scim-groups$/,
    status: 200,
    spoil: (reply) => ({ ...reply, body: '{"data":[]}' }),
  },
  "team-linked": { method: "POST", path: MAPPING, status: 204 },
  "team-linked-twice": { method: "POST", path: MAPPING, status: 409 },
  "team-of-unknown-group": { method: "POST", path: MAPPING, status: 404 },
  "link-paused": { method: "PATCH", path: MAPPING, status: 204 },
  "link-paused-wrongly": { method: "PATCH", path: MAPPING, status: 422 },
  "link-removed": { method: "DELETE", path: MAPPING, status: 204 },
  "link-removed-twice": { method: "DELETE", path: MAPPING, status: 409 },
  "team-follows-group": { method: "GET", path: TEAM, status: 200, spoil: withAttribute("users-count", 0) },
  "paused-team-waits": { method: "GET", path: TEAM, status: 200, spoil: withAttribute("users-count", 2) },
};

const withStatus = (reply: ServerResponse, status: number): ServerResponse => ({ ...reply, status });

/** The answer of a server that does not keep what contrary facts say; the sound one otherwise. */
export function contraryReply(
  facts: readonly Observable[],
  request: ServerRequest,
  pathname: string,
  reply: ServerResponse,
  world: Administration,
): ServerResponse {
  return ofKind(facts, "admin")
    .filter(({ contrary }) => contrary === true)
    .reduce((changed, { of }) => {
      const breaking = CASES[of];
      if (breaking === undefined || breaking.method !== request.method) return changed;
      if (!breaking.path.test(pathname) || breaking.status !== changed.status) return changed;
      return breaking.spoil?.(changed, world, pathname) ?? withStatus(changed, 418);
    }, reply);
}

/** A server that says that it deleted a token, and does not. */
export function unrevoked(
  facts: readonly Observable[],
  { method }: ServerRequest,
  pathname: string,
): ServerResponse | undefined {
  const isBroken = ofKind(facts, "admin").some(
    ({ of, contrary }) => of === "token-revoked" && contrary === true,
  );
  const isIt = method === "DELETE" && /\/(scim|authentication)-tokens\/[^/]+$/.test(pathname);
  return isBroken && isIt ? noContent : undefined;
}
