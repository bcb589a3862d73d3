import { headerValue } from "../../../model/exchange.ts";
import { type Observable, type ObservableOf, ofKind } from "../../../model/observable.ts";
import { refusalReply, ScimFailure } from "../../errors.ts";
import type { Handle, ServerRequest, ServerResponse } from "../../message.ts";
import type { Make } from "../../quirks/make.ts";
import { sameText } from "../../same-text.ts";
import { userType } from "../../schemas.ts";
import type { Store } from "../../store.ts";
import { accountsOf } from "./accounts.ts";
import { Administration, namedTokensOf, type TokenLife } from "./administration.ts";
import { contraryReply, unrevoked } from "./contrary.ts";
import { answerAdmin } from "./endpoints.ts";
import { JsonApiFailure, jsonApiError } from "./json-api.ts";

/** Kinds of facts that only an installation with administrators, accounts and teams can keep. */
const KINDS: readonly Observable["kind"][] = ["state", "token-life", "admin", "link-by-email"];

/** Whether facts are about more than the SCIM endpoint alone. */
export const hasInstallation = (facts: readonly Observable[]) =>
  facts.some(({ kind }) => KINDS.includes(kind));

export { DISPOSABLE_EMAIL, DISPOSABLE_TEAM, namedTokensOf } from "./administration.ts";

/** The installation around the SCIM endpoint, where the profile documents one. */
export function installation(facts: readonly Observable[]): Make {
  if (!hasInstallation(facts)) return () => ({});
  return (tools) => {
    const places: Places = {};
    const states = ofKind(facts, "state");
    const life = lifeOf(ofKind(facts, "token-life"));
    const world = () => {
      if (places.world === undefined) {
        places.world = new Administration(tools.clock, life, places.token);
        places.world.keepsTokensWhenDisabled = states.some(
          ({ state, contrary }) => state === "disabled" && contrary === true,
        );
        places.world.keepsWhenDisabled = states.some(
          ({ of, contrary }) => of === "old-ids" && contrary === true,
        );
      }
      return places.world;
    };
    const listsAll = ofKind(facts, "admin").some(
      ({ of, contrary }) => of === "manual-accounts-not-listed" && contrary === true,
    );
    const credentials = ofKind(facts, "credential");
    return {
      replace: {
        ...accountsOf(facts, tools.operations, world),
        authorise: (headers, expected) => {
          const token = expected?.token;
          places.token ??= token;
          if (places.isLooking === true) return;
          const secret = /^bearer +(\S+)$/i.exec(headerValue(headers, "authorization") ?? "")?.[1];
          if (token === undefined || world().lets(secret)) return;
          const statusOf = (of: "expired" | "foreign", usual: number) =>
            credentials.find((one) => one.of === of && one.contrary === true) === undefined ? usual : 403;
          if (sameText(secret, namedTokensOf(token).expired)) {
            throw new ScimFailure(statusOf("expired", 401), "The token has expired.");
          }
          if (sameText(secret, namedTokensOf(token).foreign)) {
            throw new ScimFailure(statusOf("foreign", 401), "This is no SCIM token.");
          }
          // What the installation does not know, the sound server refuses in its own words.
          if (sameText(secret, token)) throw new ScimFailure(401, "The token was revoked.");
          tools.operations.authorise(headers, expected);
        },
        list: (context, types, request) => {
          places.store ??= context.store;
          if (listsAll) enrolEverybody(world(), context.store);
          return tools.operations.list(context, types, request);
        },
      },
      wrap: (handle) => inside(handle, { facts, states, world, places, tools }),
    };
  };
}

/** Makes SCIM users of the accounts that are managed by hand, which nobody asked for. */
function enrolEverybody(world: Administration, store: Store): void {
  for (const account of world.accounts) {
    if (account.scimId !== undefined) continue;
    const { username, email } = account;
    const attributes = { userName: username, emails: [{ value: email, primary: true }], active: true };
    account.scimId = store.insert(userType, attributes).id;
  }
}

interface Places {
  world?: Administration;
  token?: string | undefined;
  store?: Store;
  isLooking?: boolean;
}

interface Around {
  readonly facts: readonly Observable[];
  readonly states: readonly ObservableOf<"state">[];
  readonly world: () => Administration;
  readonly places: Places;
  readonly tools: Parameters<Make>[0];
}

