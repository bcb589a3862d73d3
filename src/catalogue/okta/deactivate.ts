import type { Behaviour } from "../../model/behaviour.ts";
import { define, must, should } from "../define.ts";
import { cite, githubPull } from "../documents.ts";

/** Taking access away and giving it back (okta-behaviors.md 3.9). */
export const deactivate: readonly Behaviour[] = [
  define("OKTA-DEACT-01", {
    statement: "A custom app takes access away with a replace of the whole user whose active is false.",
    flow: "deactivate",
    okta: "aiw",
    claims: {
      answer: must("The replace with active: false is accepted."),
      inactive: must("After it a read by the same id answers 200 with active false."),
      "profile-kept": must("After it userName, name and emails are as they were before."),
    },
    cites: [cite("D20", "Delete users"), cite("T-CRUD20", "steps 8 and 13"), cite("PLAN", "C9292")],
    request: "GET /Users/{id}, then PUT /Users/{id} with the object that was read and active: false",
    goodAnswer: "200; the user can still be read, with active false and the same profile.",
    consequence:
      "Somebody who lost the assignment or left the company keeps access. Step 8 of Okta's CRUD test fails.",
    remedy: "Read active in PUT just as in PATCH; deactivate the account, do not delete it.",
  }),
  define("OKTA-DEACT-02", {
    statement: "Suspending somebody in Okta sends nothing to the application.",
    flow: "deactivate",
    claims: {},
    cites: [cite("D20", "Delete users"), cite("PLAN", "C9295")],
    request: "None",
    goodAnswer: "Nothing is asked of the server.",
    consequence:
      "Administrators who expect a suspension to reach the application have to deactivate or unassign.",
    remedy: "Nothing to change in the server; say so in your setup guide.",
    notJudged: "Okta sends no request that could be judged.",
  }),
  define("OKTA-DEACT-03", {
    statement: "active is a JSON boolean, also when it is false.",
    flow: "deactivate",
    claims: {
      "boolean-when-active": must("An active user is shown with the boolean true."),
      "boolean-when-inactive": must(
        "An inactive user is shown with the boolean false, not without active or with a text.",
      ),
      "boolean-in-lists": must("Users shown in lists carry active as a boolean."),
    },
    cites: [cite("PREP", "Base attributes"), cite("FAQ"), cite("T-SPEC20", "steps 1 and 2")],
    request: "GET /Users/{id} and GET /Users?filter=… of active and inactive users",
    goodAnswer: '"active": true or "active": false',
    consequence:
      'With "true" as a text, or without active, Okta cannot compare the state: imports take inactive people for active ones, and the published test fails.',
    remedy:
      "Serialize active as a boolean in every representation; take care that your serializer does not drop false.",
  }),
  define("OKTA-DEACT-04", {
    statement: "A write that is repeated does no harm.",
    flow: "deactivate",
    claims: {
      "same-answer": should("The same write sent again is accepted like the first time."),
      "same-state": should("After the repeated write a read shows the same state as after the first."),
    },
    cites: [cite("UND"), cite("CAP-LAB")],
    request: "The same PUT, or the same PATCH with active: false, twice",
    goodAnswer: "The same success twice, and the same user afterwards.",
    consequence:
      "Forced syncs, and retries after a timeout or a 429, send a request again. A server that refuses the second one leaves tasks in error that had succeeded.",
    remedy: "Treat a write that changes nothing as a success, without side effects such as mails.",
  }),
  define("OKTA-REACT-01", {
    statement: "Assigning a person again switches the same account back on.",
    flow: "deactivate",
    claims: {
      answer: must(
        "The write with active: true on an inactive user is accepted: a PUT, or a PATCH with 200 or 204.",
      ),
      "active-again": must("After it a read by the same id shows active true."),
      "profile-kept": must("After it userName, name and emails are those that were pushed."),
    },
    cites: [cite("T-CRUD20", "step 11"), cite("PLAN", "C9293"), githubPull("growthbook/growthbook", 1680)],
    request:
      'AIW: GET and PUT /Users/{id} with active: true; OIN: PATCH /Users/{id} with {"op": "replace", "value": {"active": true}}',
    goodAnswer: "200 (or 204 to a PATCH); the same id, active true, the same profile.",
    consequence: "People who come back have no access, or a second, empty account.",
    remedy:
      "Find inactive users by id and by userName, switch them on, and give back what makes access real: the seat, the membership, the sign-in.",
  }),
];
