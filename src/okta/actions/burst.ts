import { type Exchange, headerValue, type Request } from "../../model/exchange.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { Action, ActionContext, ActionResult, Playable } from "../../model/play.ts";
import { likewise } from "../likewise.ts";
import { oktaWaitMs, wholeSeconds } from "../retry-after.ts";
import { countArgument, objectArgument } from "./arguments.ts";
import { idOf, isSuccess, jsonOf, SentInTurn, statusOf } from "./told.ts";

/** One request of the burst. */
interface Shot {
  readonly kind: "look-up" | "create";
  readonly userName: string;
  readonly request: Request;
}

/** A create that was refused, and what it is sent again with. */
interface Refused {
  readonly userName: string;
  readonly request: Request;
}

// Enough to see whether refusals have an effect; a burst of hundreds must not become a second one.
const REFUSALS_FOLLOWED = 20;
// Okta would wait however long it is told; a run waits this long unless it was asked for Okta's waits.
const LONGEST_WAIT_MS = 60_000;
// A server may name years, and a run has to end.
const LONGEST_OKTA_WAIT_MS = 3_600_000;
// Without a usable Retry-After: short looks at whether the server lets requests through again.
const SHORT_WAITS_MS = [1_000, 2_000, 4_000, 8_000];

/**
 * Facts: `burst`, each `{ kind, userName, status, retryAfter, id }` in the order sent (status 0: no answer).
 * Where something was refused with 429 also: `oktaWaitMs` (what Okta would wait), `waitedMs`, `waited` ("okta" or
 * "short"), `afterWait` (the status of the first request after the wait), and `retried`, each
 * `{ userName, found, status, foundAfter }`: how many people of that name were there before the create was sent
 * again and after it, null where the look-up did not tell. `afterWaitAt`, and `foundAt`, `statusAt` and `foundAfterAt` of
 * each, say which exchange of the action told it.
 */
export const burst: Action = {
  name: "burst",
  summary:
    "Sends `requests` look-ups and creates (of people like `person`) at the same time, then does what Okta does with those refused.",
  takes: ["requests", "person"],
  reads: false,
  *perform(given, context) {
    const shots = shotsOf(countArgument(given, "requests"), objectArgument(given, "person"), context);
    const requests = shots.map(({ request }) => ({ ...request, showThrottling: true }));
    const { exchanges } = yield { kind: "send-at-once", requests };
    const facts = { burst: exchanges.map((exchange, index) => shotFacts(exchange, shots[index])) };
    const isRefused = (index: number) => exchanges[index] !== undefined && statusOf(exchanges[index]) === 429;
    const refused = shots.filter((shot, index) => shot.kind === "create" && isRefused(index));
    const throttled = exchanges.filter((exchange) => statusOf(exchange) === 429);
    if (throttled.length === 0) return { exchanges, facts };
    const followed = yield* follow(throttled, refused.slice(0, REFUSALS_FOLLOWED), exchanges.length, context);
    return {
      exchanges: [...exchanges, ...followed.exchanges],
      facts: { ...facts, ...followed.facts },
    };
  },
};

/** Half look-ups, half creates, alternating, each about a person of its own. */
function shotsOf(count: number, person: JsonObject, context: ActionContext): readonly Shot[] {
  return Array.from({ length: count }, (_, index): Shot => {
    const label = `burst${index + 1}`;
    const userName = context.unique("userName", label);
    return index % 2 === 0
      ? { kind: "look-up", userName, request: lookUp(userName, context) }
      : {
          kind: "create",
          userName,
          request: context.request("POST", "/Users", likewise(person, context.unique, label)),
        };
  });
}

function lookUp(userName: string, context: ActionContext): Request {
  const literal = userName.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
  const filter = encodeURIComponent(`userName eq "${literal}"`);
  return context.request("GET", `/Users?filter=${filter}&startIndex=1&count=100`);
}

const retryAfterOf = ({ outcome }: Exchange) =>
  outcome.kind === "answer" ? headerValue(outcome.headers, "Retry-After") : undefined;

function shotFacts(exchange: Exchange, shot: Shot | undefined): JsonObject {
  return {
    kind: shot?.kind ?? "look-up",
    userName: shot?.userName ?? "",
    status: statusOf(exchange),
    retryAfter: retryAfterOf(exchange) ?? null,
    id: shot?.kind === "create" ? idOf(exchange) : null,
  };
}

/**
 * What Okta does after a 429: it waits as it was told and sends the same again.
 * @param before how many exchanges the action had until then
 */
function* follow(
  throttled: readonly Exchange[],
  refused: readonly Refused[],
  before: number,
  context: ActionContext,
): Playable<ActionResult> {
  const waiting = yield* waitLikeOkta(throttled, context);
  const sent = new SentInTurn(context);
  sent.add(waiting.exchanges);
  const retried: Json[] = [];
  const afterWaitAt = before + sent.count - 1;
  for (const { userName, request } of refused) {
    const foundAt = before + sent.count;
    const found = yield* count(userName, sent, context);
    const statusAt = before + sent.count;
    const again = (yield { kind: "send", request }).exchanges;
    sent.add(again);
    const foundAfterAt = before + sent.count;
    const foundAfter = yield* count(userName, sent, context);
    const status = again.map(statusOf)[0] ?? 0;
    retried.push({ userName, found, foundAt, status, statusAt, foundAfter, foundAfterAt });
  }
  return { exchanges: sent.all, facts: { ...waiting.facts, afterWaitAt, retried } };
}

function* waitLikeOkta(throttled: readonly Exchange[], context: ActionContext): Playable<ActionResult> {
  const told = throttled.map(retryAfterOf);
  const wait = Math.max(...told.map(oktaWaitMs));
  const isTold = told.every((text) => wholeSeconds(text) !== undefined);
  const asOkta = context.oktaWaits ? wait <= LONGEST_OKTA_WAIT_MS : isTold && wait <= LONGEST_WAIT_MS;
  const exchanges: Exchange[] = [];
  let waitedMs = 0;
  let afterWait = 0;
  for (const pause of asOkta ? [wait] : SHORT_WAITS_MS) {
    yield { kind: "wait", ms: pause };
    waitedMs += pause;
    const request = {
      ...lookUp(context.unique("userName", "after-the-wait"), context),
      showThrottling: true,
    };
    const reply = yield { kind: "send", request };
    exchanges.push(...reply.exchanges);
    afterWait = reply.exchanges.map(statusOf).at(-1) ?? 0;
    if (afterWait !== 429) break;
  }
  return {
    exchanges,
    facts: { oktaWaitMs: wait, waitedMs, waited: asOkta ? "okta" : "short", afterWait },
  };
}

/** How many people of that userName a look-up shows, whatever `totalResults` says; null where it does not tell. */
function* count(userName: string, sent: SentInTurn, context: ActionContext): Playable<number | null> {
  const { exchanges } = yield { kind: "send", request: lookUp(userName, context) };
  sent.add(exchanges);
  const [exchange] = exchanges;
  if (exchange === undefined) return null;
  if (statusOf(exchange) === 404) return 0;
  const body = isSuccess(exchange) ? jsonOf(exchange) : undefined;
  if (!isJsonObject(body)) return null;
  if (!Array.isArray(body.Resources)) return body.totalResults === 0 ? 0 : null;
  return (body.Resources as readonly Json[]).filter(
    (user) =>
      isJsonObject(user) &&
      typeof user.userName === "string" &&
      user.userName.toLowerCase() === userName.toLowerCase(),
  ).length;
}
