import type { Behaviour } from "../../model/behaviour.ts";
import { define, must } from "../define.ts";
import { cite, githubPull } from "../documents.ts";

/** Renaming a pushed group (okta-behaviors.md 3.15). */
export const groupRename: readonly Behaviour[] = [
  define("OKTA-GROUP-RENAME-01", {
    statement: "A catalogue app renames with a path-less replace that repeats the id.",
    flow: "group-push",
    okta: "oin",
    claims: {
      answer: must("The rename answers 200 with the group, or 204."),
      renamed: must("A read under the same id shows the new name."),
      "members-kept": must("The members are the same as before."),
    },
    cites: [cite("D20", "Update a specific Group name"), cite("D19"), cite("RFC7644", "3.5.2.3")],
    request:
      'PATCH /Groups/{id} with {"op": "replace", "value": {"id": "<id>", "displayName": "<new name>"}}',
    goodAnswer: "200 with the group or 204; the name is new, id and members are not.",
    consequence:
      "A server that takes the repeated id for an attempt to change a read-only attribute refuses every rename, and with it every change of membership.",
    remedy: "Ignore id in the value; the path has said which group is meant.",
  }),
  define("OKTA-GROUP-RENAME-02", {
    statement: "The same request accompanies each change of membership.",
    flow: "group-push",
    okta: "oin",
    claims: {
      idempotent: must("A rename to the name that the group has answers 200 or 204."),
      "then-members": must("The change of membership that follows it takes effect."),
    },
    cites: [cite("D20", "Update a specific Group name")],
    request: "PATCH /Groups/{id} with the present name, before the request that changes members",
    goodAnswer: "200 with the group or 204, and nothing changes.",
    consequence:
      "A check for names already taken that finds the group itself stops all changes of membership.",
    remedy: "Leave the group itself out when you check whether the name is taken.",
  }),
  define("OKTA-GROUP-RENAME-03", {
    statement: "A custom app renames with the full PUT.",
    flow: "group-push",
    okta: "aiw",
    versions: ["2.0", "1.1"],
    claims: {
      answer: must("The replace with a new displayName answers 200."),
      renamed: must("A read under the same id shows the new name."),
      "members-kept": must("The members are those of the request."),
    },
    cites: [cite("D20", "Update a specific Group name"), cite("RFC7644", "3.5.1")],
    request: "PUT /Groups/{id} with a new displayName and the same members",
    goodAnswer: "200 with the group; new name, same members.",
    consequence: "The application goes on showing the old name, and the push mapping is in error.",
    remedy: "Key groups by id, and let the name change.",
  }),
  define("OKTA-GROUP-RENAME-04", {
    statement: "A rename is sent only where the option to rename app groups is on.",
    flow: "group-push",
    versions: ["2.0", "1.1"],
    claims: {},
    cites: [cite("PLAN", "C9313 to C9315, C9330"), githubPull("okta/okta-developer-docs", 1023)],
    request: "None when it is off",
    goodAnswer: "Nothing is asked of the server.",
    consequence: "An old name in the application may be a setting rather than a fault.",
    remedy: "Look at the group push settings in Okta first.",
    notJudged: "It says when Okta sends no request.",
  }),
];
