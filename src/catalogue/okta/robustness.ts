import type { Behaviour } from "../../model/behaviour.ts";
import { define, field, should } from "../define.ts";
import { cite, github, githubPull } from "../documents.ts";

/** Names and attributes that servers stumble over (okta-behaviors.md 3.22). */
export const robustness: readonly Behaviour[] = [
  define("OKTA-ROBUST-01", {
    statement: "A plus sign in a userName survives the create and the look-up.",
    flow: "robustness",
    claims: {
      kept: field("A userName with a plus sign is created, and shown with the plus sign."),
      found: field("A look-up with the plus sign sent as %2B finds that user."),
    },
    cites: [github("appsmithorg/appsmith", 25452), github("okta/okta-sdk-java", 839)],
    request:
      "POST /Users with userName first+tag@example.com, then GET /Users?filter=userName%20eq%20%22first%2Btag%40example.com%22",
    goodAnswer: "201, then a list with that one user.",
    consequence:
      "A server that reads the plus as a space reports nobody; Okta posts again and ends in a conflict. How Okta encodes the sign is not documented.",
    remedy: "Decode the query once, and allow + in userName and email.",
  }),
  define("OKTA-ROBUST-02", {
    statement: "Text beyond ASCII comes back as it was sent.",
    flow: "robustness",
    claims: {
      "names-kept": should(
        "Given and family names with letters beyond ASCII are shown unchanged by create and read.",
      ),
      "group-name-kept": should("A group's displayName with letters beyond ASCII is shown unchanged."),
      "group-found": should("A look-up by a group's displayName with letters beyond ASCII finds that group."),
    },
    cites: [cite("D19"), cite("RFC7643", "2.3.1")],
    request:
      'POST /Users with givenName "Zoë" and familyName "Müller-Łukasz 李"; POST /Groups and a look-up likewise',
    goodAnswer: "The same code points in every answer.",
    consequence: "Names are damaged a little more with each update, since Okta writes back what it read.",
    remedy: "Read and write UTF-8 everywhere, the query string and the database included.",
  }),
  define("OKTA-ROBUST-03", {
    statement: "Quotes and backslashes in a filter's value are escaped as in JSON.",
    flow: "robustness",
    claims: {
      apostrophe: should("A look-up of a userName with an apostrophe finds that user."),
      quotes: should(
        "A look-up of a displayName with quotation marks, escaped by backslashes, finds that group.",
      ),
      backslash: should("A look-up of a displayName with a backslash, escaped by another, finds that group."),
    },
    cites: [cite("RFC7644", "3.4.2.2"), githubPull("kanidm/kanidm", 3673)],
    request:
      'GET /Groups?filter=displayName eq "Team \\"A\\"" and GET /Users?filter=userName eq "o\'brien@example.com"',
    goodAnswer: "200 with exactly the one that has this name.",
    consequence:
      "A group with quotes in its name is never found and pushed twice; an apostrophe that reaches SQL unescaped is worse. That Okta escapes this way is not documented; the form is the RFC's.",
    remedy: "Parse the value of a filter as a JSON string, and hand it to the database as a parameter.",
  }),
  define("OKTA-ROBUST-04", {
    statement: "Attribute names and operators in a filter may be in any letter case.",
    flow: "robustness",
    claims: {
      attribute: should("filter=username eq … finds the user whom filter=userName eq … finds."),
      operator: should("filter=userName EQ … finds the user whom filter=userName eq … finds."),
    },
    cites: [cite("KB-EXIST"), cite("RFC7643", "2.1"), cite("RFC7644", "3.4.2.2")],
    request: 'GET /Users?filter=username eq "…" and GET /Users?filter=userName EQ "…"',
    goodAnswer: "The same user as for the usual spelling.",
    consequence:
      "Nothing with Okta's present client, which sends userName eq; its older texts spell it in lower case.",
    remedy: "Compare attribute names and operators without regard to letter case.",
  }),
  define("OKTA-ROBUST-05", {
    statement: "Attributes that the server does not know are ignored.",
    flow: "robustness",
    claims: {
      "on-create": should(
        "A create with attributes the server may not know is accepted where one without them is.",
      ),
      "on-update": should(
        "A replace with attributes the server may not know is accepted where one without them is.",
      ),
    },
    cites: [cite("RFC7644", "3.3"), cite("CONN")],
    request:
      "POST and PUT of a user with locale, title, userType, nickName, timezone and an extension nobody knows",
    goodAnswer: "The same success as without them.",
    consequence:
      "Okta's templates map many attributes by default; each one a server refuses has to be unmapped by hand by each customer.",
    remedy: "Ignore unknown attributes and schema URNs; refuse only values you would have to store wrongly.",
  }),
];