function inside(handle: Handle, around: Around): Handle {
  const { world, places, facts } = around;
  return (request) => {
    const { pathname, searchParams } = new URL(request.target, "http://localhost");
    if (!pathname.startsWith("/api/")) return scimAnswer(handle, request, pathname, around);
    if (places.store === undefined) findStore(handle, places);
    const reply = unrevoked(facts, request, pathname) ?? adminAnswer(request, pathname, searchParams, around);
    return contraryReply(facts, request, pathname, reply, world());
  };
}

/** A variation learns of the store and the token from the requests that pass; this one asks for them. */
function findStore(handle: Handle, places: Places): void {
  places.isLooking = true;
  handle({ method: "GET", target: "/scim/v2/Users?count=1", headers: [], body: "" });
  places.isLooking = false;
}

function adminAnswer(
  request: ServerRequest,
  pathname: string,
  query: URLSearchParams,
  { world, places }: Around,
): ServerResponse {
  const secret = /^bearer +(\S+)$/i.exec(headerValue(request.headers, "authorization") ?? "")?.[1];
  if (places.token === undefined || places.store === undefined)
    return jsonApiError(401, "Nobody is known here.");
  const named = namedTokensOf(places.token);
  // A SCIM token reaches nothing here; others than administrators see nothing.
  if (!sameText(secret, named.admin))
    return sameText(secret, named.foreign)
      ? jsonApiError(404, "Not found.")
      : jsonApiError(401, "Unauthorized.");
  try {
    return answerAdmin(world(), places.store, request, pathname, query);
  } catch (failure) {
    if (!(failure instanceof JsonApiFailure)) throw failure;
    return jsonApiError(failure.status, failure.message);
  }
}

const isProvisioning = (pathname: string) => /\/(Users|Groups)(\/|$)/.test(pathname);

/** While provisioning is paused or disabled, users and groups are refused, after the token was looked at. */
function scimAnswer(
  handle: Handle,
  request: ServerRequest,
  pathname: string,
  around: Around,
): ServerResponse {
  const { world, places } = around;
  if (places.store === undefined) findStore(handle, places);
  if (places.token === undefined) return handle(request);
  const { state } = world();
  const secret = /^bearer +(\S+)$/i.exec(headerValue(request.headers, "authorization") ?? "")?.[1];
  const refusal = state === "enabled" ? undefined : refusalIn(around, pathname);
  const isRemembered = around.states.some(({ of, contrary }) => of === "missed-changes" && contrary === true);
  // A server that replays what it refused has carried it out by the time anybody can look.
  if (refusal !== undefined && isRemembered && request.method !== "GET") handle(request);
  const reply =
    refusal === undefined || !world().lets(secret)
      ? handle(request)
      : refusalReply(new ScimFailure(refusal, "SCIM is not enabled."));
  if (request.method !== "GET") world().note(`${request.method} ${pathname}`, reply.status);
  return reply;
}

function refusalIn({ states, world }: Around, pathname: string): number | undefined {
  const of = isProvisioning(pathname) ? (pathname.includes("/Groups") ? "Groups" : "Users") : "discovery";
  const fact = states.find((one) => one.state === world().state && one.of === of);
  if (of === "discovery") return fact?.contrary === true ? 403 : undefined;
  return fact?.contrary === true ? undefined : 403;
}

/** The bounds as documented; a contrary fact moves the one it is about. */
function lifeOf(facts: readonly ObservableOf<"token-life">[]): TokenLife {
  const broken = (of: ObservableOf<"token-life">["of"]) =>
    facts.some((one) => one.of === of && one.contrary === true);
  const days = (of: ObservableOf<"token-life">["of"], usual: number) =>
    facts.find((one) => one.of === of)?.days ?? usual;
  return {
    usual: broken("default") ? 90 : days("default", 365),
    shortest: broken("too-short")
      ? 1
      : broken("shortest")
        ? days("shortest", 30) + 5
        : days("too-short", 28) + 1,
    longest: broken("too-long")
      ? 10_000
      : broken("longest")
        ? days("longest", 364) - 5
        : days("too-long", 366) - 1,
  };
}
