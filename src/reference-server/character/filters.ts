import type { ObservableOf } from "../../model/observable.ts";
import { ofKind } from "../../model/observable.ts";
import { ScimFailure, type ScimType } from "../errors.ts";
import { parseFilter } from "../filter-grammar.ts";
import type { Filter } from "../filter-syntax.ts";
import { type Make, together } from "../quirks/make.ts";
import type { Matches } from "../search.ts";
import { isOf, type Playing, whereBroken } from "./kind.ts";
import { valueAtPath } from "./value-path.ts";

type Filtering = ObservableOf<"filter">;

/** What a filter is about and how it compares; undefined for one that is not a single comparison. */
function simple(filter: Filter): { readonly attribute: string; readonly operator: string } | undefined {
  if (filter.kind === "compare") {
    return { attribute: filter.name.replace(/^urn:.*:/i, "").toLowerCase(), operator: filter.operator };
  }
  if (filter.kind === "present") return { attribute: filter.name.toLowerCase(), operator: "pr" };
  return undefined;
}

const offers = (facts: readonly Filtering[], filter: Filter, collection: string): boolean => {
  const asked = simple(filter);
  return facts.some(
    ({ resource, attribute, operator, contrary }) =>
      contrary !== true &&
      resource === collection &&
      attribute.toLowerCase() === asked?.attribute &&
      operator === asked.operator,
  );
};

type Joining = ObservableOf<"filter-joined">;

/** Whether a filter is two comparisons of the attributes that a fact joins, in either order. */
function joins(facts: readonly Joining[], filter: Filter, collection: string): boolean {
  if (filter.kind !== "and" && filter.kind !== "or") return false;
  const asked = filter.parts.map((part) => simple(part)?.attribute.replace(/\.value$/, ""));
  return facts.some(
    ({ resource, by, first, second }) =>
      resource === collection &&
      by === filter.kind &&
      asked.length === 2 &&
      [first, second].every((name) => asked.includes(name.toLowerCase())),
  );
}

/** Joined comparisons that are documented and, contrary to that, refused. */
export const filterJoined: Playing<"filter-joined"> = (facts) => {
  const broken = facts.filter(({ contrary }) => contrary === true);
  return ({ operations }) => ({
    replace: {
      matching: (view, type, asked) => {
        if (joins(broken, asked, type.collection)) {
          throw new ScimFailure(400, "Comparisons are not joined here.", "invalidFilter");
        }
        return operations.matching(view, type, asked);
      },
    },
  });
};

/** A filter that is documented and, contrary to that, refused. */
export const filter: Playing<"filter"> = (facts, all) =>
  whereBroken(
    facts,
    (fact): Make =>
      ({ operations }) => ({
        replace: {
          matching: (view, type, asked) => {
            const isIt = offers(
              [{ ...fact, contrary: undefined } as unknown as Filtering],
              asked,
              type.collection,
            );
            const others = ofKind(all, "filter").filter((one) => one !== fact);
            if (isIt && !offers(others, asked, type.collection)) {
              throw new ScimFailure(400, "This filter is not offered.", "invalidFilter");
            }
            return operations.matching(view, type, asked);
          },
        },
      }),
  );

/** Finds nobody by an attribute; a contrary fact leaves that to the sound server. */
export const neverFoundBy: Playing<"never-found-by"> = (facts) => {
  const kept = facts.filter(({ contrary }) => contrary !== true);
  return ({ operations }) => ({
    replace: {
      matching: (view, type, asked) => {
        const about = simple(asked)?.attribute;
        const isIt = kept.some(
          ({ resource, attribute }) => resource === type.collection && attribute.toLowerCase() === about,
        );
        return isIt ? [] : operations.matching(view, type, asked);
      },
    },
  });
};

