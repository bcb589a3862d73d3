import type { Behaviour } from "../../model/behaviour.ts";
import { define, field, must, should } from "../define.ts";
import { cite, github, githubPull } from "../documents.ts";

/** Changing who is in a group (okta-behaviors.md 3.14). */
export const member: readonly Behaviour[] = [
  define("OKTA-MEMBER-01", {
    statement: "Joiners arrive as one add on members.",
    flow: "group-push",
    okta: "oin",
    claims: {
      answer: must("The add answers 200 with the group, or 204."),
      added: must("A read afterwards shows the new members."),
      "others-kept": must("The members from before are still there."),
    },
    cites: [cite("D20", "Update specific Group membership"), cite("RFC7644", "3.5.2.1")],
    request:
      'PATCH /Groups/{id} with {"op": "add", "path": "members", "value": [{"value": "…", "display": "…"}]}',
    goodAnswer: "200 with the group or 204; the new members are in, nobody is out.",
    consequence: "A server that takes add for replace throws everybody else out of the group.",
    remedy: "Merge the given members into the present ones, by value.",
  }),
  define("OKTA-MEMBER-02", {
    statement: "Leavers arrive as filtered removes, one operation each and without a value.",
    flow: "group-push",
    okta: "oin",
    claims: {
      answer: must("The remove answers 200 with the group, or 204."),
      removed: must("A read afterwards no longer shows the member that was named."),
      "others-kept": must("All other members are still there."),
    },
    cites: [
      cite("D20", "Update specific Group membership"),
      cite("RFC7644", "3.5.2.2"),
      github("goauthentik/authentik", 24173),
      github("simpleidserver/SimpleIdServer", 696),
    ],
    request: 'PATCH /Groups/{id} with {"op": "remove", "path": "members[value eq \\"<id>\\"]"}',
    goodAnswer: "200 with the group or 204; exactly that member is gone.",
    consequence:
      "The worst of all known failures: the server answers success and removes nobody, Okta records it, and the person keeps access. The opposite also exists: the whole group is emptied.",
    remedy:
      "Evaluate the filter in the path and remove only what it selects. Take the id literally; it may hold dots, dashes and colons.",
  }),
  define("OKTA-MEMBER-03", {
    statement: "Removes and adds come mixed in one request.",
    flow: "group-push",
    okta: "oin",
    claims: {
      answer: must("A request with several removes and one add answers 200 with the group, or 204."),
      "all-applied": must("A read afterwards shows exactly the members that all its operations leave."),
    },
    cites: [cite("D20", "Update specific Group membership"), cite("D19"), cite("RFC7644", "3.5.2")],
    request: "PATCH /Groups/{id} with two removes by members[value eq …] and one add of two members",
    goodAnswer: "200 with the group or 204; every operation was applied, in order.",
    consequence: "Okta and the application disagree on who is in the group, and no later request repairs it.",
    remedy: "Apply all operations of the request, one after the other, in one transaction.",
  }),
  define("OKTA-MEMBER-04", {
    statement: "Entries of members have value and display, nothing else.",
    flow: "group-push",
    versions: ["2.0", "1.1"],
    claims: {
      accepted: must("A change whose members have neither type nor $ref is accepted."),
      stored: must("Those members are shown in the next read."),
    },
    cites: [
      cite("D20", "Update specific Group membership"),
      github("Captain-P-Goldfish/SCIM-SDK", 419),
      cite("RFC7643", "4.2"),
    ],
    request: '[{"value": "<id>", "display": "<userName>"}]',
    goodAnswer: "The member is accepted; without a type it is a user.",
    consequence: "A server that insists on type stores nobody.",
    remedy: "Take type for User where it is absent, and find the user by value alone.",
  }),
  define("OKTA-MEMBER-05", {
    statement: "Push Now overwrites the list of members.",
    flow: "group-push",
    okta: "oin",
    claims: {
      answer: must("The replace of members answers 200 with the group, or 204."),
      exactly: must("A read afterwards shows exactly the given members."),
    },
    cites: [
      cite("D20", "Update specific Group membership"),
      cite("PLAN", "C9316"),
      github("Captain-P-Goldfish/scim-for-keycloak", 144),
    ],
    request: 'PATCH /Groups/{id} with {"op": "replace", "path": "members", "value": [{"value": "…"}]}',
    goodAnswer: "200 with the group or 204; the members are those of the request.",
    consequence:
      'Push Now, the administrator\'s means of repair, fails ("Unable to update Group Push mapping target App group") or leaves people in who should be out.',
    remedy: "Implement replace on members as: remove all, then store the given ones, in one transaction.",
  }),
  define("OKTA-MEMBER-06", {
    statement: "A full push of an empty group replaces members with an empty array.",
    flow: "group-push",
    okta: "oin",
    claims: {
      answer: must("The replace with an empty array answers 200 with the group, or 204."),
      emptied: must("A read afterwards shows no members."),
    },
    cites: [cite("PLAN", "C9316"), github("Captain-P-Goldfish/SCIM-SDK", 757), cite("RFC7643", "2.5")],
    request: 'PATCH /Groups/{id} with {"op": "replace", "path": "members", "value": []}',
    goodAnswer: "200 with the group or 204; nobody is in the group.",
    consequence: "Push Now of an empty group fails, or everybody keeps the access that was taken away.",
    remedy: "An empty array is a value: let it clear the attribute instead of demanding an entry.",
  }),
  define("OKTA-MEMBER-07", {
    statement: "A replace without a path that names members, id and displayName occurs as well.",
    flow: "group-push",
    okta: "oin",
    claims: {
      answer: field("Such a replace answers 200 with the group, or 204."),
      replaced: field("The members it names are exactly those a read shows."),
      "name-kept": field("The group has the name that it gives."),
    },
    cites: [github("jelhub/scimgateway", 113), cite("RFC7644", "3.5.2.3")],
    request:
      'PATCH /Groups/{id} with {"op": "replace", "value": {"id": "…", "displayName": "…", "members": []}}',
    goodAnswer: "200 with the group or 204; what the object names is replaced, all else stays.",
    consequence: "A server that expects a path crashes with the first push.",
    remedy: "When there is no path, treat each key of the value as if it had been the path.",
  }),
  define("OKTA-MEMBER-08", {
    statement: "A replace without a path and without members leaves the members alone.",
    flow: "group-push",
    okta: "oin",
    claims: {
      "members-kept": must("After the rename of a group with members a read shows exactly the same members."),
    },
    cites: [
      cite("D20", "Update a specific Group name"),
      github("langwatch/langwatch", 7131),
      cite("RFC7644", "3.5.2.3"),
    ],
    request: 'PATCH /Groups/{id} with {"op": "replace", "value": {"id": "…", "displayName": "…"}}',
    goodAnswer: "200 with the group or 204; the members are as before.",
    consequence:
      "The group is emptied. Okta sends this shape with each change of membership, so that the loss comes back every time.",
    remedy: "The value of a path-less replace is not the whole resource: change only what it names.",
  }),
  define("OKTA-MEMBER-09", {
    statement: "A custom app sends the whole group for each change.",
    flow: "group-push",
    okta: "aiw",
    versions: ["2.0", "1.1"],
    claims: {
      answer: must("The replace of a group answers 200 with the group."),
      membership: must("A read afterwards shows exactly the members that were sent."),
      name: must("A read afterwards shows the displayName that was sent."),
      "without-id": must("The replace is accepted without id in the body as well as with it."),
    },
    cites: [
      cite("D20", "Update specific Group membership"),
      cite("RFC7644", "3.5.1"),
      github("simpleidserver/SimpleIdServer", 247),
      github("gravitational/teleport", 67372),
    ],
    request: "GET /Groups/{id}, then PUT /Groups/{id} with schemas, id, displayName and all members",
    goodAnswer: "200 with the group; members and name are those of the request.",
    consequence:
      "Seen in the field: an error on the immutable id, a 200 after which nobody is stored, and no PUT at all. Memberships never arrive.",
    remedy:
      "Implement PUT /Groups/{id}: take the id from the path, replace name and members with the body's.",
  }),
  define("OKTA-MEMBER-10", {
    statement: "Members are optional in the answer to a change, the rest of the group is not.",
    flow: "group-push",
    claims: {
      answer: must(
        "A PATCH of a group answers 204, or 200; a body in it is the group: id, displayName and schemas.",
      ),
      visible: must(
        "A read after the change shows it in the value of the members, if it shows members at all.",
      ),
      "not-empty-200": should("A 200 has a body; an answer without one is a 204."),
      meta: should("Where the answer is the group, it has meta."),
    },
    okta: "oin",
    cites: [cite("D20", "Update specific Group membership"), cite("RFC7644", "3.5.2")],
    request: "PATCH /Groups/{id} with any change of membership",
    goodAnswer:
      "200 with id, displayName, schemas and meta, members null or left out if they are many; or 204 without a body.",
    consequence: "Okta cannot read the answer as a group and marks the push as failed.",
    remedy: "Answer 204, or 200 with the group; leave out members rather than the group.",
  }),
  define("OKTA-MEMBER-11", {
    statement: "Removing someone who is not a member is no error.",
    flow: "group-push",
    okta: "oin",
    claims: {
      answer: should("A request that removes a non-member among others answers 200 or 204."),
      "rest-applied": should("Its other operations were applied."),
    },
    cites: [github("fleetdm/fleet", 52600), cite("RFC7644", "3.5.2.2")],
    request: "PATCH /Groups/{id} with a remove of a user who is not (any more) in the group, and an add",
    goodAnswer: "200 with the group or 204; the others are in or out as asked.",
    consequence: "A 404 or 400 rejects the whole batch, and Okta does not repeat it by itself.",
    remedy: "A remove that selects nobody has nothing to do; carry on with the next operation.",
  }),
  define("OKTA-MEMBER-12", {
    statement: "One unknown member does not sink a batch silently.",
    flow: "group-push",
    claims: {
      "stated-or-applied": field(
        "An add of a known and an unknown user is refused, or the known one becomes a member.",
      ),
      "no-server-error": field("It is not answered with 5xx."),
    },
    cites: [github("fleetdm/fleet", 52600)],
    request: "PATCH or PUT /Groups/{id} with one member who exists and one who does not",
    goodAnswer: "400 or 404 that names the id, and nothing applied; or the known member applied alone.",
    consequence: "The group is stale until an administrator pushes it again.",
    remedy: "Choose one of the two, and let the answer say which: refuse and name the id, or skip it.",
  }),
  define("OKTA-MEMBER-13", {
    statement: "Adding a member again changes nothing.",
    flow: "group-push",
    okta: "oin",
    claims: {
      answer: should("The second add of the same member answers 200 or 204 like the first."),
      once: should("A read afterwards shows that member once."),
    },
    cites: [cite("RFC7644", "3.5.2.1"), githubPull("ory/polis", 4080)],
    request: "PATCH /Groups/{id} with the same add twice",
    goodAnswer: "Success both times, one membership.",
    consequence:
      "A retry after a timeout ends in a 500 for a duplicate key, or in a member who can be removed only halfway.",
    remedy: "Insert the membership unless it is there, in one statement.",
  }),
  define("OKTA-MEMBER-14", {
    statement: "Changes survive stale reads and overlap.",
    flow: "group-push",
    okta: "oin",
    claims: {
      "quick-succession": field(
        "After adds that follow each other without a pause, all their members are there.",
      ),
      overlap: field(
        "Of adds that travel at the same time, the members of all that were acknowledged are there.",
      ),
    },
    cites: [
      github("fleetdm/fleet", 50724),
      githubPull("fleetdm/fleet", 51961),
      githubPull("ory/polis", 4080),
    ],
    request: "Several PATCH /Groups/{id} in quick succession, each with an add of other members",
    goodAnswer: "Success for each; in the end the members of all of them are in the group.",
    consequence: "Members are lost, because an old copy is written back; only the next full push repairs it.",
    remedy: "Write single memberships instead of the whole list, or lock the group while it is changed.",
  }),
  define("OKTA-MEMBER-15", {
    statement: "In SCIM 1.1 a change is a partial group, and leavers carry a marker.",
    flow: "group-push",
    okta: "oin",
    versions: ["1.1"],
    claims: {},
    cites: [cite("D11"), cite("D19")],
    request: 'PATCH /Groups/{id} with {"members": [{"value": "…"}, {"value": "…", "operation": "delete"}]}',
    goodAnswer:
      "200 with the group or 204; unmarked members are added, marked ones removed, meta.attributes clears first.",
    consequence: "As with OKTA-MEMBER-01, OKTA-MEMBER-02, OKTA-MEMBER-05 and OKTA-GROUP-RENAME-01.",
    remedy: "Implement the partial group of SCIM 1.1 with its operation marker.",
    notJudged: "SCIM 1.1 is not replayed yet.",
  }),
];
