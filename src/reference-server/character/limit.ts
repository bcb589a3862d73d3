import { type ObservableOf, ofKind } from "../../model/observable.ts";
import { itemsIn, jsonOf, operationsIn } from "../defects/sent.ts";
import { ScimFailure } from "../errors.ts";
import type { Filter } from "../filter-syntax.ts";
import type { ScimRequest } from "../message.ts";
import { type Make, together } from "../quirks/make.ts";
import type { Character } from "../variation.ts";
import { isOf, type Playing, whereBroken } from "./kind.ts";

type Limit = ObservableOf<"limit">;

/** Limits by what they count. One that is `contrary` is none. */
export const limit: Playing<"limit"> = (facts) => {
  const kept = facts.filter(({ contrary }) => contrary !== true);
  return together(() => optionsOf(kept), ...kept.map(wrapping));
};

/** The options of all limits at once: each has a status of its own. */
function optionsOf(limits: readonly Limit[]): Character {
  const options = limits.map((fact) => LIMITS[fact.subject](fact));
  const statusBeyond = Object.assign(
    {},
    ...options.map((one) => one.statusBeyond),
  ) as Character["statusBeyond"];
  return { ...Object.assign({}, ...options), ...(statusBeyond === undefined ? {} : { statusBeyond }) };
}

const status = ({ beyond }: Limit, usual: number) => (typeof beyond === "number" ? beyond : usual);

const LIMITS: Readonly<Record<Limit["subject"], (fact: Limit) => Character>> = {
  "group-members": (fact) => ({
    maxGroupMembers: fact.value,
    statusBeyond: { groupMembers: status(fact, 413) },
  }),
  // Users and groups may have limits of their own.
  "operations-per-patch": () => ({}),
  "body-bytes": (fact) => ({ maxBodyBytes: fact.value, statusBeyond: { bodyBytes: status(fact, 413) } }),
  "page-size": (fact) => (fact.beyond === "capped" ? { pageSizeMax: fact.value } : {}),
  "requests-per-second": () => ({}),
  "requests-per-minute": () => ({}),
  "members-per-request": () => ({}),
  "filter-terms": () => ({}),
};

/** What is not an option of the server stands before it. */
function wrapping(fact: Limit): Make {
  switch (fact.subject) {
    case "operations-per-patch":
      return operationsLimit(fact);
    case "members-per-request":
      return beforeWrites((request) => {
        const isIt = fact.method === undefined || fact.method === request.method;
        if (isIt && membersIn(request) > fact.value) {
          throw new ScimFailure(status(fact, 400), `One request may carry ${fact.value} members.`);
        }
      });
    case "filter-terms":
      return ({ operations }) => ({
        replace: {
          parseFilter: (text) => {
            if (nodesIn(operations.parseFilter(text)) > fact.value) {
              throw new ScimFailure(
                status(fact, 400),
                `A filter has at most ${fact.value} parts.`,
                "invalidFilter",
              );
            }
            return operations.parseFilter(text);
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
          throw new ScimFailure(status(fact, 413), `One request may carry ${fact.value} operations.`);
        }
        return operations.modify(context, type, id, request);
      },
    },
  });

function beforeWrites(look: (request: ScimRequest) => void): Make {
  return ({ operations }) => ({
    replace: {
      create: (context, type, request) => {
        look(request);
        return operations.create(context, type, request);
      },
      replace: (context, type, id, request) => {
        look(request);
        return operations.replace(context, type, id, request);
      },
      modify: (context, type, id, request) => {
        look(request);
        return operations.modify(context, type, id, request);
      },
    },
  });
}

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
    const { statusBeyond: _status, ...options } = LIMITS[fact.subject](less);
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
