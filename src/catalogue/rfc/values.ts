import type { Behaviour } from "../../model/behaviour.ts";
import { define, may, must, should } from "../define.ts";
import { cite } from "../documents.ts";

/** How values are read, kept and shown (RFC 7643 section 2). */
export const values: readonly Behaviour[] = [
  define("RFC7643-2.1-01", {
    statement: "Attribute names in a body may be in any letter case.",
    flow: "create",
    claims: {
      read: must("A create with `Name` and `GIVENNAME` stores what one with name and givenName stores."),
    },
    cites: [cite("RFC7643", "2.1")],
    request: 'POST /Users with "Name": {"GIVENNAME": …}',
    goodAnswer: "201 with name.givenName.",
    consequence: "Attributes are lost without a word. Okta writes names as the RFC does.",
    remedy: "Look keys up without regard to letter case.",
  }),
  define("RFC7643-2.4-01", {
    statement: "At most one value is primary, and each value is there once.",
    flow: "create",
    claims: {
      "one-primary": must("A user created with two primary addresses is refused, or shown with at most one."),
      "each-once": should("An address that was sent twice with the same type is not shown twice."),
    },
    cites: [cite("RFC7643", "2.4")],
    request: "POST /Users with two primary emails, and with the same email twice",
    goodAnswer: "400, or 201 with one primary and each address once.",
    consequence:
      "Clients take one of two primary addresses by chance. Okta takes the primary one into the profile.",
    remedy: "Take the mark from the others when a value becomes primary, and merge equal values.",
  }),
  define("RFC7643-2.5-01", {
    statement: "null, an empty array and absence mean the same.",
    flow: "create",
    claims: {
      accepted: must("A create with null and [] for optional attributes is accepted like one without them."),
      unassigned: must("The attributes are shown empty or not at all."),
    },
    cites: [cite("RFC7643", "2.5")],
    request: 'POST /Users with "nickName": null, "phoneNumbers": []',
    goodAnswer: "201 without the two.",
    consequence: "Clients that write every attribute they know are refused. Okta sends `groups: []`.",
    remedy: "Drop null and [] while the body is read.",
  }),
  define("RFC7643-4.1.2-02", {
    statement: "Addresses and countries keep the form RFC 7643 gives them.",
    flow: "reading",
    claims: {
      email: should("Every email shown has the form of an address."),
      country: should("A country that was sent as two letters is shown as two letters."),
    },
    cites: [cite("RFC7643", "4.1.2")],
    request: 'POST /Users with emails and "addresses": [{"country": "DE", …}], then GET',
    goodAnswer: "The same values.",
    consequence: "Clients reject the user they read. Okta writes back what it read.",
    remedy: "Store the codes, not the names they stand for.",
  }),
  define("RFC7643-2.3.7-01", {
    statement: "References are addresses that lead to what they refer to.",
    flow: "reading",
    claims: {
      member: must("A `$ref` of a member is the address of that user."),
      group: must("A `$ref` in groups of a user is the address of that group."),
    },
    cites: [cite("RFC7643", "2.3.7"), cite("RFC7643", "2.4")],
    request: "GET of a group with a member, and of that member",
    goodAnswer: '`{"value": "2819c223", "$ref": "https://example.com/v2/Users/2819c223"}`.',
    consequence: "Clients that follow references end in 404. Okta uses `value`.",
    remedy: "Build references with the function that builds meta.location, or leave them out.",
  }),
  define("RFC7643-2.3.2-01", {
    statement: "A boolean sent as text is understood, or refused.",
    flow: "create",
    claims: {
      answered: may('`primary: "True"`, as Entra ID sends it, is accepted or refused with 400.'),
      boolean: may("If it is accepted, it is shown as a boolean."),
    },
    cites: [cite("RFC7643", "2.3.2")],
    request: 'POST /Users with "emails": [{"primary": "True", …}]',
    goodAnswer: "201 with primary true, or 400.",
    consequence: "Texts in place of booleans break clients. Okta sends booleans.",
    remedy: 'Read "True" and "False" as booleans, or answer 400.',
  }),
];
