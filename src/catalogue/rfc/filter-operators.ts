import type { Behaviour } from "../../model/behaviour.ts";
import { define, must } from "../define.ts";
import { cite } from "../documents.ts";

const NOT_NEEDED = "Okta needs eq alone; a client that needs more is told something wrong.";

/** Operators and forms that a server may decline with 400; what it accepts has to be right. */
export const filterOperators: readonly Behaviour[] = [
  define("RFC7644-3.4.2.2-09", {
    statement: "The operators on text do what their names say, where the server has them.",
    flow: "filtering",
    claims: {
      contains: must("`co` finds the user whose value contains the text, and nobody whose value does not."),
      starts: must("`sw` finds the user whose value starts with the text, and nobody whose value does not."),
      ends: must("`ew` finds the user whose value ends with the text, and nobody whose value does not."),
      unequal: must("`ne` finds a user with another value, and not the one with this value."),
    },
    cites: [cite("RFC7644", "3.4.2.2")],
    request: 'GET /Users?filter=userName co "…", sw, ew and ne',
    goodAnswer: "200 with the matches alone, or 400 with invalidFilter.",
    consequence: NOT_NEEDED,
    remedy: "Refuse an operator you do not have with 400 and invalidFilter.",
  }),
  define("RFC7644-3.4.2.2-10", {
    statement: "Points in time are compared as such, where the server compares them.",
    flow: "filtering",
    claims: {
      after: must("`meta.created ge` the user's own time finds the user; `lt` does not."),
      before: must("`meta.created le` the user's own time finds the user; `gt` does not."),
    },
    cites: [cite("RFC7644", "3.4.2.2")],
    request: 'GET /Users?filter=userName eq "…" and meta.created ge "2026-01-01T00:00:00Z"',
    goodAnswer: "200 with the matches alone, or 400 with invalidFilter.",
    consequence: "Incremental imports lose people. Okta's cloud client always imports everybody.",
    remedy: "Compare instants, not their texts, with the precision that you show.",
  }),
  define("RFC7644-3.4.2.2-11", {
    statement: "and, or, not and brackets combine in the order the RFC gives, where the server has them.",
    flow: "filtering",
    claims: {
      both: must("`and` finds who fulfils both conditions."),
      either: must("`or` finds who fulfils one of the conditions."),
      negation: must("`not (…)` finds who does not fulfil the condition."),
      precedence: must("`and` binds more tightly than `or`, unless brackets say otherwise."),
    },
    cites: [cite("RFC7644", "3.4.2.2")],
    request: 'GET /Users?filter=userName eq "a" or userName eq "b" and active eq false',
    goodAnswer: "200 with the matches alone, or 400 with invalidFilter.",
    consequence: NOT_NEEDED,
    remedy: "Parse or lowest, then and, then not, then brackets.",
  }),
  define("RFC7644-3.4.2.2-12", {
    statement: "Other attributes can be searched by in the forms the RFC gives, where the server has them.",
    flow: "filtering",
    claims: {
      id: must("`id eq` finds the one resource."),
      boolean: must("`active eq` finds who is active, and not who is inactive."),
      "sub-attribute": must("`emails.value eq` finds the user who has that address."),
      "value-path": must("`emails[type eq … and value eq …]` finds only whoever has both in one value."),
      urn: must("An attribute named with its schema's URN is the same attribute."),
      schemas: must("`schemas eq` with the core URN does not leave the user out."),
      member: must("`members.value eq` finds the group that the user is in, and no other."),
    },
    cites: [cite("RFC7644", "3.4.2.2"), cite("RFC7644", "3.10")],
    request: 'GET /Users?filter=emails[type eq "work" and value eq "…"]',
    goodAnswer: "200 with the matches alone, or 400 with invalidFilter.",
    consequence: NOT_NEEDED,
    remedy: "Resolve the path by the schema, and refuse what you cannot search by.",
  }),
  define("RFC7644-3.4.3-01", {
    statement: "A search by POST gives what the same search by GET gives, where the server has it.",
    flow: "filtering",
    claims: {
      users: must("POST /Users/.search finds the user whom the filter names, and nobody else."),
      groups: must("POST /Groups/.search finds the group that the filter names, and no other."),
    },
    cites: [cite("RFC7644", "3.4.3")],
    request: "POST /Users/.search with a SearchRequest that has a filter",
    goodAnswer: "200 with a ListResponse, or 404, 405 or 501 where it is not offered.",
    consequence: "Clients that keep personal data out of addresses cannot search. Okta searches with GET.",
    remedy: "Hand both forms to the same search.",
  }),
  define("RFC7644-3.4.2.1-01", {
    statement: "A search at the root covers every resource type, where the server has it.",
    flow: "filtering",
    claims: {
      get: must("GET at the root with a filter finds the user it names."),
      post: must("POST /.search finds the user the filter names."),
    },
    cites: [cite("RFC7644", "3.4.2.1"), cite("RFC7644", "3.4.3")],
    request: 'GET /?filter=userName eq "…" and POST /.search',
    goodAnswer: "200 with a ListResponse, or a refusal where it is not offered.",
    consequence: "Okta searches users and groups apart.",
    remedy: "Search all types, and let those without the attribute match nothing.",
  }),
];
