import type { Behaviour } from "../../model/behaviour.ts";
import { define, must, should } from "../define.ts";
import { cite, github, githubPull } from "../documents.ts";

/** PATCH of a person, which only catalogue apps send (okta-behaviors.md 3.8). */
export const patch: readonly Behaviour[] = [
  define("OKTA-PATCH-01", {
    statement: "Catalogue apps use PATCH on users for three purposes: activate, deactivate and password.",
    flow: "deactivate",
    okta: "oin",
    versions: ["2.0", "1.1"],
    claims: {},
    cites: [cite("D20", "Update a specific user (PATCH)"), cite("KB-TESTAPP"), cite("FAQ")],
    request: "PATCH /Users/{id}",
    goodAnswer: "See the behaviours on deactivation and passwords.",
    consequence:
      "All other changes arrive as PUT, so that a server with PATCH alone misses every profile change.",
    remedy: "Implement both PUT and PATCH for users.",
    notJudged:
      "It says what Okta sends; what the server does with it is judged by OKTA-PATCH-02, OKTA-REACT-01 and OKTA-PUT-01.",
  }),
  define("OKTA-PATCH-02", {
    statement: "The PATCH of a catalogue app has no path; its value is an object of attributes.",
    flow: "deactivate",
    okta: "oin",
    claims: {
      answer: must("A replace of active without a path answers 200 with the user, or 204 without a body."),
      inactive: must("After a path-less replace with active: false a read shows active false."),
    },
    cites: [
      cite("D20", "Update a specific user (PATCH)"),
      cite("T-CRUD20", "step 8"),
      github("Metatavu/keycloak-scim-server", 95),
    ],
    request: 'PATCH /Users/{id} with {"op": "replace", "value": {"active": false}}',
    goodAnswer: "200 with the user or 204; active is false afterwards.",
    consequence:
      "An error leaves a failed task. Worse is a success without effect: Okta shows the person as deprovisioned, who still has access.",
    remedy: "When an operation has no path, apply each key of its value object as if it had been the path.",
  }),
  define("OKTA-PATCH-03", {
    statement: "In SCIM 1.1 a PATCH is a partial user, not a list of operations.",
    flow: "deactivate",
    okta: "oin",
    versions: ["1.1"],
    claims: {},
    cites: [cite("D11", "Update a specific user (PATCH)"), cite("D19")],
    request: 'PATCH /Users/{id} with {"schemas": ["urn:scim:schemas:core:1.0"], "id": "…", "active": false}',
    goodAnswer: "200 with the user, or 204.",
    consequence: "As with OKTA-PATCH-02: the person keeps access.",
    remedy: "Accept a partial user as the body of a PATCH in SCIM 1.1.",
    notJudged: "SCIM 1.1 is not replayed yet.",
  }),
  define("OKTA-PATCH-04", {
    statement: "Okta does not find out whether a server supports PATCH; it is a setting.",
    flow: "deactivate",
    okta: "oin",
    claims: {
      offered: should("A PATCH of a user is not answered with 501 (not implemented)."),
    },
    cites: [
      githubPull("oktadeveloper/okta-blog-archive", 1956),
      cite("D19"),
      github("unitycatalog/unitycatalog", 423),
    ],
    request: "PATCH /Users/{id} to a server that answers 501",
    goodAnswer: "Support PATCH, or have the integration set to PUT.",
    consequence: "There is no second attempt with PUT: the administrator gets a task to deprovision by hand.",
    remedy: "Implement PATCH, or ask Okta to set the integration to PUT.",
  }),
  define("OKTA-PATCH-05", {
    statement: "Attributes that the PATCH does not name stay as they were.",
    flow: "deactivate",
    okta: "oin",
    claims: {
      "profile-kept": must("After a PATCH of active, userName, name and emails are as they were before."),
      "memberships-kept": should("After a PATCH of active, the user is still a member of the same groups."),
    },
    cites: [cite("RFC7644", "3.5.2.3"), cite("D20", "Update a specific user (PATCH)")],
    request:
      'PATCH /Users/{id} with {"op": "replace", "value": {"active": false}} on a user with a full profile',
    goodAnswer: "Only active (and meta) differ afterwards.",
    consequence: "The profile is lost with the deactivation, and the person comes back as a stranger.",
    remedy: "Change only the attributes the value object names; it is not the whole resource.",
  }),
];