/** What is not among the documented filters is answered as documented, where any answer is. */
export const unsupportedFilter: Playing<"unsupported-filter"> = (facts, all) => {
  const offered = ofKind(all, "filter");
  const joined = ofKind(all, "filter-joined");
  const readable = facts.filter(({ filter }) => isReadable(filter));
  const unreadable = facts.filter(({ filter }) => !isReadable(filter));
  const word = facts.find(({ type }) => type === "invalidValue")?.type;
  return ({ operations }) => ({
    replace: {
      matching: (view, type, asked) => {
        const answer = answerFor(readable, offered, joined, asked, type.collection);
        if (answer === undefined) return operations.matching(view, type, asked);
        if (answer === "empty") return [];
        if (answer === "ignored") return [...view.store.all(type)];
        throw notOffered(answer, word);
      },
      findMatches: (context, types, query) => {
        const answer = types.flatMap(({ collection }) =>
          answerForUnreadable(unreadable, query.filter, collection),
        )[0];
        if (answer === undefined) return operations.findMatches(context, types, query);
        if (typeof answer === "number") throw notOffered(answer, word);
        const { filter: _unread, ...others } = query;
        return answer === "empty" ? NOTHING : operations.findMatches(context, types, others);
      },
    },
  });
};

const NOTHING: Matches = { total: 0, page: () => [] };

const notOffered = (status: number, word: ScimType = "invalidFilter") =>
  new ScimFailure(status, "This filter is not offered.", status === 400 ? word : undefined);

const isReadable = (text: string) => {
  try {
    parseFilter(text);
    return true;
  } catch {
    return false;
  }
};

/** What a text gets that is no filter, where a fact is about such a one. */
function answerForUnreadable(
  facts: readonly ObservableOf<"unsupported-filter">[],
  text: string | undefined,
  collection: string,
): readonly ObservableOf<"unsupported-filter">["answer"][] {
  if (text === undefined || facts.length === 0 || isReadable(text)) return [];
  return facts
    .filter(({ resource }) => resource === collection)
    .map(({ answer, contrary }) => (contrary === true ? otherThan(answer) : answer));
}

const otherThan = (answer: ObservableOf<"unsupported-filter">["answer"]) =>
  answer === "empty" ? (400 as const) : ("empty" as const);

/** A fact about this very filter counts for more than one about another; any fact rules over the rest. */
function answerFor(
  facts: readonly ObservableOf<"unsupported-filter">[],
  offered: readonly Filtering[],
  joined: readonly Joining[],
  asked: Filter,
  collection: string,
): ObservableOf<"unsupported-filter">["answer"] | undefined {
  const here = facts.filter(({ resource }) => resource === collection);
  const likeIt = here.filter((fact) => isAlike(fact.filter, asked));
  // What is said of joined comparisons says nothing of single ones.
  const isJoined = simple(asked) === undefined;
  const others = here.filter(
    ({ filter, contrary }) => contrary !== true && (isJoined || !isCompound(filter)),
  );
  const fact = likeIt[0] ?? others[0];
  if (fact === undefined || offers(offered, asked, collection) || joins(joined, asked, collection)) {
    return undefined;
  }
  return fact.contrary === true ? otherThan(fact.answer) : fact.answer;
}

const isCompound = (text: string) => /\s(and|or)\s/i.test(text);

/** Whether a filter begins with the same attribute and operator as the one a fact is about. */
function isAlike(text: string, asked: Filter): boolean {
  const words = text.toLowerCase().split(/\s+/);
  const about = simple(asked);
  if (about === undefined) return isCompound(text);
  return !isCompound(text) && words[0] === about.attribute && words[1] === about.operator;
}

/** Compares with or without regard to letter case; the other way round where it is contrary. */
export const filterCase: Playing<"filter-case"> = (facts) =>
  together(
    ...facts.map((fact): Make => {
      const ignores = (fact.case === "ignored") !== (fact.contrary === true);
      return ({ operations }) => ({
        replace: {
          matching: (view, type, asked) => {
            const about = simple(asked);
            const isIt =
              isOf(type, fact.resource) &&
              asked.kind === "compare" &&
              about?.operator === "eq" &&
              about.attribute === fact.attribute.toLowerCase();
            const found = operations.matching(view, type, asked);
            if (!isIt || asked.kind !== "compare") return found;
            const wanted = String(asked.value);
            const fits = (value: unknown) =>
              ignores ? String(value).toLowerCase() === wanted.toLowerCase() : value === wanted;
            const candidates = ignores && found.length === 0 ? [...view.store.all(type)] : found;
            return candidates.filter(({ attributes }) => valueAtPath(attributes, fact.attribute).some(fits));
          },
        },
      });
    }),
  );
