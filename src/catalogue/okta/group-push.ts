import type { Behaviour } from "../../model/behaviour.ts";
import { define, field, may, must, should } from "../define.ts";
import { cite, github } from "../documents.ts";

/** Creating a group in the application (okta-behaviors.md 3.13). */
export const groupPush: readonly Behaviour[] = [
  define("OKTA-GROUP-PUSH-01", {
    statement: "While Okta does not know the group's id in the application, it looks it up by exact name.",
    flow: "group-push",
    versions: ["2.0", "1.1"],
    claims: {
      "finds-nothing": must(
        "A look-up of a name that no group has answers 200 without any group (or 404, which the live client takes for the same).",
      ),
      "finds-one": must("A look-up of the name of an existing group answers 200 with that group alone."),
      counters: must(
        "Those of totalResults, startIndex and itemsPerPage that the look-up has are JSON integers.",
      ),
    },
    cites: [cite("D20", "Retrieve Groups"), cite("CAP-LAB"), cite("D11")],
    request: 'GET /Groups?filter=displayName eq "Test SCIMv2"&startIndex=1&count=100',
    goodAnswer: "200 with a ListResponse of no group or of one.",
    consequence:
      "Without the filter the push fails or makes a second group of the same name. It happens, for example, when importing groups is switched off.",
    remedy: "Support the filter displayName eq on /Groups, together with startIndex and count.",
  }),
  define("OKTA-GROUP-PUSH-02", {
    statement: "Group names in the filter have spaces and punctuation.",
    flow: "group-push",
    versions: ["2.0", "1.1"],
    claims: {
      "exact-only": must(
        "A look-up of a name with spaces does not find a group whose name merely begins with it.",
      ),
      space: must("A group whose name has spaces is found by its whole name."),
      ampersand: must("A group whose name has an ampersand, a plus sign and a percent sign is found by it."),
      quotes: should("A group whose name has double quotes is found by it, quotes escaped as in JSON."),
      backslash: should("A group whose name has a backslash is found by it, escaped as in JSON."),
      "non-ascii": should("A group whose name has letters beyond ASCII is found by it."),
    },
    cites: [cite("D20", "Retrieve Groups"), github("audriga/scim-server-php", 1), cite("RFC7644", "3.4.2.2")],
    request: 'GET /Groups?filter=displayName eq "R&D + \\"A\\" Team"&startIndex=1&count=100',
    goodAnswer: "Exactly the group of that name; an unknown name gives an empty list.",
    consequence:
      "A parser that splits the filter at spaces returns nothing or everything, and Okta makes a second group or writes to the wrong one.",
    remedy:
      "Percent-decode the query first, then read the filter's value as a JSON string; never split at spaces.",
  }),
  define("OKTA-GROUP-PUSH-03", {
    statement: "A push creates the group with an empty list of members.",
    flow: "group-push",
    claims: {
      created: must("The create answers 201."),
      id: must("The answer has an id that is a text and not empty."),
      group: must("The answer is the group: displayName as sent, the core Group URN in schemas."),
      exists: must("The group is read back under that id, with its name and without members."),
      "resource-type": should("The answer's meta.resourceType is Group."),
    },
    cites: [cite("D20", "Create Groups"), cite("PLAN", "C9312, C9317"), cite("CAP-LAB")],
    request: "POST /Groups with schemas, displayName and members []",
    goodAnswer: "201 with the group as a GET would show it.",
    consequence:
      "The push mapping goes into the error state, and an administrator has to retry. An empty Okta group never gets to the application (QA case C9317).",
    remedy:
      "Accept a group without members and without externalId, and answer 201 with the stored group, id included.",
  }),
  define("OKTA-GROUP-PUSH-04", {
    statement: "In the create, members may be absent, empty or filled.",
    flow: "group-push",
    versions: ["2.0", "1.1"],
    claims: {
      absent: must("A create without members answers 201."),
      empty: must("A create with an empty list of members answers 201."),
      filled: must("A create with members answers 201."),
      stored: must("The members given in the create are exactly those a read shows."),
    },
    cites: [cite("D20", "Create Groups"), cite("D19"), cite("D11")],
    request: "POST /Groups with members [], without members, and with members [{value, display}]",
    goodAnswer: "201 for all three, and the given members are stored.",
    consequence: "Depending on the age of the integration the push fails, or the group stays empty.",
    remedy: "Treat absent members as none, and store those that are given.",
  }),
  define("OKTA-GROUP-PUSH-05", {
    statement: "SCIM 1.1 adds the group's description in an extension of Okta's.",
    flow: "group-push",
    versions: ["1.1"],
    claims: {},
    cites: [cite("D11")],
    request: 'POST /Groups with "urn:okta:custom:group:1.0": {"description": "…"}',
    goodAnswer: "201; the description may be ignored.",
    consequence:
      "The extension cannot be switched off: a server that refuses the URN receives no group that has a description.",
    remedy: "Ignore extensions you do not know.",
    notJudged: "SCIM 1.1 is not replayed yet.",
  }),
  define("OKTA-GROUP-PUSH-06", {
    statement: "The new group is read back before its members are sent.",
    flow: "group-push",
    okta: "aiw",
    versions: ["2.0", "1.1"],
    claims: {
      "read-back": must("A read of the new group answers 200 with its id and displayName."),
      "members-shown": should("A read of a group that has members shows them."),
    },
    cites: [cite("CAP-LAB"), cite("D20", "Retrieve specific Groups"), cite("D19")],
    request: "GET /Groups/{id}",
    goodAnswer: "200 with id, displayName and members.",
    consequence: "Okta cannot build the replace that follows, so that the group stays empty.",
    remedy: "Make a group readable as soon as its create has been answered, with all its attributes.",
  }),
  define("OKTA-GROUP-PUSH-07", {
    statement: "On the first push, catalogue templates also send the rename before the members.",
    flow: "group-push",
    okta: "oin",
    claims: {
      answer: field("A rename of the new group to the name it has answers 200 or 204."),
      "name-kept": field("The group still has its name afterwards."),
    },
    cites: [github("jelhub/scimgateway", 112), cite("D20", "Update a specific Group name")],
    request: 'PATCH /Groups/{id} with {"op": "replace", "value": {"id": "…", "displayName": "<same name>"}}',
    goodAnswer: "200 with the group, or 204; nothing changes.",
    consequence: "A server that cannot replace without a path fails with the first push.",
    remedy:
      "Apply a path-less replace attribute by attribute; a value equal to the present one is a success.",
  }),
  define("OKTA-GROUP-PUSH-08", {
    statement: "Only people who are in the group, assigned to the app and provisioned are pushed.",
    flow: "group-push",
    versions: ["2.0", "1.1"],
    claims: {},
    cites: [cite("D20", "Update specific Group membership"), cite("H-GP-PRE"), cite("H-GP-ASSIGN")],
    request: "None: the person is missing from the request",
    goodAnswer: "Nothing is asked of the server.",
    consequence:
      "A missing member is mostly a matter of Okta's settings. One group for both assignment and push is not supported, since the group's update may overtake the person's creation.",
    remedy: "Look at the assignment in Okta before you look for a fault in the server.",
    notJudged: "It says whom Okta leaves out of its requests.",
  }),
  define("OKTA-GROUP-PUSH-09", {
    statement: "A name that exists already has to be linked, not pushed.",
    flow: "group-push",
    versions: ["2.0", "1.1"],
    claims: {
      "no-server-error": should(
        "A create with the name of an existing group succeeds, or is refused with 4xx; it is not answered with 5xx.",
      ),
      conflict: may("Where it is refused, it is refused with 409 and a SCIM error."),
    },
    cites: [cite("H-GP-PRE"), cite("RFC7644", "3.3")],
    request: "POST /Groups with the displayName of a group that exists",
    goodAnswer: "409 with a SCIM error where names are unique, 201 where they are not.",
    consequence:
      "Okta pushes an existing name only to apps that can link groups; a 500 hides from the administrator what is wrong.",
    remedy: "Check for the name before you insert, and answer 409 with scimType uniqueness.",
  }),
];
