import type { Behaviour } from "../../model/behaviour.ts";
import { define, may, must, should } from "../define.ts";
import { cite, github, githubPull } from "../documents.ts";

/** The search by user name that comes before every create (OKTA-LOOKUP). */
export const lookUp: readonly Behaviour[] = [
  define("OKTA-LOOKUP-01", {
    statement: "Before it creates a user, Okta searches by exact user name, and finds who is there.",
    flow: "look-up",
    versions: ["2.0", "1.1"],
    claims: {
      "one-match": must("Looking up an existing user name gives exactly one result: `totalResults` is 1."),
      "the-user": must("That one result is the user, with its `id` and `userName`."),
      profile: must("That result shows the given name, the family name and the e-mail address of the user."),
      "another-address": must(
        "The match is on the user name, also where the user's e-mail address is another one.",
      ),
      "any-character": should(
        "The match is as exact for names with a plus sign, an apostrophe, an ampersand, quotation marks or letters beyond ASCII.",
      ),
    },
    cites: [cite("D20", "Determine if the user exists"), cite("KB-EXIST"), cite("RFC7644", "3.4.2.2")],
    request: 'GET /Users?filter=userName eq "<user name>"&startIndex=1&count=100, percent-encoded',
    goodAnswer: "200 with a ListResponse holding the one user in full.",
    consequence:
      "Okta takes the person for unknown and sends a POST for a user that exists; the assignment ends in a conflict.",
    remedy:
      "Support `eq` on `userName`, decode the query once, and match on the same column that is returned as `userName`.",
  }),
  define("OKTA-LOOKUP-02", {
    statement: "A look-up without a match is an empty list.",
    flow: "look-up",
    versions: ["2.0", "1.1"],
    claims: {
      nobody: must(
        "An unknown user name is answered with an empty list, or with 404 and a SCIM error: Okta's live client takes both.",
      ),
      "empty-list": must(
        "The answer is 200 with a ListResponse and `totalResults` 0. A 404 fails Okta's published test, though not the live client.",
      ),
      "resources-array": should("`Resources` is an empty array, neither missing nor null."),
    },
    cites: [
      cite("T-SPEC20", "steps 3 and 5"),
      cite("D20", "Determine if the user exists"),
      cite("RFC7644", "3.4.2"),
    ],
    request: 'GET /Users?filter=userName eq "<unknown>"&startIndex=1&count=100',
    goodAnswer: '200 with `"totalResults": 0` and `"Resources": []`.',
    consequence:
      "Anything but an empty list or a 404 stops the assignment. A 404 passes the live flow and fails required steps of the published test.",
    remedy: "Answer a filter that matches nobody with 200 and an empty ListResponse.",
  }),
  define("OKTA-LOOKUP-03", {
    statement: "A space in the filter may travel as `%20` or as `+`.",
    flow: "look-up",
    versions: ["2.0", "1.1"],
    claims: {
      "percent-20": must("The filter with `%20` for its spaces finds the user."),
      plus: must("The filter with `+` for its spaces finds the same user."),
    },
    cites: [cite("D19", "Determine if the user exists"), cite("D20", "Determine if the user exists")],
    request: "GET /Users?filter=userName+eq+%22<user name>%22",
    goodAnswer: "200 with the same user both times.",
    consequence:
      "A literal plus sign spoils the filter: the answer is 400, or an empty list followed by a POST for a user that exists.",
    remedy:
      "Decode the query string as forms are decoded: `+` is a space, `%2B` a plus sign. Decode it once.",
  }),
  define("OKTA-LOOKUP-04", {
    statement: "The filter works with and without paging, and in any order of parameters.",
    flow: "look-up",
    versions: ["2.0", "1.1"],
    claims: {
      paged: must("The filter followed by `startIndex` and `count` finds the user."),
      unpaged: must("The filter alone finds the user."),
      reordered: must("The filter between `count` and `startIndex` finds the user."),
    },
    cites: [cite("D20", "Determine if the user exists"), cite("T-SPEC20", "step 3"), cite("T-BETA")],
    request: "?filter=…&startIndex=1&count=100; ?filter=…; ?count=100&filter=…&startIndex=1",
    goodAnswer: "200 with the same user for all three.",
    consequence:
      "The live client sends the first form, the published test the second, the oldest test the third: one of them finds nobody.",
    remedy: "Treat `startIndex` and `count` as optional, and read parameters by name.",
  }),
  define("OKTA-LOOKUP-05", {
    statement: "Look-ups and reads see users that are not active.",
    flow: "look-up",
    versions: ["2.0", "1.1"],
    claims: {
      "still-found": must("Looking up a deactivated user by user name finds the user, under the same `id`."),
      "still-readable": must("A deactivated user can still be read by `id`."),
      "shown-inactive": must("Once a deactivation was acknowledged, both show `active` as false."),
    },
    cites: [
      cite("T-CRUD20", "steps 8 and 13"),
      cite("KB-EXIST"),
      cite("DF-24187"),
      githubPull("growthbook/growthbook", 1680),
    ],
    request: 'Deactivate, then GET /Users?filter=userName eq "<user name>" and GET /Users/{id}',
    goodAnswer: "200 with the user, `active: false`, the same `id`.",
    consequence:
      "Okta believes the account is gone. When the person returns it sends a POST, gets a 409, and the person never has access again.",
    remedy:
      "Keep deactivated users in lists, searches and reads. A server that knows only members and strangers needs a third state.",
  }),
  define("OKTA-LOOKUP-06", {
    statement: "The `id` that a look-up gives is the one every later request uses.",
    flow: "look-up",
    versions: ["2.0", "1.1"],
    claims: {
      readable: must("The user can be read under that `id` at once."),
      writable: must("The user can be written with PUT under that `id` at once."),
    },
    cites: [cite("D20", "Determine if the user exists"), cite("KB-EXIST")],
    request: "GET /Users?filter=…, then GET /Users/{id} and PUT /Users/{id}",
    goodAnswer: "200 for both.",
    consequence: "The link points nowhere: every later update of this person ends in 404.",
    remedy: "Return in lists the same `id` that the path `/Users/{id}` understands.",
  }),
  define("OKTA-LOOKUP-07", {
    statement: "User names match without regard to letter case.",
    flow: "look-up",
    versions: ["2.0", "1.1"],
    claims: {
      answered: must("A look-up of the user name in capitals is answered with 200."),
      matched: should("It finds the user: `userName` is not case-exact."),
    },
    cites: [
      cite("T-SPEC20", "step 9"),
      cite("RFC7643", "4.1.1"),
      githubPull("langfuse/langfuse", 13528),
      github("open-webui/open-webui", 18039),
    ],
    request: 'GET /Users?filter=userName eq "<USER NAME IN CAPITALS>"',
    goodAnswer: "200 with the one user, its name in the letters it was made with.",
    consequence: "The look-up finds nobody, Okta posts, and a uniqueness rule that ignores case answers 409.",
    remedy: "Compare a folded copy of `userName`, and keep the letters as they came for the answer.",
  }),
  define("OKTA-LOOKUP-08", {
    statement: "The filter filters.",
    flow: "look-up",
    versions: ["2.0", "1.1"],
    claims: {
      "nobody-for-a-stranger": must("A look-up of a name nobody has never returns anybody."),
      "nobody-else": must("A look-up of one user's name returns nobody else."),
    },
    cites: [cite("T-SPEC20", "step 5"), cite("D20", "Determine if the user exists")],
    request: 'GET /Users?filter=userName eq "<random address>" on a tenant with users',
    goodAnswer: "An empty list.",
    consequence:
      "Okta links the new assignment to whichever user came back: one person gets another's account.",
    remedy: "Apply the filter, and refuse with 400 what cannot be parsed. Never fall back to the whole list.",
  }),
  define("OKTA-LOOKUP-09", {
    statement: "A malformed filter is a client error.",
    flow: "look-up",
    versions: ["2.0", "1.1"],
    claims: {
      refused: should("A filter without attribute and operator is answered with 400."),
      explained: should("The refusal is a SCIM error."),
    },
    cites: [cite("T-SPEC11", "step 9"), cite("RFC7644", "3.12")],
    request: "GET /Users?filter=<VALUE WITHOUT ATTRIBUTE OR OPERATOR>",
    goodAnswer: "400 with a SCIM error, `scimType` invalidFilter.",
    consequence: "Fails a required step of Okta's SCIM 1.1 test; the test for 2.0 has no such step.",
    remedy: "Answer a filter that cannot be parsed with 400, not with a list and not with 500.",
  }),
  define("OKTA-LOOKUP-10", {
    statement: "Look-ups by `externalId` have been announced as possible.",
    flow: "look-up",
    claims: {
      "external-id": may("A look-up by `externalId` is answered with a list."),
    },
    cites: [cite("D19", "Determine if the user exists")],
    request: 'GET /Users?filter=externalId eq "00u…"',
    goodAnswer: "200 with a list, of one user or of none.",
    consequence:
      "None today: this is a plan of 2019 that one implementer claims to see. Okta's pages of today name `userName` only.",
    remedy: "Support `eq` on `externalId`; it costs little, and other clients use it.",
  }),
];
