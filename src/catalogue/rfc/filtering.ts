import type { Behaviour } from "../../model/behaviour.ts";
import { define, must, should } from "../define.ts";
import { cite } from "../documents.ts";

/** Filters that every server with filters has to understand, and those it has to refuse. */
export const filtering: readonly Behaviour[] = [
  define("RFC7644-3.4.2.2-01", {
    statement: "Letter case counts neither in attribute names nor in operators, nor in a userName.",
    flow: "filtering",
    claims: {
      "user-name": must("A filter with a userName in other letters finds the user."),
      attribute: must("A filter that spells the attribute in other letters finds the user."),
      operator: must("A filter that spells the operator in capitals finds the user."),
    },
    cites: [cite("RFC7644", "3.4.2.2"), cite("RFC7643", "2.1"), cite("RFC7643", "4.1.1")],
    request: 'GET /Users?filter=username eq "…", userName EQ "…" and userName eq "…" in capitals',
    goodAnswer: "The same user as for the usual spelling.",
    consequence:
      "Clients that spell it another way find nobody and make a second account. Okta spells it userName eq, and sends a name in the letters it has.",
    remedy: "Fold attribute names and operators, and compare values as the attribute's caseExact says.",
  }),
  define("RFC7644-3.4.2.2-02", {
    statement: "Any character may stand in a filter's value, escaped as in JSON and percent-encoded.",
    flow: "filtering",
    claims: {
      plus: must("A userName with a plus sign, sent as %2B, is found."),
      ampersand: must("A displayName with an ampersand and a percent sign, both encoded, is found."),
      quotes: must("A displayName with quotation marks, escaped by backslashes, is found."),
      backslash: must("A displayName with a backslash, escaped by another, is found."),
    },
    cites: [cite("RFC7644", "3.4.2.2"), cite("RFC9110", "4.2")],
    request:
      'GET /Users?filter=userName%20eq%20%22first%2Btag%40example.com%22, GET /Groups?filter=… \\"A\\" …',
    goodAnswer: "200 with exactly the resource that has this name.",
    consequence:
      "Names with these characters are never found and are made twice. With Okta this concerns user names and pushed groups.",
    remedy: "Decode the query once, then read the value as a JSON string.",
  }),
  define("RFC7644-3.4.2.2-03", {
    statement: "externalId can be searched by, letter for letter.",
    flow: "filtering",
    claims: {
      found: must("A filter with the externalId finds the user who has it."),
      "case-exact": must("A filter with the externalId in other letters does not find the user."),
    },
    cites: [cite("RFC7644", "3.4.2.2"), cite("RFC7643", "3.1")],
    request: 'GET /Users?filter=externalId eq "00u…"',
    goodAnswer: "The one user, and nobody for another spelling.",
    consequence:
      "Clients that correlate by externalId lose their users, or take one for another. Okta looks up by userName.",
    remedy: "Index externalId and compare it without folding; its caseExact is true.",
  }),
  define("RFC7644-3.4.2.2-04", {
    statement: "Truth values have no order.",
    flow: "filtering",
    claims: {
      refused: must("A filter that asks whether a boolean is greater is refused with 400."),
      word: should("The scimType of that refusal is invalidFilter."),
    },
    cites: [cite("RFC7644", "3.4.2.2")],
    request: "GET /Users?filter=active gt false",
    goodAnswer: '400 with `"scimType": "invalidFilter"`.',
    consequence: "A client takes an arbitrary list for an answer. Okta sends no such filter.",
    remedy: "Check that the attribute's type has the operator before the search begins.",
  }),
  define("RFC7644-3.4.2.2-05", {
    statement: "A filter that cannot be understood is refused, never guessed.",
    flow: "filtering",
    claims: {
      malformed: must("A filter with an unclosed bracket is refused with 400."),
      operator: must("A filter with an operator that nobody defined is refused with 400."),
      word: should("The scimType of that refusal is invalidFilter."),
    },
    cites: [cite("RFC7644", "3.4.2.2"), cite("RFC7644", "3.12")],
    request: 'GET /Users?filter=(userName eq "…" and GET /Users?filter=userName resembles "…"',
    goodAnswer: '400 with `"scimType": "invalidFilter"`.',
    consequence:
      "A server that drops what it cannot read returns everybody, and the client works on the wrong people. Okta sends one filter only.",
    remedy: "Parse the whole filter before anything is searched, and refuse what is left over.",
  }),
  define("RFC7644-3.4.2.2-06", {
    statement: "A condition that cannot hold never returns everybody.",
    flow: "filtering",
    claims: {
      "unknown-attribute": must(
        "A filter by an attribute that no schema has matches nobody, or is refused with 400.",
      ),
      complex: must(
        "A filter that compares a complex attribute with a text matches nobody, or is refused with 400.",
      ),
    },
    cites: [cite("RFC7644", "3.4.2.2"), cite("RFC7644", "3.4.2.1")],
    request: 'GET /Users?filter=shoeSize eq "…" and GET /Users?filter=name eq "…"',
    goodAnswer: "400 with invalidFilter, or an empty list.",
    consequence: "The client takes whoever comes first for the one it looked for. Okta sends no such filter.",
    remedy: "Refuse what the schema does not have; never leave a condition out.",
  }),
  define("RFC7644-3.4.2.2-07", {
    statement: "An attribute without a value is not present.",
    flow: "filtering",
    claims: {
      present: must("`pr` does not match a user who lacks the attribute, and matches one who has it."),
      negated: must("`not (… pr)` matches the user who lacks the attribute, and not the one who has it."),
    },
    cites: [cite("RFC7644", "3.4.2.2"), cite("RFC7643", "2.5")],
    request: 'GET /Users?filter=title pr and (userName eq "…" or userName eq "…")',
    goodAnswer:
      "The user with a title; for the negation the other one. Refused with 400 where not supported.",
    consequence: "Reports of incomplete people are wrong. Okta sends no such filter.",
    remedy: "Treat null, empty and absent alike, and negate the result instead of the query's condition.",
  }),
  define("RFC7644-3.4.2.2-08", {
    statement: "Paging a filtered list leaves its total alone.",
    flow: "filtering",
    claims: {
      total: must("With count=1, totalResults is the number of all matches."),
      page: must("With count=1, the page holds no more than one of them."),
    },
    cites: [cite("RFC7644", "3.4.2.4"), cite("RFC7644", "3.4.2.2")],
    request: 'GET /Users?filter=userName eq "…" or userName eq "…"&startIndex=1&count=1',
    goodAnswer: "totalResults 2, itemsPerPage 1 and one resource.",
    consequence: "A client stops after the first page, or goes on for ever.",
    remedy: "Count the matches before the page is cut.",
  }),
];
