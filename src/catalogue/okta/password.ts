import type { Behaviour } from "../../model/behaviour.ts";
import { define, may, must } from "../define.ts";
import { cite } from "../documents.ts";

/** Password sync (okta-behaviors.md 3.11). That the new password opens the door cannot be seen over SCIM. */
export const password: readonly Behaviour[] = [
  define("OKTA-PASSWORD-01", {
    statement: "With password sync a custom app sends the password with a replace of the whole user.",
    flow: "update",
    okta: "aiw",
    claims: {
      accepted: must("A replace with a password is accepted where the same replace without one is."),
      "never-shown": must("Neither the answer nor the next read contains a password member."),
    },
    cites: [cite("D20", "Update a specific user (PUT)"), cite("PLAN", "C9302"), cite("RFC7643", "4.1.1")],
    request: 'PUT /Users/{id} with the whole user and "password": "<new>"',
    goodAnswer: "200 without a password member.",
    consequence:
      "The new password does not work in the application (QA case C9302), or leaks into logs and imports.",
    remedy: "Accept password in PUT, hash it, and leave it out of every answer.",
  }),
  define("OKTA-PASSWORD-02", {
    statement: "With password sync a catalogue app sends the password with a PATCH.",
    flow: "update",
    okta: "oin",
    claims: {
      accepted: may("A path-less replace of password answers 200 with the user, or 204."),
      "never-shown": may("Neither the answer nor the next read contains a password member."),
      "profile-kept": may("After a PATCH of password, userName, name and emails are as they were before."),
    },
    cites: [cite("D20", "Update a specific user (PATCH)"), cite("D11", "Update a specific user (PATCH)")],
    request:
      'PATCH /Users/{id}; the body is not documented, by analogy {"op": "replace", "value": {"password": "<new>"}}',
    goodAnswer: "200 without a password member, or 204; nothing else changed.",
    consequence: "The new password does not work in the application.",
    remedy: "Accept password as a key of a path-less replace, hash it, and leave it out of every answer.",
  }),
];
