import { type ObservableOf, ofKind } from "../../model/observable.ts";
import { itemsIn, jsonOf, operationsIn } from "../defects/sent.ts";
import { ScimFailure } from "../errors.ts";
import type { Filter } from "../filter-syntax.ts";
import type { ScimRequest } from "../message.ts";
import { type Make, together } from "../quirks/make.ts";
import type { Character } from "../variation.ts";
import { isWriting, lookingFirst } from "./before.ts";
import { isOf, type Playing, whereBroken } from "./kind.ts";

type Limit = ObservableOf<"limit">;

/** Limits by what they count. One that is `contrary` is none. */
export const limit: Playing<"limit"> = (facts) => {
  const kept = facts.filter(({ contrary }) => contrary !== true);
  return together(() => optionsOf(kept), ...kept.map(wrapping));
};

/** The options of all limits at once: each has a status of its own. */
function optionsOf(limits: readonly Limit[]): Character {
  const options = limits.map((fact) => optionOf(fact));
  const statusBeyond = Object.assign(
    {},
    ...options.map((one) => one.statusBeyond),
  ) as Character["statusBeyond"];
  return { ...Object.assign({}, ...options), ...(statusBeyond === undefined ? {} : { statusBeyond }) };
}

/** The status a limit names for what is beyond it, or the usual one. */
export const statusOr = (usual: number, { beyond }: Pick<Limit, "beyond">) =>
  typeof beyond === "number" ? beyond : usual;

/** Limits that the server has an option for. */
const LIMITS: Readonly<Partial<Record<Limit["subject"], (fact: Limit) => Character>>> = {
  "group-members": (fact) => ({
    maxGroupMembers: fact.value,
    statusBeyond: { groupMembers: statusOr(413, fact) },
  }),
  "body-bytes": (fact) => ({ maxBodyBytes: fact.value, statusBeyond: { bodyBytes: statusOr(413, fact) } }),
  "page-size": (fact) => (fact.beyond === "capped" ? { pageSizeMax: fact.value } : {}),
};

const optionOf = (fact: Limit): Character => LIMITS[fact.subject]?.(fact) ?? {};

/** What is not an option of the server stands before it: users and groups may have limits of their own. */
function wrapping(fact: Limit): Make {
  switch (fact.subject) {
    case "operations-per-patch":
      return operationsLimit(fact);
    case "members-per-request":
      return beforeWrites((request) => {
        const isIt = fact.method === undefined || fact.method === request.method;
        if (isIt && membersIn(request) > fact.value) {
          throw new ScimFailure(statusOr(400, fact), `One request may carry ${fact.value} members.`);
        }
      });
    case "filter-terms":
      return ({ operations }) => ({
        replace: {
          parseFilter: (text) => {
            const parsed = operations.parseFilter(text);
            if (nodesIn(parsed) > fact.value) {
              throw new ScimFailure(
                statusOr(400, fact),
                `A filter has at most ${fact.value} parts.`,
                "invalidFilter",
              );
            }
            return parsed;
          },
        },
      });
    case "page-size":
      return typeof fact.beyond === "number" ? refusingPages(fact.value, fact.beyond) : () => ({});
    default:
      return () => ({});
  }
}

const operationsLimit =
  (fact: Limit): Make =>
  ({ operations }) => ({
    replace: {
      modify: (context, type, id, request) => {
        if (isOf(type, fact.resource) && operationsIn(jsonOf(request)).length > fact.value) {
          throw new ScimFailure(statusOr(413, fact), `One request may carry ${fact.value} operations.`);
        }
        return operations.modify(context, type, id, request);
      },
    },
  });

const beforeWrites =
  (look: (request: ScimRequest) => void): Make =>
  ({ operations }) => ({
    replace: lookingFirst(operations, ({ method, request }) => {
      if (isWriting(method)) look(request);
    }),
  });

/** Comparisons, and what joins them. */
function nodesIn(filter: Filter): number {
  if (filter.kind === "and" || filter.kind === "or") {
    return filter.parts.reduce((sum, part) => sum + nodesIn(part), filter.parts.length - 1);
  }
  return filter.kind === "not" || filter.kind === "some" ? 1 + nodesIn(filter.filter) : 1;
}

/** Members in a whole group, or changes of members in a PATCH. */
function membersIn(request: ScimRequest): number {
  const body = jsonOf(request);
  const changes = operationsIn(body).reduce(
    (sum, { value }) => sum + (Array.isArray(value) ? value.length : 1),
    0,
  );
  return itemsIn(body.members).length + changes;
}

const refusingPages =
  (most: number, answer: number): Make =>
  ({ operations }) => ({
    replace: {
      list: (context, types, request) => {
        if (Number(request.query.get("count") ?? 0) > most) {
          throw new ScimFailure(answer, `A page has at most ${most} resources.`);
        }
        return operations.list(context, types, request);
      },
    },
  });

/** A server that is not to take what is still documented as taken takes a good deal less. */
export const limitReached: Playing<"limit-reached"> = (facts) =>
  whereBroken(facts, ({ kind: _kind, contrary: _contrary, ...fact }): Make => {
    const less: Limit = { kind: "limit", ...fact, value: Math.floor(fact.value * 0.8) };
    const { statusBeyond: _status, ...options } = optionOf(less);
    return together(() => options, wrapping(less));
  });

/** Counts the members of the request where the documentation counts those of the group, or the other way round. */
export const limitCounts: Playing<"limit-counts"> = (facts, all) =>
  together(
    ...facts.map(({ value, counts, contrary }): Make => {
      // Where the members of a request have a limit of their own, only the contrary adds another.
      if (
        counts === "request" &&
        ofKind(all, "limit").some(({ subject }) => subject === "members-per-request")
      ) {
        return contrary === true ? () => ({ maxGroupMembers: value }) : () => ({});
      }
      if ((counts === "request") === (contrary === true)) return () => ({});
      return ({ operations }) => ({
        replace: {
          requireMembers: (store, draft, settings) => {
            operations.requireMembers(store, draft, {
              ...settings,
              maxGroupMembers: Number.POSITIVE_INFINITY,
            });
            if (draft.members.added.size > value) {
              throw new ScimFailure(
                settings.statusBeyond.groupMembers,
                `One request may add ${value} members.`,
              );
            }
          },
        },
      });
    }),
  );
