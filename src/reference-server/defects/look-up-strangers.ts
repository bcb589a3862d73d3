import { ScimFailure } from "../errors.ts";
import { userType } from "../schemas.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { isMiss, nameIn, spoilingLookUps } from "./searches.ts";
import { listUsers, spoiling } from "./spoil.ts";

/** What servers answer when nobody matches, or when they do not look at the filter. */
export const lookUpStrangers: readonly Defect[] = [
  {
    name: "look-up-miss-ends-in-500",
    title: "A search that finds nobody reads the first of no rows, and ends in a 500.",
    layer: "app",
    target: ["OKTA-LOOKUP-02.nobody"],
    also: [
      ...because("no list comes", "OKTA-LOOKUP-02.empty-list"),
      ...because("these searches find nobody", "RFC7644-3.6-03.filtered", "RFC7644-3.12-11.long"),
    ],
    make: spoilingLookUps((reply) => {
      if (isMiss(reply)) throw new ScimFailure(500, "There is no such row.");
      return reply;
    }),
  },
  {
    name: "look-up-miss-answered-404",
    title: "A search that finds nobody is answered 404 with a SCIM error.",
    layer: "app",
    target: ["OKTA-LOOKUP-02.empty-list"],
    also: because("this search finds nobody", "RFC7644-3.6-03.filtered"),
    make: spoilingLookUps((reply) => {
      if (isMiss(reply)) throw new ScimFailure(404, "Nobody has this user name.");
      return reply;
    }),
  },
  {
    name: "filter-ignored",
    title: "The filter is ignored: every search shows everybody.",
    layer: "app",
    target: ["OKTA-LOOKUP-08.nobody-for-a-stranger", "OKTA-LOOKUP-08.nobody-else"],
    also: [
      ...because(
        "the first of everybody is not the one that was searched for",
        "OKTA-LOOKUP-01.one-match",
        "OKTA-LOOKUP-01.the-user",
        "OKTA-LOOKUP-01.any-character",
        "OKTA-LOOKUP-03.percent-20",
        "OKTA-LOOKUP-03.plus",
        "OKTA-LOOKUP-04.paged",
        "OKTA-LOOKUP-04.unpaged",
        "OKTA-LOOKUP-04.reordered",
        "OKTA-LOOKUP-05.still-found",
        "OKTA-LOOKUP-07.matched",
      ),
      ...because(
        "everybody is there where nobody should be",
        "OKTA-LOOKUP-02.nobody",
        "OKTA-LOOKUP-02.empty-list",
      ),
      ...because("a filter that is ignored is not refused", "OKTA-LOOKUP-09.refused"),
      ...because(
        "no filter has any effect",
        "RFC7644-3.4.2.2-01.user-name",
        "RFC7644-3.4.2.2-01.attribute",
        "RFC7644-3.4.2.2-01.operator",
        "RFC7644-3.4.2.2-02.plus",
        "RFC7644-3.4.2.2-03.found",
        "RFC7644-3.4.2.2-04.refused",
        "RFC7644-3.4.2.2-05.malformed",
        "RFC7644-3.4.2.2-05.operator",
        "RFC7644-3.4.2.2-06.unknown-attribute",
        "RFC7644-3.4.2.2-06.complex",
        "RFC7644-3.4.2.2-07.present",
        "RFC7644-3.4.2.2-07.negated",
        "RFC7644-3.4.2.2-08.total",
        "RFC7644-3.4.2.2-10.after",
        "RFC7644-3.4.2.2-10.before",
        "RFC7644-3.4.2.2-11.both",
        "RFC7644-3.4.2.2-11.either",
        "RFC7644-3.4.2.2-11.negation",
        "RFC7644-3.4.2.2-11.precedence",
        "RFC7644-3.4.2.2-12.id",
        "RFC7644-3.4.2.2-12.boolean",
        "RFC7644-3.4.2.2-12.urn",
        "RFC7644-3.4.2.2-12.schemas",
        "RFC7644-3.4.3-01.users",
        "RFC7644-3.4.2.1-01.get",
        "RFC7644-3.4.2.1-01.post",
      ),
    ],
    make: ({ operations }) => ({
      replace: {
        findMatches: (context, types, { filter, ...query }) =>
          operations.findMatches(
            context,
            types,
            types.includes(userType) ? query : { ...query, ...(filter === undefined ? {} : { filter }) },
          ),
      },
    }),
  },
  {
    name: "miss-falls-back-to-everybody",
    title: "A search that finds nobody shows everybody instead.",
    layer: "app",
    target: ["OKTA-LOOKUP-08.nobody-for-a-stranger"],
    also: because(
      "everybody is there where nobody should be",
      "OKTA-LOOKUP-01.any-character",
      "OKTA-LOOKUP-02.nobody",
      "OKTA-LOOKUP-02.empty-list",
    ),
    make: spoiling(listUsers, ({ context, request }, proceed) => {
      const reply = proceed();
      if (nameIn(request) === undefined || !isMiss(reply) || context.store.count(userType) === 0)
        return reply;
      const query = new Map([...request.query].filter(([name]) => name !== "filter"));
      return proceed({ ...request, query });
    }),
  },
  {
    name: "malformed-filter-ignored",
    title: "A filter that cannot be parsed is ignored.",
    layer: "app",
    target: ["OKTA-LOOKUP-09.refused"],
    also: because(
      "no filter is ever refused",
      "RFC7644-3.4.2.2-04.refused",
      "RFC7644-3.4.2.2-05.malformed",
      "RFC7644-3.4.2.2-05.operator",
      "RFC7644-3.4.2.2-06.unknown-attribute",
      "RFC7644-3.4.2.2-06.complex",
    ),
    make: spoiling(listUsers, ({ request }, proceed) => {
      try {
        return proceed();
      } catch (failure) {
        if (!(failure instanceof ScimFailure) || failure.scimType !== "invalidFilter") throw failure;
        const query = new Map([...request.query].filter(([name]) => name !== "filter"));
        return proceed({ ...request, query });
      }
    }),
  },
];
