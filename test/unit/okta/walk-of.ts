import type { Exchange, Request } from "../../../src/model/exchange.ts";
import type { Json } from "../../../src/model/json.ts";
import type { ActionContext, ActionResult } from "../../../src/model/play.ts";
import { listAllPages } from "../../../src/okta/actions/list-all-pages.ts";

/** A body, or a status where no list is to be answered; called with what the request asked for. */
export type ListServer = (asked: { startIndex: number; count: number; request: number }) => Json | number;

const context: ActionContext = {
  request: (method, path) => ({ method, path, headers: [] }),
  now: 0,
  brief: (exchange) => exchange,
  unique: () => "unused",
  oktaWaits: false,
  random: () => 0,
};

/** Plays `list-all-pages` against a list server, and tells the paths that were asked for. */
export function walkOf(
  server: ListServer,
  given: Readonly<Record<string, Json>> = {},
): ActionResult & { readonly asked: readonly string[] } {
  const performance = listAllPages.perform({ endpoint: "/Users", count: 100, ...given }, context);
  const asked: string[] = [];
  let next = performance.next();
  while (next.done !== true) {
    if (next.value.kind !== "send") throw new Error("a walk only sends");
    asked.push(next.value.request.path);
    next = performance.next({ exchanges: [answered(next.value.request, server, asked.length)], now: 0 });
  }
  return { ...next.value, asked };
}

function answered(request: Request, server: ListServer, number: number): Exchange {
  const query = new URLSearchParams(request.path.split("?")[1]);
  const said = server({
    startIndex: Number(query.get("startIndex")),
    count: Number(query.get("count")),
    request: number,
  });
  return {
    request,
    url: `https://scim.example.com${request.path}`,
    outcome: {
      kind: "answer",
      status: typeof said === "number" ? said : 200,
      headers: [],
      body: typeof said === "number" ? "" : JSON.stringify(said),
    },
    timing: { startedAt: 0 },
  };
}

/** The ids of so many users, in the order in which a sound server lists them. */
export const idsOf = (size: number): readonly string[] =>
  Array.from({ length: size }, (_unused, index) => `u${index + 1}`);

/** A page cut out of all users. What is given in `more` replaces what a sound server would say. */
export function pageOf(
  ids: readonly string[],
  startIndex: number,
  count: number,
  more: Readonly<Record<string, Json>> = {},
): Json {
  const page = ids.slice(startIndex - 1, startIndex - 1 + count);
  return {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    totalResults: ids.length,
    startIndex,
    itemsPerPage: page.length,
    Resources: page.map((id) => ({ id, userName: `${id}@example.com` })),
    ...more,
  };
}

/** A server that does everything right. */
export const sound =
  (size: number): ListServer =>
  ({ startIndex, count }) =>
    pageOf(idsOf(size), startIndex, count);
