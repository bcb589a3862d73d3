import { badRequest } from "../errors.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { inFront, isForUsers } from "./in-front.ts";
import { listedIn, showing } from "./sent.ts";
import { listUsers, spoiling } from "./spoil.ts";

/** How servers misread the query that holds the filter. */
export const lookUpQueries: readonly Defect[] = [
  {
    name: "plus-not-read-as-space",
    title: "A plus sign in the query stays one, and the filter cannot be parsed.",
    layer: "app",
    target: ["OKTA-LOOKUP-03.plus"],
    also: [],
    make: ({ operations }) => ({
      replace: { parseQuery: (text) => operations.parseQuery(text.replaceAll("+", "%2B")) },
    }),
  },
  {
    name: "percent-20-not-read-as-space",
    title: "The filter is split at plus signs before it is decoded: one with %20 cannot be parsed.",
    layer: "app",
    target: ["OKTA-LOOKUP-03.percent-20"],
    also: [
      ...because(
        "every search of the live client has such spaces",
        "OKTA-LOOKUP-01.one-match",
        "OKTA-LOOKUP-01.the-user",
        "OKTA-LOOKUP-01.any-character",
        "OKTA-LOOKUP-02.nobody",
        "OKTA-LOOKUP-02.empty-list",
        "OKTA-LOOKUP-04.paged",
        "OKTA-LOOKUP-04.reordered",
        "OKTA-LOOKUP-05.still-found",
        "OKTA-LOOKUP-07.matched",
        "OKTA-LOOKUP-10.external-id",
      ),
      ...because(
        "so has every search of the published test",
        "OKTA-LOOKUP-04.unpaged",
        "OKTA-LOOKUP-07.answered",
      ),
      ...because(
        "no filter with such spaces can be parsed",
        "RFC7644-3.4.2.4-02.start-index-alone",
        "RFC7644-3.4.2.4-02.count-too-high",
        "RFC7644-3.4.2.2-02.plus",
      ),
    ],
    make: inFront((request, passOn) => {
      if (!isForUsers(request)) return passOn();
      return passOn({
        ...request,
        target: request.target.replace(/(filter=\w+)%20(\w+)%20/, "$1%2520$2%2520"),
      });
    }),
  },
  {
    name: "double-decoded-query",
    title: "The query is decoded twice: an escaped plus sign becomes a space.",
    layer: "app",
    target: ["OKTA-LOOKUP-01.any-character"],
    also: [
      ...because("names with a plus sign are not found", "OKTA-ROBUST-01.found"),
      ...because("so are groups with one in their name", "OKTA-GROUP-PUSH-02.ampersand"),
      ...because(
        "these filters hold an escaped plus sign",
        "RFC7643-4.1.1-03.found",
        "RFC7644-3.4.2.2-02.plus",
        "RFC7644-3.4.2.2-02.ampersand",
      ),
    ],
    make: ({ operations }) => ({
      replace: { parseQuery: (text) => operations.parseQuery(text.replaceAll("%2B", "+")) },
    }),
  },
  {
    name: "start-index-of-search-counts-from-zero",
    title: "With a filter, startIndex counts from 0: the first match is skipped.",
    layer: "app",
    target: ["OKTA-LOOKUP-04.paged", "OKTA-LOOKUP-04.reordered"],
    also: because(
      "every search of the live client is paged",
      "OKTA-LOOKUP-01.one-match",
      "OKTA-LOOKUP-01.the-user",
      "OKTA-LOOKUP-01.any-character",
      "OKTA-LOOKUP-03.percent-20",
      "OKTA-LOOKUP-03.plus",
      "OKTA-LOOKUP-05.still-found",
      "OKTA-LOOKUP-07.matched",
    ),
    make: spoiling(listUsers, ({ request }, proceed) => {
      const isPaged = request.query.has("filter") && request.query.has("startindex");
      const reply = proceed();
      return isPaged ? showing(reply, { Resources: listedIn(reply).slice(1), itemsPerPage: 0 }) : reply;
    }),
  },
  {
    name: "search-without-count-shows-nobody",
    title: "A search without count shows a page of nobody.",
    layer: "app",
    target: ["OKTA-LOOKUP-04.unpaged"],
    also: [
      ...because("the published test searches in capitals without count", "OKTA-LOOKUP-07.matched"),
      ...because("these searches have no count", "OKTA-LOOKUP-01.the-user", "RFC7644-3.4.2.2-08.total"),
    ],
    make: spoiling(listUsers, ({ request }, proceed) => {
      const reply = proceed();
      if (!request.query.has("filter") || request.query.has("count")) return reply;
      return showing(reply, { Resources: [], itemsPerPage: 0 });
    }),
  },
  {
    name: "filter-has-to-come-first",
    title: "The filter is read only where it is the first parameter of the query.",
    layer: "app",
    target: ["OKTA-LOOKUP-04.reordered"],
    also: because("these queries begin with another parameter", "RFC7644-3.9-01.list", "RFC7644-3.9-02.list"),
    make: spoiling(listUsers, ({ request }, proceed) => {
      const at = [...request.query.keys()].indexOf("filter");
      if (at > 0) throw badRequest("invalidFilter", "This query cannot be read.");
      return proceed();
    }),
  },
];
