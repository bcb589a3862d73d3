import type { Behaviour } from "../../model/behaviour.ts";
import { define, may, must, should } from "../define.ts";
import { cite } from "../documents.ts";

/** Credentials, media types and addresses as the RFCs ask for them, beside what Okta depends on. */
export const transportByRfc: readonly Behaviour[] = [
  define("RFC7644-7.2-01", {
    statement: "The service is reached over TLS.",
    flow: "transport",
    claims: { tls: must("The base URL is an HTTPS address. An address of this machine is exempt.") },
    cites: [cite("RFC7644", "7.2")],
    request: "Any request.",
    goodAnswer: "An answer over TLS.",
    consequence:
      "Tokens, names and passwords can be read on the way. Okta takes no base URL without HTTPS either.",
    remedy: "Put the service behind a TLS endpoint and give its HTTPS address to clients.",
  }),
  define("RFC7644-2-01", {
    statement: "A request without a valid credential is answered with 401.",
    flow: "authentication",
    claims: {
      without: must("A request without `Authorization` is answered with 401. Okta would take 403 as well."),
      "invented-basic": must("So is one with an invented user name and password."),
    },
    cites: [cite("RFC7644", "2"), cite("RFC7644", "3.12")],
    request: "GET /Users?startIndex=1&count=2 without Authorization, or with an invented Basic credential",
    goodAnswer: "401 with a SCIM error and WWW-Authenticate.",
    consequence:
      "Clients take 403 for a lack of rights and do not ask for a new token. Okta does not depend on the difference.",
    remedy: "Answer 401 where the credential is missing or wrong; keep 403 for what a valid one may not do.",
  }),
  define("RFC9110-11.6.1-01", {
    statement: "A 401 names the schemes that are accepted.",
    flow: "authentication",
    claims: { challenge: must("Every 401 has a `WWW-Authenticate` that begins with the name of a scheme.") },
    cites: [cite("RFC9110", "11.6.1"), cite("RFC7644", "2")],
    request: "GET /Users?startIndex=1&count=2 without Authorization, and with a wrong one",
    goodAnswer: '401 with `WWW-Authenticate: Bearer realm="scim"`.',
    consequence:
      "A client cannot tell how to identify itself. Okta is told by its administrator and does not ask.",
    remedy: "Send `WWW-Authenticate: Bearer` (or the scheme you use) with every 401.",
  }),
  define("RFC9110-11.1-01", {
    statement: "The name of an authentication scheme is compared without letter case.",
    flow: "authentication",
    claims: {
      "lower-case": must("The right credential under `bearer` (or `basic`) is accepted like under `Bearer`."),
    },
    cites: [cite("RFC9110", "11.1"), cite("RFC6750", "2.1")],
    request: "GET /Users?startIndex=1&count=2 with Authorization: bearer <token>",
    goodAnswer: "The same answer as with `Bearer`.",
    consequence: "Clients that write the scheme in lower case are locked out. Okta writes `Bearer`.",
    remedy: "Compare the scheme without regard to letter case, and only then the credential.",
  }),
  define("RFC7644-3.8-01", {
    statement: "Answers are labelled `application/scim+json`.",
    flow: "transport",
    claims: {
      "scim-label": should(
        "Lists, reads and creates are labelled `application/scim+json`, with or without parameters.",
      ),
      "json-label": should("They are labelled as SCIM or at least as JSON."),
      "error-label": should("So are errors: `application/scim+json` or `application/json`."),
    },
    cites: [cite("RFC7644", "3.1"), cite("RFC7644", "3.8"), cite("RFC7644", "8.1")],
    request: "GET /Users?startIndex=1&count=2, POST /Users, GET of an unknown user",
    goodAnswer: "Content-Type: application/scim+json;charset=utf-8",
    consequence:
      "Strict clients refuse to parse what has another label. What Okta accepts is not documented; JSON under either label works.",
    remedy: "Set the Content-Type of every answer with a body, errors included, to `application/scim+json`.",
  }),
  define("RFC7644-3.8-02", {
    statement: "A client gets SCIM JSON whether it asks for it, for JSON, or for nothing in particular.",
    flow: "transport",
    claims: {
      json: should("A GET with `Accept: application/json` is answered with 200 and JSON."),
      nothing: must("A GET without `Accept` is answered with 200 and JSON."),
    },
    cites: [cite("RFC7644", "3.8")],
    request: "GET /Users?startIndex=1&count=2 with Accept: application/json, and without Accept",
    goodAnswer: "200 with a ListResponse both times.",
    consequence:
      "Generic HTTP clients and scripts get 406 or a page of HTML. Okta sends `application/scim+json`.",
    remedy: "Make SCIM JSON the default representation, and let `application/json` stand for it.",
  }),
  define("RFC7644-3.8-03", {
    statement: "Bodies of PUT and PATCH labelled `application/scim+json` are parsed.",
    flow: "transport",
    claims: {
      put: must(
        "A PUT labelled `application/scim+json` is accepted where one labelled `application/json` is.",
      ),
      patch: must("So is a PATCH, unless PATCH is not offered at all (501)."),
    },
    cites: [cite("RFC7644", "3.8")],
    request: "PUT and PATCH /Users/{id} with Content-Type: application/scim+json",
    goodAnswer: "200 (or 204 for a PATCH).",
    consequence: "Creates work and updates fail. Okta labels every body this way.",
    remedy: "Register the media type `application/scim+json` with the JSON parser for every method.",
  }),
  define("RFC7644-3.8-04", {
    statement: "Text is UTF-8, with every character there is.",
    flow: "transport",
    claims: {
      kept: must("A name with characters outside the basic plane that was accepted is shown unchanged."),
    },
    cites: [cite("RFC7644", "3.8"), cite("RFC7643", "2.3.1")],
    request: 'POST /Users with familyName "𠮷野 Åkesson 😀", then GET',
    goodAnswer: "The same code points.",
    consequence: "Names are cut or turned into question marks, and written back damaged by the next update.",
    remedy: "Use four-byte UTF-8 in the database as well (`utf8mb4` in MySQL).",
  }),
  define("RFC9110-15.5.6-01", {
    statement: "A method that a resource does not have is refused as such.",
    flow: "transport",
    claims: {
      "status-405": should(
        "A PATCH of the collection of users is answered with 405. RFC 7644 does not ask for this status.",
      ),
      allow: should("If it is 405, `Allow` lists the methods there are."),
    },
    cites: [cite("RFC9110", "15.5.6")],
    request: "PATCH /Users with no operations",
    goodAnswer: "405 with `Allow: GET, POST`.",
    consequence: "Clients cannot tell a wrong address from a wrong method. Okta sends no such request.",
    remedy: "Answer 405 with `Allow` where the address exists and the method does not.",
  }),
  define("RFC7644-3.13-01", {
    statement: "A version in the path is served as that version, or refused.",
    flow: "transport",
    claims: {
      refused: must(
        "A path with a version nobody has defined, `/v9/Users`, is not answered with a list of users.",
      ),
    },
    cites: [cite("RFC7644", "3.13")],
    request: "GET /v9/Users?startIndex=1&count=2 below the base URL",
    goodAnswer: "404 with a SCIM error.",
    consequence:
      "A client believes that it speaks another version than it does. Okta sends no version of its own.",
    remedy: "Refuse path segments you do not know instead of ignoring them.",
  }),
  define("RFC7644-3.6-11", {
    statement: "A DELETE needs no `Content-Type`, and does not mind one.",
    flow: "transport",
    claims: {
      "with-content-type": may("A DELETE with `Content-Type` and no body is accepted like one without."),
      "without-accept": may("So is a DELETE without `Accept`."),
    },
    cites: [cite("RFC7644", "3.6")],
    request: "DELETE /Users/{id} with Content-Type, and without Accept",
    goodAnswer: "204 each time.",
    consequence: "Libraries that label every request get 415 for a DELETE. Okta deletes no users.",
    remedy: "Look at `Content-Type` only when a request has a body.",
  }),
];
