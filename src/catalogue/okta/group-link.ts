import type { Behaviour } from "../../model/behaviour.ts";
import { define, must } from "../define.ts";
import { cite } from "../documents.ts";

/** Linking an Okta group to one that the application has already (okta-behaviors.md 3.17). */
export const groupLink: readonly Behaviour[] = [
  define("OKTA-GROUP-LINK-01", {
    statement: "Linking starts from an import of the groups.",
    flow: "group-push",
    versions: ["2.0", "1.1"],
    claims: {
      offered: must("A group made in the application is in the list of groups, with its id and displayName."),
    },
    cites: [cite("H-GP-OPS"), cite("PLAN", "C9315, C9330"), cite("D20", "Retrieve Groups")],
    request: "GET /Groups?startIndex=1&count=100, then 101, …",
    goodAnswer: "All groups, each with id and displayName.",
    consequence: "The administrator cannot pick the group.",
    remedy: "List every group that may be linked, whoever made it.",
  }),
  define("OKTA-GROUP-LINK-02", {
    statement: "Linking makes no second group, keeps the old members, adds Okta's and may rename.",
    flow: "group-push",
    versions: ["2.0", "1.1"],
    claims: {
      accepted: must("The writes to the linked group are answered with success."),
      "same-group": must("A look-up of the linked group's name finds that one group."),
      members: must(
        "A read shows the old and the new members after an add, and exactly the given ones after a replace.",
      ),
      renamed: must("Where renaming is on, the group has Okta's name, under the same id."),
    },
    cites: [cite("PLAN", "C9315, C9316, C9322, C9330"), cite("H-GP-OPS")],
    request:
      "No POST. Catalogue app: PATCH /Groups/{id} with a rename and an add on members; custom app: PUT /Groups/{id}",
    goodAnswer: "200 or 204; as many groups as before, the members as said, the name as set.",
    consequence: "QA cases C9315, C9322 and C9330 fail; people who were in the group drop out of it.",
    remedy: "Treat a group that Okta did not create like one that it did: find it by id, change it in place.",
  }),
  define("OKTA-GROUP-LINK-03", {
    statement: "A paused mapping sends nothing; resuming it pushes the members at once.",
    flow: "group-push",
    claims: {},
    cites: [cite("PLAN", "C9319, C9320, C9328, C9329")],
    request: "None while paused; then a change of membership",
    goodAnswer: "See OKTA-MEMBER-05 and OKTA-MEMBER-09.",
    consequence: "None of its own.",
    remedy: "Nothing beyond the behaviours on membership.",
    notJudged:
      "Pausing is inside Okta; the push after resuming is judged by OKTA-MEMBER-05 and OKTA-MEMBER-09.",
  }),
];
