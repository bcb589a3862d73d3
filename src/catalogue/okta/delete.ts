import type { Behaviour } from "../../model/behaviour.ts";
import { define, should } from "../define.ts";
import { cite } from "../documents.ts";

/** Deletion of people, which Okta never asks for (okta-behaviors.md 3.10). */
export const userDelete: readonly Behaviour[] = [
  define("OKTA-DELETE-01", {
    statement: "Okta never deletes users, not even when a deactivated person is deleted in Okta.",
    flow: "deactivate",
    versions: ["2.0", "1.1"],
    claims: {},
    cites: [cite("D20", "Delete users"), cite("TEST"), cite("UND")],
    request: "None",
    goodAnswer: "Nothing is asked of the server.",
    consequence: "A server that frees licences only on DELETE never frees them.",
    remedy: "Free the seat when active becomes false.",
    notJudged: "Okta sends no request that could be judged.",
  }),
  define("OKTA-DELETE-02", {
    statement: "That a person vanished from the application is noticed with the next read.",
    flow: "deactivate",
    claims: {
      "not-found": should("A read by the id of a user who no longer exists answers 404."),
    },
    cites: [cite("UND"), cite("D20", "Retrieve a specific user"), cite("RFC7644", "3.6")],
    request: "GET /Users/{id} after the user was removed in the application",
    goodAnswer: "404 with a SCIM error.",
    consequence:
      "The next update fails without a reason the administrator understands; where the application is the profile source, the next import can deactivate people.",
    remedy: "Answer 404 for ids that once existed just as for those that never did.",
  }),
];
