import type { Exchange } from "../../model/exchange.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { Action, ActionContext, Playable } from "../../model/play.ts";
import { URN } from "../../model/scim.ts";
import { isSuccess, jsonOf } from "./told.ts";

const PAGE = 100;
const MOST_PAGES = 20;
/** Characters of the pages of one kind; ten thousand roles have fewer. */
const MOST_CHARACTERS = 2_000_000;
const MOST_KINDS = 10;

/** What was read of one kind of roles or entitlements. */
interface Kind {
  readonly name: string;
  readonly schema: string;
  /** The number, among the exchanges of the action, of the one that asked for a single value. */
  readonly one: number;
  readonly values: readonly Json[];
  /** totalResults of the last page; null where it was no number. */
  readonly total: number | null;
  /** Whether every page up to the last one was read. */
  readonly isWhole: boolean;
}

/**
 * Reads roles and entitlements as Okta's import does (okta-behaviors 3.23): every resource type with one of Okta's two
 * schemas, first a single value, as Okta's published test does, then page by page.
 *
 * Facts: `kinds`, each as `Kind` says; and `assigned`, `{ roles, entitlements }`, one value of each kind as it is
 * written into a user. Without such resource types nothing more is sent, and both are empty.
 */
export const readEntitlements: Action = {
  name: "read-entitlements",
  summary: "Reads the resource types, and every kind of role and entitlement of Okta's that they name.",
  takes: [],
  reads: true,
  *perform(_given, context) {
    const exchanges: Exchange[] = [...(yield* get("/ResourceTypes", context))];
    const kinds: Kind[] = [];
    for (const { name, endpoint, schema } of kindsIn(exchanges).slice(0, MOST_KINDS)) {
      const one = exchanges.length;
      exchanges.push(...(yield* get(`${endpoint}?count=1&startIndex=1`, context)));
      const pages = yield* readPages(endpoint, context);
      exchanges.push(...pages.exchanges);
      kinds.push({ name, schema, one, values: pages.values, total: pages.total, isWhole: pages.isWhole });
    }
    return {
      exchanges,
      facts: { kinds: kinds.map((kind): Json => ({ ...kind })), assigned: assigned(kinds) },
    };
  },
};

interface Named {
  readonly name: string;
  readonly endpoint: string;
  readonly schema: string;
}

function kindsIn([exchange]: readonly Exchange[]): readonly Named[] {
  const types = exchange !== undefined && isSuccess(exchange) ? jsonOf(exchange) : undefined;
  const listed =
    isJsonObject(types) && Array.isArray(types.Resources) ? (types.Resources as readonly Json[]) : [];
  return listed.filter(isJsonObject).flatMap(({ name, endpoint, schema }) => {
    if (schema !== URN.role && schema !== URN.entitlement) return [];
    if (typeof endpoint !== "string" || !/^\/?[\w.~-]+(\/[\w.~-]+)*$/.test(endpoint)) return [];
    return [{ name: String(name), schema, endpoint: endpoint.startsWith("/") ? endpoint : `/${endpoint}` }];
  });
}

function* get(path: string, context: ActionContext): Playable<readonly Exchange[]> {
  return (yield { kind: "send", request: context.request("GET", path) }).exchanges;
}

interface Pages extends Pick<Kind, "values" | "total" | "isWhole"> {
  readonly exchanges: readonly Exchange[];
}

function* readPages(endpoint: string, context: ActionContext): Playable<Pages> {
  const exchanges: Exchange[] = [];
  const values: Json[] = [];
  let total: number | null = null;
  let characters = 0;
  // A page may be smaller than asked for (RFC 7644 3.4.2.4): the next one begins behind what was shown.
  for (
    let startIndex = 1;
    exchanges.length < MOST_PAGES && characters < MOST_CHARACTERS;
    startIndex = values.length + 1
  ) {
    const [exchange] = yield* get(`${endpoint}?startIndex=${startIndex}&count=${PAGE}`, context);
    if (exchange === undefined) break;
    exchanges.push(exchange);
    const body = isSuccess(exchange) ? jsonOf(exchange) : undefined;
    if (!isJsonObject(body) || !Array.isArray(body.Resources)) break;
    for (const value of body.Resources as readonly Json[]) values.push(value);
    characters += exchange.outcome.kind === "answer" ? exchange.outcome.body.length : 0;
    total = typeof body.totalResults === "number" ? body.totalResults : null;
    if (total === null || body.Resources.length === 0 || values.length >= total) {
      return { exchanges, values, total, isWhole: total !== null };
    }
  }
  return { exchanges, values, total, isWhole: false };
}

function assigned(kinds: readonly Kind[]): JsonObject {
  const firstOf = (schema: string, more: (kind: Kind) => JsonObject) =>
    kinds
      .filter((kind) => kind.schema === schema)
      .flatMap((kind): Json[] => {
        const value = kind.values.find(isJsonObject);
        if (typeof value?.id !== "string") return [];
        return [{ value: value.id, display: value.displayName ?? value.id, ...more(kind) }];
      });
  return {
    roles: firstOf(URN.role, () => ({})),
    entitlements: firstOf(URN.entitlement, ({ name }) => ({ type: name })),
  };
}
