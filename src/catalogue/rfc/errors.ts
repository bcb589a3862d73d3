import type { Behaviour } from "../../model/behaviour.ts";
import { define, may, must, should } from "../define.ts";
import { cite } from "../documents.ts";

/** What a refusal looks like by RFC 7644 section 3.12, and what has to be refused. */
export const errorsByRfc: readonly Behaviour[] = [
  define("RFC7644-3.12-01", {
    statement: "A refusal's body is a SCIM error in every part.",
    flow: "errors",
    claims: {
      schema: must("Every refusal with a body has the Error URN in `schemas`."),
      status: must("Its `status` is there and equals the HTTP status."),
      "status-text": must("Its `status` is a JSON string. Okta takes a number as well."),
      word: should("Its `scimType`, where there is one, is a word that RFC 7644 defines."),
    },
    cites: [cite("RFC7644", "3.12")],
    request: "Requests that have to be refused with 400, 401, 404 and 409",
    goodAnswer: '`{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"404","detail":"…"}`.',
    consequence:
      "Typed clients cannot read the error and report something else. Okta reads `detail` and takes either form of `status`.",
    remedy:
      "Write every error in one place, with `status` as text, and use that for what the framework refuses too.",
  }),
  define("RFC7644-3.12-02", {
    statement: "`scimType` tells what kind of mistake a 400 is about.",
    flow: "errors",
    claims: {
      "invalid-syntax": should("A body that cannot be parsed is refused with `invalidSyntax`."),
      "invalid-value": should("A user without a userName is refused with `invalidValue`."),
      "invalid-filter": should("A filter that cannot be parsed is refused with `invalidFilter`."),
    },
    cites: [cite("RFC7644", "3.12")],
    request: "POST /Users with half a body, and without userName; GET /Users?filter=userName",
    goodAnswer: '400 with `"scimType": "invalidSyntax"` and so on.',
    consequence: "A client can only guess what to correct. Okta shows `detail` and does not read the word.",
    remedy: "Give each refusal the word of RFC 7644 table 9 that fits.",
  }),
  define("RFC7644-3.12-03", {
    statement: "A body that cannot be understood is answered with 400.",
    flow: "errors",
    claims: {
      unparsable: must("A body that is not JSON is answered with 400."),
      "empty-body": must("A create without a body is answered with 400."),
      "no-resource": must("A create whose body is JSON but no object is answered with 400."),
      "wrong-type": must("A create with a text where an object belongs (`name`) is answered with 400."),
    },
    cites: [cite("RFC7644", "3.12")],
    request: "POST /Users with broken JSON, nothing, an array, and `name` as text",
    goodAnswer: "400 with a SCIM error.",
    consequence:
      "With 5xx the client tries again what can never succeed; with success it believes in a user who is not there. Okta sends whole bodies.",
    remedy: "Check what was parsed before using it, and answer 400 to everything that does not fit.",
  }),
  define("RFC7643-3-01", {
    statement: "`schemas` of a request is read.",
    flow: "errors",
    claims: {
      "without-schemas": should("A create without `schemas` is refused with 400, or tolerated."),
      "without-schemas-refused": may("It is refused."),
      "unknown-urn": must(
        "A URN that is no schema of the resource is refused, or not shown by what was created.",
      ),
      "repeated-urn": must("A URN that was sent twice is not shown twice."),
    },
    cites: [cite("RFC7643", "3")],
    request: "POST /Users without schemas, with an unknown URN, with the core URN twice",
    goodAnswer: "400, or 201 with `schemas` as the resource really has them.",
    consequence:
      "Clients look for attributes of schemas that the server does not have. Okta sends the right URNs.",
    remedy: "Compute `schemas` from what you store instead of echoing it.",
  }),
  define("RFC7644-3.12-04", {
    statement: "What the configuration says is unsupported is refused.",
    flow: "optional-parts",
    claims: {
      bulk: should("Without support for bulk, POST /Bulk is answered with 501 or 4xx."),
      patch: should("Without support for PATCH, PATCH of a user is answered with 501 or 4xx."),
    },
    cites: [cite("RFC7644", "3.12"), cite("RFC7643", "5")],
    request: "POST /Bulk and PATCH /Users/{id} where /ServiceProviderConfig says no",
    goodAnswer: "501 with a SCIM error.",
    consequence:
      "A false success makes a client believe that its changes were made. Okta uses no bulk requests.",
    remedy: "Answer 501 to everything you do not offer.",
  }),
  define("RFC7644-3.12-05", {
    statement: "A mistake of the client is no error of the server.",
    flow: "errors",
    claims: {
      "no-server-errors": must("None of the faulty requests is answered with 500 to 599, 501 and 503 apart."),
      "no-internals": must("No refusal shows a stack trace or a piece of SQL."),
    },
    cites: [cite("RFC7644", "3.12"), cite("RFC7644", "7.5")],
    request: "All the faulty requests of this part",
    goodAnswer: "4xx with a sentence for people.",
    consequence:
      "A 500 is tried again without end, and a trace tells an attacker what is inside. Okta shows `detail` to administrators.",
    remedy:
      "Catch what goes wrong at the door: known mistakes as 4xx, everything else as 500 with a fixed text.",
  }),
  define("RFC7643-9.2-01", {
    statement: "A refusal does not repeat secrets.",
    flow: "errors",
    claims: {
      password: must("The refusal of a create does not contain the password that was sent."),
      token: must("The refusal of a wrong token does not contain that token."),
    },
    cites: [cite("RFC7643", "9.2"), cite("RFC7644", "7.5.2")],
    request: "POST /Users with a password and a userName that is taken; GET with an invented token",
    goodAnswer: "A `detail` that names the attribute, not its value.",
    consequence: "Secrets end up in logs and, with Okta, on an administrator's screen.",
    remedy: "Never put values of the request into error texts without looking at what they are.",
  }),
  define("RFC7644-3.12-06", {
    statement: "An address where nothing is gets 404 with a SCIM error.",
    flow: "errors",
    claims: { "unknown-endpoint": should("An unknown endpoint is answered with 404 and a SCIM error.") },
    cites: [cite("RFC7644", "3.12")],
    request: "GET /NoSuchResource",
    goodAnswer: "404 with a SCIM error.",
    consequence:
      "Clients read the start page of an application as an answer. Okta asks for no unknown addresses.",
    remedy: "Let the SCIM part answer for everything below its base URL.",
  }),
];
