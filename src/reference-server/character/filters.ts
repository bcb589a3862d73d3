import type { ObservableOf } from "../../model/observable.ts";
import { ofKind } from "../../model/observable.ts";
import { ScimFailure } from "../errors.ts";
import type { Filter } from "../filter-syntax.ts";
import { type Make, together } from "../quirks/make.ts";
import { isOf, type Playing } from "./kind.ts";
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
  together(
    ...facts
      .filter(({ contrary }) => contrary === true)
      .map(
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
      ),
  );

/** What is not among the documented filters is answered as documented, where any answer is. */
export const unsupportedFilter: Playing<"unsupported-filter"> = (facts, all) => {
  const offered = ofKind(all, "filter");
  const joined = ofKind(all, "filter-joined");
  return ({ operations }) => ({
    replace: {
      matching: (view, type, asked) => {
        const answer = answerFor(facts, offered, joined, asked, type.collection);
        if (answer === undefined) return operations.matching(view, type, asked);
        if (answer === "empty") return [];
        if (answer === "ignored") return [...view.store.all(type)];
        throw new ScimFailure(
          answer,
          "This filter is not offered.",
          answer === 400 ? "invalidFilter" : undefined,
        );
      },
    },
  });
};

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
  const fact = likeIt[0] ?? here.find(({ contrary }) => contrary !== true);
  if (fact === undefined || offers(offered, asked, collection) || joins(joined, asked, collection)) {
    return undefined;
  }
  if (fact.contrary !== true) return fact.answer;
  return fact.answer === "empty" ? 400 : "empty";
}

/** Whether a filter begins with the same attribute and operator as the one a fact is about. */
function isAlike(text: string, asked: Filter): boolean {
  const words = text.toLowerCase().split(/\s+/);
  const about = simple(asked);
  const isCompound = /\s(and|or)\s/i.test(text);
  if (about === undefined) return isCompound;
  return !isCompound && words[0] === about.attribute && words[1] === about.operator;
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
