import type { Behaviour } from "../../model/behaviour.ts";
import { define, field, must, should } from "../define.ts";
import { cite, github } from "../documents.ts";

/** Unlinking a pushed group (okta-behaviors.md 3.16). */
export const groupDelete: readonly Behaviour[] = [
  define("OKTA-GROUP-DELETE-01", {
    statement:
      "Unlinking with deletion sends one DELETE; leaving the group in the application sends nothing.",
    flow: "group-push",
    versions: ["2.0", "1.1"],
    claims: {
      answer: must("The delete of a group is answered with success."),
      "no-content": should("The answer is 204 without a body."),
      gone: must("A read of the group afterwards answers 404."),
      "name-free": must(
        "A look-up of its name afterwards finds no group (an empty list, or 404 as the live client permits).",
      ),
    },
    cites: [cite("D20", "Delete a specific Group"), cite("PLAN", "C9318"), cite("RFC7644", "3.6")],
    request: "DELETE /Groups/{id}",
    goodAnswer: "204 without a body; the group is gone for reads and look-ups.",
    consequence:
      "QA case C9318 fails and the mapping stays in error. A group that still turns up by name is linked again with the next push.",
    remedy: "Implement DELETE /Groups/{id}, and leave deleted groups out of reads and filters.",
  }),
  define("OKTA-GROUP-DELETE-02", {
    statement: "Deleting the group keeps its users.",
    flow: "group-push",
    versions: ["2.0", "1.1"],
    claims: {
      "users-kept": must("A member of the deleted group is read as before, with 200."),
      "still-active": must("That user's active is what it was."),
    },
    cites: [cite("PLAN", "C9318, C9321"), cite("RFC7644", "3.6")],
    request: "DELETE /Groups/{id}, then GET /Users/{id of a member}",
    goodAnswer: "200 with the user, active unchanged.",
    consequence: "Everybody in the group loses access at once.",
    remedy: "Delete the memberships together with the group, never the people.",
  }),
  define("OKTA-GROUP-DELETE-03", {
    statement: "A group that was deleted in the application breaks its mapping.",
    flow: "group-push",
    versions: ["2.0", "1.1"],
    claims: {
      get: field("A read of the deleted group answers 404 with a SCIM error."),
      write: field("A change of the deleted group, by PATCH or by PUT, answers 404."),
      delete: field("A second delete answers 404."),
    },
    cites: [
      cite("H-GP-TRB"),
      cite("D20", "Retrieve specific Groups"),
      github("okta/terraform-provider-okta", 2807),
    ],
    request: "GET, PATCH, PUT and DELETE of /Groups/{id of a deleted group}",
    goodAnswer: "404 with a SCIM error.",
    consequence:
      'Okta shows an error on the mapping ("unable to update group with externalId …"); the administrator has to unlink and push again. Any other answer hides that the group is gone.',
    remedy: "Answer every method on an id that no longer exists with 404 and a SCIM error.",
  }),
];
