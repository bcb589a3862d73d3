import type { Behaviour } from "../../model/behaviour.ts";
import { define, field, may, must, should } from "../define.ts";
import { cite, github, githubPull } from "../documents.ts";

/**
 * Groups of hundreds and thousands (okta-behaviors.md 3.18). From 2021 to 2024 Okta documented batches of 100 to
 * 1,000 membership changes, 100 by default, and 60 seconds for each; today it documents no number.
 */
export const largeGroup: readonly Behaviour[] = [
  define("OKTA-LARGE-01", {
    statement: "A membership PATCH with 100 joiners succeeds.",
    flow: "large-group",
    okta: "oin",
    claims: {
      accepted: must("Every PATCH that adds 100 people answers 200 or 204."),
      "in-time": must("Each of these requests is answered within 60 seconds."),
      "all-members": must("A read after these requests shows everybody who was added, each once."),
    },
    cites: [cite("OIN-2021"), cite("FAQ"), cite("RFC7644", "3.5.2.1")],
    request: "PATCH /Groups/{id} with one add on members that carries 100 {value, display}",
    goodAnswer: "200 with the group, or 204, within 60 seconds; all 100 are members.",
    consequence:
      "After 60 seconds the push counts as failed, even if the server finishes later, and the group in the application stays incomplete.",
    remedy:
      "Look up and insert the members of one request in bulk, not one query each, and allow at least 100 changes per request.",
  }),
  define("OKTA-LARGE-02", {
    statement: "A membership PATCH with 256 joiners succeeds.",
    flow: "large-group",
    okta: "oin",
    claims: {
      accepted: field("Every PATCH that adds 256 people answers 200 or 204."),
      "in-time": field("Each of these requests is answered within 60 seconds."),
      "all-members": field("A read after these requests shows everybody who was added, each once."),
    },
    cites: [githubPull("ory/polis", 4080)],
    request: "PATCH /Groups/{id} with one add on members that carries 256 {value, display}",
    goodAnswer: "200 with the group, or 204, within 60 seconds; all 256 are members.",
    consequence:
      "Pushes of this size ran into gateway time-outs on a server that wrote one member after the other.",
    remedy:
      "Write the members of one request in a single statement, and answer 204 if building the whole group for the answer takes long.",
  }),
  define("OKTA-LARGE-03", {
    statement: "A membership PATCH with 1,000 joiners succeeds.",
    flow: "large-group",
    okta: "oin",
    claims: {
      accepted: should("Every PATCH that adds 1,000 people answers 200 or 204."),
      "in-time": should("Each of these requests is answered within 60 seconds."),
      "all-members": should("A read after these requests shows everybody who was added, each once."),
    },
    cites: [cite("OIN-2021")],
    request: "PATCH /Groups/{id} with one add on members that carries 1,000 {value, display}",
    goodAnswer: "200 with the group, or 204, within 60 seconds; all 1,000 are members.",
    consequence:
      "1,000 changes was the largest batch a vendor could choose; a server that cannot take it has to have a smaller one agreed with Okta.",
    remedy: "Accept bodies of a few hundred kilobytes, and keep the time per member constant.",
  }),
  define("OKTA-LARGE-04", {
    statement: "A batch of leavers is a long list of remove operations.",
    flow: "large-group",
    okta: "oin",
    claims: {
      hundred: must("A PATCH of 100 remove operations, one for each leaver, answers 200 or 204."),
      "in-time": must("Each PATCH of 100 remove operations is answered within 60 seconds."),
      removed: must("A read after these requests shows nobody who was removed."),
      "longer-lists": should("Lists of 256 and of 1,000 remove operations do the same."),
    },
    cites: [cite("D20", "Update specific Group membership"), cite("D19"), cite("OIN-2021")],
    request:
      'PATCH /Groups/{id} with 100 (256, 1,000) operations {"op": "remove", "path": "members[value eq \\"…\\"]"}',
    goodAnswer: "200 with the group, or 204, within 60 seconds; all of them are gone and nobody else.",
    consequence: "People who left keep their access, and nothing tells the administrator who.",
    remedy:
      "Do not limit the number of operations in a PATCH below your limit of membership changes, and gather the removals before you write.",
  }),
  define("OKTA-LARGE-05", {
    statement: "A custom app sends the complete membership in each PUT.",
    flow: "large-group",
    okta: "aiw",
    versions: ["2.0", "1.1"],
    claims: {
      accepted: must("A PUT of the group with all its members answers with success within 60 seconds."),
      stored: must("A read after the PUT shows everybody who was sent, each once."),
      "one-less": must("The same PUT without one of the members takes exactly that one out."),
    },
    cites: [cite("D20", "Update a specific Group name"), github("ory/polis", 3136), cite("RFC7644", "3.5.1")],
    request:
      "GET /Groups/{id}, then PUT /Groups/{id} with schemas, id, displayName and all members, about 100 bytes each",
    goodAnswer: "200 with the group; the members are exactly those sent.",
    consequence:
      "No batching is known for custom apps, so a group too large for one body (often for a proxy in front) cannot be pushed at all.",
    remedy:
      "Raise the body limits of proxy and framework to several megabytes, and write the difference between the stored and the sent members, not one row after the other.",
  }),
  define("OKTA-LARGE-06", {
    statement: "A filled group keeps its members when one more is added.",
    flow: "large-group",
    okta: "oin",
    claims: {
      grown: must(
        "After one person is added to a large group, a read shows everyone from before and the new one.",
      ),
    },
    cites: [github("FusionAuth/fusionauth-issues", 2784), cite("RFC7644", "3.5.2.1")],
    request: "PATCH /Groups/{id} with an add of one person to a group of far more than 100",
    goodAnswer: "200 or 204; the group has one member more.",
    consequence:
      "Each new joiner throws out everybody beyond the server's page size, and Okta does not notice.",
    remedy:
      "Never build the new membership from a paged or limited read of the old one; insert the difference.",
  }),
  define("OKTA-LARGE-07", {
    statement: "A large group can be read, by its id and by its name.",
    flow: "large-group",
    claims: {
      read: should("A read by id of the large group answers 200 within 60 seconds."),
      "whole-or-none": should("That read shows all members of the group, or none at all, never a part."),
      "found-by-name": should(
        "A look-up by displayName answers 200 within 60 seconds with the group, and all members or none.",
      ),
    },
    cites: [cite("D19"), github("FusionAuth/fusionauth-issues", 2784), cite("RFC7644", "3.4.1")],
    request: 'GET /Groups/{id} and GET /Groups?filter=displayName eq "…" for a group of more than 1,000',
    goodAnswer: "200 with every member, or with the members left out.",
    consequence:
      "Custom apps read, change and write back: members missing from the read may be missing from the write.",
    remedy:
      "Return the whole membership, or leave members out altogether; do not cut the list at a page size.",
  }),
  define("OKTA-LARGE-08", {
    statement: "A limit of the server is told by an error Okta can show, and groups within the limit work.",
    flow: "group-splitting",
    okta: "oin",
    claims: {
      "readable-refusal": should("A push past the server's limit answers 400 or 413 with a SCIM error."),
      "names-limit": may("The detail of that error names the limit."),
      "nothing-half-stored": should(
        "What is refused leaves the group as it was, and past a limit nobody is cut off without a refusal.",
      ),
      "split-complete": should(
        "Split into groups within the limit, the same people are all taken, and the groups together hold each exactly once.",
      ),
    },
    cites: [cite("V-AWS"), cite("V-MIRO"), cite("OIN-2021"), cite("RFC7644", "3.12")],
    request:
      "PATCH /Groups/{id} with more members than the server takes; then the same people in several groups",
    goodAnswer: "413 or 400 with a SCIM error that names the limit, and an unchanged group.",
    consequence:
      "Okta does not split a group by itself. A silent cut leaves people without access; an unreadable error leaves the administrator guessing.",
    remedy:
      "Check the limit before you store anything, answer 413 with a SCIM error whose detail names it, and document it, so that administrators can split groups in Okta.",
  }),
  define("OKTA-LARGE-09", {
    statement: "Batches for one group may overlap.",
    flow: "large-group",
    okta: "oin",
    claims: {
      "all-accepted": field(
        "Membership PATCH requests for one group that arrive at the same time all succeed.",
      ),
      union: field("A read after them shows everybody who was added by any of them, each once."),
    },
    cites: [githubPull("ory/polis", 4080), github("fleetdm/fleet", 50724), cite("DF-33791")],
    request: "Several PATCH /Groups/{id} at the same time, each with an add of 256 other people",
    goodAnswer: "200 or 204 each; the members are the union.",
    consequence:
      "A duplicate key or a lost update drops members. Whether Okta sends one batch after the other is not documented.",
    remedy:
      "Insert members with an upsert inside one transaction per request, and do not write back a membership read before.",
  }),
];
