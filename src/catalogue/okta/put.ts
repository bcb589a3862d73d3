import type { Behaviour } from "../../model/behaviour.ts";
import { define, must, should } from "../define.ts";
import { cite } from "../documents.ts";

/** Updating a person with PUT, which both kinds of app do for profiles (okta-behaviors.md 3.7). */
export const put: readonly Behaviour[] = [
  define("OKTA-PUT-01", {
    statement: "A profile change is a read followed by a replace of the whole user.",
    flow: "update",
    claims: {
      answer: must("The replace answers 200 with the updated user, under the same id."),
      stored: must("A read after the replace shows the change."),
    },
    cites: [
      cite("T-CRUD20", "step 6"),
      cite("D20", "Update a specific user (PUT)"),
      cite("RFC7644", "3.5.1"),
    ],
    request: "GET /Users/{id}, then PUT /Users/{id} with the object that was read and the changed attributes",
    goodAnswer: "200 with the updated user; the next GET shows the new values.",
    consequence: "The change is lost, or the task fails, and the application shows yesterday's profile.",
    remedy:
      "Implement PUT /Users/{id} as a replace that answers 200 with the user, for every kind of integration.",
  }),
  define("OKTA-PUT-02", {
    statement: "The replace brings back what the server itself had shown, read-only members included.",
    flow: "update",
    claims: {
      accepted: must("A replace with the server's own id, schemas, meta and further members is accepted."),
      "id-kept": must("After such a replace the user is read under the id it had."),
    },
    cites: [cite("D20", "Update a specific user (PUT)"), cite("RFC7644", "3.5.1"), cite("D19")],
    request: "PUT /Users/{id} with the body of GET /Users/{id}, in which only the changed attributes differ",
    goodAnswer: "200; read-only members are ignored.",
    consequence: "A server that calls its own meta or id read-only blocks every update.",
    remedy: "Drop id, meta, groups and other read-only members from the body before you validate it.",
  }),
  define("OKTA-PUT-03", {
    statement: "Every update carries the full mapped profile, and Okta's values win.",
    flow: "update",
    claims: {
      "profile-taken": must(
        "After a replace that changes given name, family name and email, a read shows all three as sent.",
      ),
    },
    cites: [cite("KB-PARTIAL"), cite("CONN"), cite("RFC7644", "3.5.1")],
    request: "PUT /Users/{id} with every mapped attribute, changed or not",
    goodAnswer: "200; all mapped attributes have Okta's values, also those edited in the application before.",
    consequence: "Profiles drift apart, and nobody notices, since Okta has recorded a success.",
    remedy: "Apply every attribute of the body; do not keep an old value because it was edited by hand.",
  }),
  define("OKTA-PUT-04", {
    statement: "Attributes that were cleared in Okta are not refused.",
    flow: "update",
    claims: {
      "empty-text": should('A replace with "" for optional attributes is accepted where one without it is.'),
      "null-value": should(
        "A replace with null for an optional attribute is accepted where one without it is.",
      ),
      "empty-on-create": should(
        'A create with "" for optional attributes is accepted where one with values is.',
      ),
      cleared: should('An attribute replaced with "" is empty or absent in the next read.'),
    },
    cites: [cite("PLAN", "C9337"), cite("RFC7643", "2.5")],
    request: 'PUT /Users/{id} with "title": "" or "title": null, and name.middleName ""',
    goodAnswer: "200; the attribute is empty, null or absent afterwards.",
    consequence: "QA case C9337 fails: one cleared field stops all other changes of the person.",
    remedy: 'Treat "", null and an absent optional attribute alike: unassigned.',
  }),
  define("OKTA-PUT-05", {
    statement: "The userName can change under the same id.",
    flow: "update",
    claims: {
      accepted: must("A replace with another, free userName is accepted."),
      "found-by-new-name": must("A look-up of the new userName finds the user under the same id."),
      "old-name-gone": must("A look-up of the old userName finds nobody."),
    },
    cites: [cite("PREP", "Base attributes"), cite("CONN")],
    request: "PUT /Users/{id} with another userName and email address",
    goodAnswer: "200 with the same id; the new name is found, the old one is not.",
    consequence:
      "People who marry or move to another mail domain are stuck; the administrator has to exclude userName from updates. A stale old name links the next person of that name to this account.",
    remedy: "Key everything by id, and let userName change as long as it stays unique.",
  }),
  define("OKTA-PUT-06", {
    statement: "A replace of an unknown id creates nobody.",
    flow: "update",
    claims: {
      "creates-nobody": must("After a replace of an unknown id, a look-up of its userName finds nobody."),
      "not-found": should("The replace of an unknown id answers 404 with a SCIM error."),
    },
    cites: [cite("RFC7644", "3.5.1"), cite("RFC7644", "3.12")],
    request: "PUT /Users/<unknown id>",
    goodAnswer: "404 with a SCIM error; nothing was created.",
    consequence:
      "A phantom account appears that Okta does not know, so that nobody ever deactivates it. What Okta does with another status is not documented.",
    remedy: "Look the id up first and answer 404; PUT never creates in SCIM.",
  }),
  define("OKTA-PUT-07", {
    statement: "A change of the profile leaves the active state alone.",
    flow: "update",
    claims: {
      "active-kept": should(
        "A user who was active is not inactive after a replace with the state the server showed.",
      ),
    },
    cites: [cite("UND"), cite("V-DELINEA")],
    request:
      "PUT /Users/{id} of an active user, with active as the GET had it, or without where the GET had none",
    goodAnswer: "200; active is as it was.",
    consequence: "A simple change of a name suspends the person.",
    remedy: "Show active in every representation, and do not read its absence in a PUT as a deactivation.",
  }),
];
