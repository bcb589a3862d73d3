import type { Behaviour } from "../../model/behaviour.ts";
import { define, must, should } from "../define.ts";
import { cite } from "../documents.ts";

/** What a create has to do by the RFCs; how values are kept is in `values.ts`. */
export const creating: readonly Behaviour[] = [
  define("RFC7644-3.3-01", {
    statement: "A user name is enough to create a user.",
    flow: "create",
    claims: { minimal: should("A user with nothing but `schemas` and `userName` is created with 201.") },
    cites: [cite("RFC7644", "3.3"), cite("RFC7643", "4.1")],
    request: "POST /Users with schemas and userName only",
    goodAnswer: "201.",
    consequence:
      "Clients that know little of a person cannot create an account. Okta always sends names and an address.",
    remedy: "Make everything but userName optional, or declare in the schema what is not.",
  }),
  define("RFC7644-3.3-02", {
    statement: "The answer to a create tells the address of the new resource.",
    flow: "create",
    claims: {
      location: must("The 201 has a `Location`."),
      "in-body": should("Its body has the address in meta.location as well."),
      same: must("Both are the same address."),
      leads: must("The address in `Location` is one the resource is read at, with or without the version."),
      "in-body-leads": must("So is the address in meta.location."),
      "resource-type": must("meta.resourceType is `User`, in that letter case."),
    },
    cites: [
      cite("RFC7644", "3.3"),
      cite("RFC7644", "3.3.1"),
      cite("RFC7644", "3.13"),
      cite("RFC7643", "3.1"),
    ],
    request: "POST /Users, then GET /Users/{id}",
    goodAnswer:
      '201 with `Location: {base}/Users/{id}` and `"meta": {"resourceType": "User", "location": …}`.',
    consequence:
      "Clients that follow the address read nothing or somebody else. Okta puts the id into the path itself.",
    remedy: "Build the address in one place from the base URL that clients use, also behind a proxy.",
  }),
  define("RFC7643-3.1-01", {
    statement: "What only the server may set is ignored when a client sends it.",
    flow: "create",
    claims: {
      accepted: must("A create with an id and meta of its own is accepted like one without."),
      "own-id": must("The id of the new user is the server's, not the one sent."),
      "own-meta": must("So are meta.resourceType, meta.created and meta.location."),
    },
    cites: [cite("RFC7643", "3.1"), cite("RFC7644", "3.3")],
    request: 'POST /Users with "id": "…" and "meta": {"created": "1999-…", "resourceType": "Robot"}',
    goodAnswer: "201 with the server's own id and meta.",
    consequence:
      "A client could take over another's id, or date accounts back. Okta sends both back in each PUT.",
    remedy: "Drop read-only attributes from a body before anything else looks at it.",
  }),
  define("RFC7643-3.1-02", {
    statement: "meta tells when a resource was made and last changed.",
    flow: "create",
    claims: {
      form: must("meta.created and meta.lastModified, where shown, are date-times with both parts."),
      new: must("For a resource that was never changed they are the same."),
    },
    cites: [cite("RFC7643", "3.1"), cite("RFC7643", "2.3.5")],
    request: "POST /Users",
    goodAnswer: '`"created": "2026-01-23T04:56:22Z", "lastModified": "2026-01-23T04:56:22Z"`.',
    consequence:
      "Clients that read what changed since a moment miss it. Okta's cloud client always reads everything.",
    remedy: "Take one reading of the clock per request, and write it in the form of xsd:dateTime.",
  }),
  define("RFC7643-3.1-03", {
    statement: "Content-Location, where it is sent, agrees with meta.location.",
    flow: "reading",
    claims: { same: must("A `Content-Location` is the address in meta.location. Nobody has to send one.") },
    cites: [cite("RFC7643", "3.1")],
    request: "GET /Users/{id}",
    goodAnswer: "No Content-Location, or the right one.",
    consequence: "Two addresses for one resource. Okta reads neither.",
    remedy: "Write both from the same value, or leave the header out.",
  }),
  define("RFC7643-3.1-04", {
    statement: "externalId belongs to the client.",
    flow: "create",
    claims: {
      kept: must("An externalId that is shown is exactly the one that was sent."),
      "not-invented": must("A user created without an externalId has none."),
    },
    cites: [cite("RFC7643", "3.1")],
    request: "POST /Users with and without externalId, then GET",
    goodAnswer: "The same text, letter case included; nothing where nothing was sent.",
    consequence: "Clients that find their accounts by externalId lose them. Okta links by id.",
    remedy: "Keep the text as it is, and never fill it with your own key.",
  }),
  define("RFC7643-3-02", {
    statement: "schemas of a resource names what the resource consists of.",
    flow: "reading",
    claims: {
      named: must("`schemas` has the core User URN and the URN of every extension that is shown."),
      known: must("It has no URN that the resource type does not list."),
      filled: should("It has no URN of an extension of which nothing is shown."),
    },
    cites: [cite("RFC7643", "3"), cite("RFC7643", "3.3")],
    request: "GET /Users/{id} of users with and without the enterprise extension",
    goodAnswer: "The core URN, and the enterprise URN where there is such an object.",
    consequence: "Clients skip attributes whose schema is not named. Okta reads what it mapped.",
    remedy: "Compute `schemas` from what the answer holds.",
  }),
  define("RFC7644-3.3-03", {
    statement: "A user name is taken once, in any letter case.",
    flow: "create",
    claims: {
      "uniqueness-word": must("The 409 for a name that is taken has the scimType `uniqueness`."),
      "letter-case": must(
        "The same name in other letters is refused as well: with 409, or as a name the server does not take.",
      ),
      "one-created": must("Of creates that race each other, exactly one answers 201."),
      "others-conflict": must("The others answer 409."),
      "one-user": must("Afterwards there is one user of that name."),
    },
    cites: [cite("RFC7644", "3.3"), cite("RFC7643", "4.1.1")],
    request: "POST /Users again, in capitals, and several times at once",
    goodAnswer: "201 once, 409 with `uniqueness` otherwise.",
    consequence:
      "Accounts are doubled; which of them a look-up finds is luck. With Okta this happens when it retries.",
    remedy: "Put a unique index on the folded user name, and turn its violation into 409.",
  }),
  define("RFC7643-4.1.1-02", {
    statement: "Nobody is created without a user name.",
    flow: "create",
    claims: {
      missing: must("A create without userName is answered with 400."),
      empty: must("So is one with an empty userName."),
    },
    cites: [cite("RFC7643", "4.1.1"), cite("RFC7644", "3.12")],
    request: 'POST /Users without userName, and with ""',
    goodAnswer: "400 with scimType invalidValue.",
    consequence: "Accounts that nobody can find again. Okta always sends one.",
    remedy: "Refuse it before anything is stored.",
  }),
  define("RFC7643-4.1.1-03", {
    statement: "A user name that was accepted is kept and found, whatever is in it.",
    flow: "create",
    claims: {
      kept: must(
        "Names with an apostrophe, a plus sign, a space, an accent or 200 characters are shown as sent.",
      ),
      found: must("A filter finds each of them."),
    },
    cites: [cite("RFC7643", "4.1.1"), cite("RFC7644", "3.4.2.2")],
    request: 'POST /Users, then GET /Users?filter=userName eq "…"',
    goodAnswer: "201 and a list of one; or 400 for a name the server cannot take.",
    consequence:
      "The account exists and cannot be found: clients, Okta included, create it again and meet a conflict.",
    remedy:
      "Decode the query once, hand values to the database as parameters, and never cut or change a name.",
  }),
  define("RFC7643-4.1.1-04", {
    statement: "A user may be created inactive.",
    flow: "create",
    claims: {
      accepted: should("A create with active: false is accepted like one with true."),
      inactive: should("The user is shown inactive."),
    },
    cites: [cite("RFC7643", "4.1.1")],
    request: 'POST /Users with "active": false',
    goodAnswer: "201 with active false, and the same on the next read.",
    consequence: "People get access before they should. Okta creates active users.",
    remedy: "Take active from the body; true is only the default.",
  }),
  define("RFC7644-3.6-12", {
    statement: "The name of a deleted user is free again.",
    flow: "create",
    claims: { free: should("After a DELETE the same userName can be created again.") },
    cites: [cite("RFC7644", "3.6")],
    request: "POST, DELETE, and POST /Users with the same userName",
    goodAnswer: "201, 204, 201.",
    consequence: "People who come back cannot be provisioned. Okta deactivates instead of deleting.",
    remedy: "Leave deleted users out of the check for uniqueness.",
  }),
];
