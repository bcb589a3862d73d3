import type { Behaviour } from "../../model/behaviour.ts";
import { define, may, must, should } from "../define.ts";
import { cite } from "../documents.ts";

/** What schemas say (RFC 7643 section 7), and whether the server keeps to it. */
export const schemaHonesty: readonly Behaviour[] = [
  define("RFC7643-7-01", {
    statement: "Schemas are written in the words and names that RFC 7643 defines.",
    flow: "discovery",
    claims: {
      words: must("type, mutability, returned and uniqueness have values of RFC 7643 section 7 only."),
      names: must(
        "Names of attributes begin with a letter and go on with letters, digits, $, - and _; `$ref` is the exception.",
      ),
      "no-nesting": must("No part of a complex attribute is complex itself."),
    },
    cites: [cite("RFC7643", "7"), cite("RFC7643", "2.1"), cite("RFC7643", "2.3.8")],
    request: "GET /Schemas",
    goodAnswer: '`{"name":"userName","type":"string","mutability":"readWrite","returned":"default",…}`.',
    consequence:
      "Clients that build their model from the schema stop at the first unknown word. Okta does not depend on it.",
    remedy: "Validate your schemas against section 7 in a test of your own.",
  }),
  define("RFC7643-4.1.1-01", {
    statement: "userName is declared as what it is.",
    flow: "discovery",
    claims: {
      declared: must(
        "userName is declared required, not case-exact, and unique on the server (or globally).",
      ),
    },
    cites: [cite("RFC7643", "4.1.1"), cite("RFC7643", "8.7.1")],
    request: "GET /Schemas",
    goodAnswer: '`{"name":"userName","required":true,"caseExact":false,"uniqueness":"server",…}`.',
    consequence:
      "Clients look up names in the wrong letter case. Okta relies on the behaviour, not on the declaration.",
    remedy: "Declare the three traits, and behave that way.",
  }),
  define("RFC7643-4.1.2-01", {
    statement: "groups of a user is declared read-only.",
    flow: "discovery",
    claims: { "read-only": must("Where the User schema declares groups, its mutability is readOnly.") },
    cites: [cite("RFC7643", "4.1.2")],
    request: "GET /Schemas",
    goodAnswer: '`{"name":"groups","mutability":"readOnly",…}`.',
    consequence: "Clients try to change memberships through the user. Okta writes members of groups.",
    remedy: "Declare groups readOnly; change memberships through the group.",
  }),
  define("RFC7643-4.2-11", {
    statement: "A group's displayName may be declared required.",
    flow: "discovery",
    claims: {
      required: may(
        "displayName of Group is declared required. Section 4.2 says so, the sample schema of 8.7.1 does not.",
      ),
    },
    cites: [cite("RFC7643", "4.2"), cite("RFC7643", "8.7.1")],
    request: "GET /Schemas",
    goodAnswer: "Either; the RFC contradicts itself.",
    consequence: "None that is known. Okta always sends the name.",
    remedy: "Declare it required if you refuse groups without a name.",
  }),
  define("RFC7643-4.3-01", {
    statement: "The enterprise extension has the attributes of RFC 7643.",
    flow: "discovery",
    claims: {
      attributes: may(
        "employeeNumber, costCenter, organization, division, department and manager are declared.",
      ),
    },
    cites: [cite("RFC7643", "4.3")],
    request: "GET /Schemas",
    goodAnswer: "All six, where the extension is offered.",
    consequence: "Attributes that clients map by default go nowhere.",
    remedy: "Declare, and store, the whole extension.",
  }),
  define("RFC7643-7-02", {
    statement: "The server does what its schema says.",
    flow: "discovery",
    claims: {
      "optional-is-optional": must(
        "A user with all attributes that the schema declares required is accepted.",
      ),
      "writable-is-stored": should(
        "Simple attributes that are declared readWrite, and were sent, are shown by the next read. RFC 7644 section 3.3 leaves a server free to ignore them.",
      ),
    },
    cites: [cite("RFC7643", "7"), cite("RFC7643", "2.2"), cite("RFC7644", "3.3")],
    request: "GET /Schemas, POST /Users, GET /Users/{id}",
    goodAnswer: "201, and a read with what was sent.",
    consequence:
      "Clients map attributes that are lost silently, or are refused for want of ones nobody told them of.",
    remedy: "Declare what you store and demand; leave out of the schema what you ignore.",
  }),
  define("RFC7643-7-03", {
    statement: "What a resource shows is declared, and has the declared type.",
    flow: "discovery",
    claims: {
      attributes: must("Every attribute that a user shows is declared by one of the schemas the user names."),
      types: must(
        "Every value has the JSON type of its declaration: booleans, integers, date-times, objects, arrays.",
      ),
    },
    cites: [cite("RFC7643", "3"), cite("RFC7643", "2.3"), cite("RFC7643", "7")],
    request: "GET /Schemas and GET /Users/{id}",
    goodAnswer: "Attributes of the schema, custom ones below the URN of an extension.",
    consequence: "Typed clients cannot read the user. Okta ignores attributes that it did not map.",
    remedy: "Put attributes of your own into an extension that you list at /Schemas.",
  }),
  define("RFC7643-7-04", {
    statement: "The attributes an identity provider maps can be discovered.",
    flow: "discovery",
    claims: {
      mapped: may("The User schema declares userName, both names, emails, displayName and active."),
    },
    cites: [cite("RFC7644", "4"), cite("RFC7643", "4.1")],
    request: "GET /Schemas",
    goodAnswer: "A User schema with all of them.",
    consequence: "Attributes have to be mapped by hand. Okta maps from its own templates.",
    remedy: "Declare every attribute you store.",
  }),
  define("RFC7643-7-05", {
    statement: "password is never shown, whatever is asked for.",
    flow: "reading",
    claims: {
      "asked-for": must("A read with `attributes=password` does not show it."),
      searched: must("Neither does a search by POST that asks for it."),
      written: must("Nor does the answer to a PUT or PATCH."),
    },
    cites: [cite("RFC7643", "7"), cite("RFC7643", "4.1.1"), cite("RFC7644", "3.9")],
    request: "GET /Users/{id}?attributes=password, POST /Users/.search, PUT and PATCH with a password",
    goodAnswer: "The user without any password.",
    consequence: "Whoever may read users can take their passwords, or break the hashes.",
    remedy: "Leave password out where resources are written as JSON, not where requests are read.",
  }),
  define("RFC7643-7-06", {
    statement: "Two users may share what is not declared unique.",
    flow: "create",
    claims: {
      accepted: must("A second user with the same displayName is created, unless that is declared unique."),
    },
    cites: [cite("RFC7643", "7"), cite("RFC7643", "8.7.1")],
    request: "POST /Users twice with one displayName and two userNames",
    goodAnswer: "201 both times.",
    consequence: "Namesakes cannot be provisioned, with Okta or anyone else.",
    remedy: "Demand uniqueness of userName only.",
  }),
];
