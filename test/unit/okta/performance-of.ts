import type { Exchange, Headers, Outcome, Request } from "../../../src/model/exchange.ts";
import type { Json } from "../../../src/model/json.ts";
import type { Action, ActionResult } from "../../../src/model/play.ts";

/** What a server says to one request; a number is a status without a body. */
export type Said = number | { readonly status: number; readonly body?: Json; readonly headers?: Headers };
export type Speaker = (request: Request, number: number) => Said | "silence";

export interface Performance extends ActionResult {
  readonly requests: readonly Request[];
  /** How many requests travelled together, demand by demand; waits are negative milliseconds. */
  readonly rhythm: readonly number[];
}

/** Plays an action against a function that answers its requests. `unique` gives `kind` or `label:kind`. */
export function performanceOf(
  action: Action,
  given: Readonly<Record<string, Json>>,
  server: Speaker,
  options: { readonly oktaWaits?: boolean } = {},
): Performance {
  const requests: Request[] = [];
  const rhythm: number[] = [];
  const performance = action.perform(given, {
    request: (method, path, body) => ({
      method,
      path,
      headers: [],
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    now: 0,
    brief: (exchange) => exchange,
    unique: (kind, label) => (label === undefined ? kind : `${label}:${kind}`),
    oktaWaits: options.oktaWaits ?? false,
    random: () => 0,
  });
  let next = performance.next();
  while (next.done !== true) {
    const demand = next.value;
    if (demand.kind === "wait") {
      rhythm.push(-demand.ms);
      next = performance.next({ exchanges: [], now: 0 });
      continue;
    }
    const sent = demand.kind === "send" ? [demand.request] : demand.requests;
    rhythm.push(sent.length);
    const exchanges = sent.map((request) => {
      requests.push(request);
      return exchangeFor(request, server(request, requests.length));
    });
    next = performance.next({ exchanges, now: 0 });
  }
  return { ...next.value, requests, rhythm };
}

function exchangeFor(request: Request, said: Said | "silence"): Exchange {
  return {
    request,
    url: request.path,
    outcome: outcomeFor(said),
    timing: { startedAt: 0, totalMs: 5 },
  };
}

function outcomeFor(said: Said | "silence"): Outcome {
  if (said === "silence") return { kind: "silence", reason: "reset", detail: "the connection broke" };
  if (typeof said === "number") return { kind: "answer", status: said, headers: [], body: "" };
  const body = said.body === undefined ? "" : JSON.stringify(said.body);
  return { kind: "answer", status: said.status, headers: said.headers ?? [], body };
}

/** The JSON body of a request. */
export const sentBody = (request: Request | undefined) => JSON.parse(request?.body ?? "null") as Json;

/** So many members, as `${crowd}` gives them. */
export const crowdOf = (size: number) =>
  Array.from({ length: size }, (_, index) => ({
    value: `u${index + 1}`,
    display: `u${index + 1}@example.com`,
  }));
