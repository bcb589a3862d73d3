import type { Behaviour } from "../../model/behaviour.ts";
import { define, field, must, should } from "../define.ts";
import { cite, githubPull } from "../documents.ts";

/** What a server does with a person Okta creates (okta-behaviors.md 3.4). */
export const create: readonly Behaviour[] = [
  define("OKTA-CREATE-01", {
    statement: "A person is created from the core user that Okta posts.",
    flow: "create",
    claims: {
      created: must("The create answers 201."),
      "whole-user": must(
        "The answer to the create is the user: id, userName, both names, active and an email address.",
      ),
      "with-meta": should("A read of the created user shows meta with the resource type User."),
    },
    cites: [cite("D20", "Create users"), cite("T-SPEC20", "step 6"), cite("RFC7644", "3.3")],
    request:
      "POST /Users with schemas, userName, name, one primary work email, displayName, locale, externalId, groups: [], password and active: true",
    goodAnswer: "201 with the whole new user in the body. Attributes the server adds of its own are welcome.",
    consequence:
      "Any error but 429 ends the attempt: the assignment shows an error, and the person has no account until an administrator retries.",
    remedy:
      "Accept exactly the members Okta sends, ignore what you do not store, and answer 201 with the user as a GET would show it.",
  }),
  define("OKTA-CREATE-02", {
    statement: "In SCIM 1.1 a create differs in its schema URN and in the form of the locale.",
    flow: "create",
    versions: ["1.1"],
    claims: {},
    cites: [cite("D11", "Create users")],
    request: 'POST /Users with schemas ["urn:scim:schemas:core:1.0"] and locale "en_US"',
    goodAnswer: "201 with the user under the 1.0 URN, and meta with created, lastModified and version.",
    consequence: "As with OKTA-CREATE-01: the assignment ends in an error.",
    remedy: "Serve SCIM 1.1 below a path of its own, with the URN and the media type of that version.",
    notJudged: "SCIM 1.1 is not replayed yet.",
  }),
  define("OKTA-CREATE-03", {
    statement: "The answer to a create has a body.",
    flow: "create",
    claims: {
      "body-with-id": must("A successful create answers a JSON object with an id, never an empty body."),
    },
    cites: [cite("D20", "Create users"), cite("D11", "Create users")],
    request: "POST /Users",
    goodAnswer: "201 with the new user in the body.",
    consequence:
      "Okta calls the answer invalid and reports that automatic provisioning failed because the create returned an empty user, although the account exists.",
    remedy: "Send the new user back in the 201; a Location header alone is not enough for Okta.",
  }),
  define("OKTA-CREATE-04", {
    statement: "The server gives every person an id of its own, a text that stays the same everywhere.",
    flow: "create",
    claims: {
      text: must("The id of a new user is a JSON string that is not empty."),
      "same-everywhere": must("The create, a read by id and a look-up by userName all show the same id."),
      "one-each": must("Two users have different ids."),
      "no-bulk-id": must("The id does not contain the reserved word bulkId."),
    },
    cites: [cite("PREP", "Base attributes"), cite("RFC7643", "3.1"), cite("T-SPEC20", "step 6")],
    request: 'POST /Users, then GET /Users/{id} and GET /Users?filter=userName eq "…"',
    goodAnswer: "The same non-empty string in all answers.",
    consequence:
      "Okta keeps this id and puts it into the path of every later request. If it changes, updates and deactivations end in 404 or hit the wrong account.",
    remedy:
      "Issue an immutable identifier (a UUID, or the primary key as a text), independent of userName and email, and send it as a JSON string.",
  }),
  define("OKTA-CREATE-05", {
    statement: "The created user comes back unchanged, letter case included.",
    flow: "create",
    claims: {
      active: must("A user created with active: true is shown with active: true."),
      "names-unchanged": must("name.givenName and name.familyName are the ones that were sent."),
      "user-name-unchanged": must("userName is shown in the letter case in which it was sent."),
      "core-schema": must("schemas of the created user contains the core User URN."),
    },
    cites: [cite("T-SPEC20", "step 6"), githubPull("PostHog/posthog", 42253)],
    request: "POST /Users with a userName in mixed case",
    goodAnswer: "201 with userName, name.givenName and name.familyName exactly as sent, and active true.",
    consequence: "Step 6 of Okta's published test fails, and with it the submission to the catalogue.",
    remedy:
      "Keep userName as it was written. For uniqueness and look-up compare a folded copy in a column of its own.",
  }),
  define("OKTA-CREATE-06", {
    statement: "A person who was just created can be read.",
    flow: "create",
    claims: {
      readable: must("A read by the id of the 201 answers 200."),
      "same-names": must("That read shows the userName, given name and family name of the create."),
    },
    cites: [cite("T-SPEC20", "step 7")],
    request: "GET /Users/{id} after the 201",
    goodAnswer: "200 with the user as it was created.",
    consequence:
      "Step 7 of Okta's published test fails. In life, Okta reads before each update and finds nobody.",
    remedy: "Answer 201 once the user can be read, or read from where you write.",
  }),
  define("OKTA-CREATE-07", {
    statement: "The four base attributes are stored.",
    flow: "create",
    claims: {
      names: must("After a create, a read shows the userName, name.givenName and name.familyName sent."),
      email: must("After a create, a read shows the email address sent, in emails."),
    },
    cites: [cite("PREP", "Base attributes"), cite("FAQ")],
    request: "POST /Users, then GET /Users/{id}",
    goodAnswer: "userName, name.givenName, name.familyName and emails as they were sent.",
    consequence: "Import mapping and profile comparison in Okta work on empty or foreign values.",
    remedy:
      "Store userName, name.givenName, name.familyName and emails, and show them in every representation.",
  }),
  define("OKTA-CREATE-08", {
    statement: "A password is always in the create, wanted or not, and never comes back.",
    flow: "create",
    claims: {
      accepted: must("A create with a random password is accepted where the same create without one is."),
      "never-shown": must("No answer about a user contains a password member."),
    },
    cites: [cite("D20", "Create users"), cite("RFC7643", "4.1.1"), cite("CONN")],
    request: 'POST /Users with "password": "<random characters>", even with password sync switched off',
    goodAnswer: "201; the value is stored as a secret or ignored, and shown nowhere.",
    consequence:
      "A server that refuses the password cannot be provisioned at all. One that shows it, or its hash, gets it written back with the next update.",
    remedy:
      "Accept and ignore password when sign-on is federated, exempt it from your password policy, and leave it out of every answer.",
  }),
  define("OKTA-CREATE-09", {
    statement: "An empty groups array in a user is ignored.",
    flow: "create",
    claims: {
      accepted: must("A create with groups: [] is accepted where the same create without it is."),
      "membership-kept": should(
        "A replace of a user with groups: [] leaves the user's group memberships alone.",
      ),
    },
    cites: [cite("D20", "Create users"), cite("RFC7643", "4.1.2"), cite("RFC7644", "3.5.1")],
    request: 'POST and PUT of a user with "groups": []',
    goodAnswer: "The same success as without it; memberships are as before.",
    consequence:
      "A strict server refuses every create. A careless one throws people out of their groups with each profile update.",
    remedy: "groups of a user is read-only: drop it from the body before you validate or apply it.",
  }),
  define("OKTA-CREATE-10", {
    statement: "externalId carries Okta's user id; it is kept when sent, and not demanded when not.",
    flow: "create",
    claims: {
      stored: should("An externalId that was sent is shown by the create and by a later read."),
      optional: must("A create without an externalId is accepted."),
    },
    cites: [cite("T-SPEC20", "step 6"), cite("D20", "Create users")],
    request: 'POST /Users with "externalId": "00u…", and POST /Users without it',
    goodAnswer: "201 both times; the given value comes back unchanged.",
    consequence:
      "A server that insists on externalId fails step 6 of Okta's published test. One that loses it still works, since Okta links by id, but other tools cannot correlate.",
    remedy:
      "Store externalId as an optional text and show it; do not make it unique together with anything else.",
  }),
  define("OKTA-CREATE-11", {
    statement: "emails is an array, and the entry marked primary is the one that counts.",
    flow: "create",
    claims: {
      array: must("emails is shown as an array of objects, each with a value that is not empty."),
      "primary-kept": must("The address sent as primary is shown with primary: true."),
    },
    cites: [cite("FAQ", "SCIM technical questions"), cite("T-SPEC20", "step 1")],
    request: '"emails": [{"primary": true, "value": "…", "type": "work"}]',
    goodAnswer: "emails with one object that has the value sent and primary: true.",
    consequence:
      "Okta takes the entry with primary: true into the profile; without one the import has no address, and a plain text or object breaks it.",
    remedy: "Show emails as an array of objects even if you hold a single address, and mark it primary.",
  }),
  define("OKTA-CREATE-12", {
    statement: "Enterprise and custom attributes arrive inside an object named after their schema's URN.",
    flow: "create",
    claims: {
      "enterprise-accepted": field(
        "A create with the enterprise extension is accepted where the same create without it is.",
      ),
      "custom-accepted": field(
        "A create with an extension unknown to the server is accepted where the same create without it is.",
      ),
      "same-place": field("What is shown of the enterprise extension stands below its URN, as it was sent."),
    },
    cites: [cite("CAP-LAB"), cite("KB-CUSTOM"), cite("RFC7643", "4.3")],
    request:
      'POST /Users with schemas [core, enterprise] and "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": …, "manager": {"value": …}}',
    goodAnswer: "201; supported attributes are shown below the same URN, others are left out.",
    consequence:
      "A refusal of the unknown schema stops the create until a customer unmaps the attributes one by one.",
    remedy: "Ignore extension objects and schema URNs you do not know instead of refusing the whole user.",
  }),
];
