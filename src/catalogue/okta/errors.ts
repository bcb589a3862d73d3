import type { Behaviour } from "../../model/behaviour.ts";
import { define, field, must, should } from "../define.ts";
import { cite, github, githubPull } from "../documents.ts";

/** What an error looks like, and that there is one (OKTA-ERR). */
export const errors: readonly Behaviour[] = [
  define("OKTA-ERR-01", {
    statement: "An error is a flat SCIM error object.",
    flow: "errors",
    claims: {
      "not-found": must(
        "A 404 for an unknown user is a SCIM error at the root of the body: the Error URN, a `detail`, and `status` equal to the HTTP status, as text or number.",
      ),
      conflict: must("So is the refusal of a user name that is taken."),
      "bad-request": must("So is the refusal of a body that cannot be parsed."),
      unauthorized: must("So is the refusal of a wrong credential."),
    },
    cites: [
      cite("T-SPEC20", "steps 4, 11 and 12"),
      cite("D20", "Error messages"),
      cite("RFC7644", "3.12"),
      github("simpleidserver/SimpleIdServer", 227),
    ],
    request: "GET /Users/010101001010101011001010101011, and other requests that have to fail",
    goodAnswer: '`{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"detail":"…","status":"404"}`.',
    consequence:
      'A wrapper such as `{"error":{…}}` fails required steps of the published test, and the administrator is not told the reason.',
    remedy: "Write every error, including those of the framework, as a SCIM error at the root of the body.",
  }),
  define("OKTA-ERR-02", {
    statement: "An error without JSON turns into another error.",
    flow: "errors",
    claims: {
      "unknown-path": field("A 404 for a path that does not exist has a JSON body."),
      "wrong-method": field("The refusal of a method that a path does not have is JSON."),
      "wrong-media-type": field("The refusal of a media type that is not JSON is JSON."),
      "broken-body": field("The refusal of a body that cannot be parsed is JSON."),
    },
    cites: [
      cite("CAP-LAB"),
      githubPull("tuist/tuist", 11688),
      githubPull("Metatavu/keycloak-scim-server", 114),
    ],
    request: "Requests that frameworks and gateways refuse by themselves",
    goodAnswer: "The right status, with a SCIM error.",
    consequence: 'Okta shows "Bad Gateway … Invalid JSON: Unrecognized token" and hides what went wrong.',
    remedy:
      "Replace the error pages of the framework and of the gateway for the SCIM address by SCIM errors.",
  }),
  define("OKTA-ERR-03", {
    statement: "`detail` is what the administrator gets to read.",
    flow: "errors",
    versions: ["2.0", "1.1"],
    claims: {
      "says-something": should("The refusal of a user name that is taken has a `detail` in words."),
      "no-internals": should("The `detail` has no stack trace and no piece of SQL in it."),
      "not-cut-short": should(
        "A value that is too long is refused with a client error, or kept whole: never cut silently.",
      ),
    },
    cites: [cite("FAQ", "Error messages"), cite("KB-ERRORS"), github("better-auth/better-auth", 11111)],
    request: "POST /Users with a value that the application cannot accept, or a user name that is taken",
    goodAnswer: "400 or 409 with a sentence that names the attribute and the rule.",
    consequence:
      'The text is shown after "Errors reported by remote server:". Okta keeps no bodies and checks no values, so it is all there is.',
    remedy:
      "Write details for an administrator: which attribute, which rule. Check lengths instead of cutting.",
  }),
  define("OKTA-ERR-04", {
    statement: "A client error is not repeated by itself.",
    flow: "errors",
    versions: ["2.0", "1.1"],
    claims: {},
    cites: [github("fleetdm/fleet", 52600), cite("H-GP-TRB")],
    request: "No second request after a 400.",
    goodAnswer: "Nothing is asked of the server.",
    consequence: "The task stays in the error list until an administrator retries it.",
    remedy: "Answer 429 or 5xx, not 4xx, to what would succeed later; retries after 5xx are not documented.",
    notJudged: "It describes what Okta leaves undone after an error; a server has nothing to answer.",
  }),
  define("OKTA-ERR-05", {
    statement: "SCIM 1.1 errors use the `Errors` array.",
    flow: "errors",
    versions: ["1.1"],
    claims: {},
    cites: [cite("D11", "Error messages"), cite("T-SPEC11", "step 4")],
    request: "GET /Users/010101001010101011001010101011 in SCIM 1.1",
    goodAnswer:
      '`{"Errors":[{"description":"…","code":404}]}`; a `detail` at the root satisfies the 1.1 test too.',
    consequence: "The message is lost.",
    remedy: "Write errors of the 1.1 interface in its own shape.",
    notJudged: "SCIM 1.1 is not replayed yet.",
  }),
  define("OKTA-ERR-06", {
    statement: "A failure is never reported as success.",
    flow: "errors",
    // Only a catalogue app patches; what a custom app's PUT leaves behind is judged by OKTA-PUT.
    okta: "oin",
    versions: ["2.0", "1.1"],
    claims: {
      "unknown-operation": must("A PATCH with an operation that does not exist is refused."),
      "acknowledged-is-applied": must(
        "A PATCH that was acknowledged shows in the next read; one that cannot be done is refused.",
      ),
      "unknown-attribute": field(
        "A PATCH of an attribute that no schema has is refused, or stored and shown.",
      ),
    },
    cites: [github("goauthentik/authentik", 24173), github("fleetdm/fleet", 50724), cite("RFC7644", "3.5.2")],
    request: "PATCH /Users/{id} with something the server cannot do",
    goodAnswer: "4xx or 501 with a SCIM error.",
    consequence:
      "Okta does not read back after a write that succeeded: the difference stays until a full push, and nobody is told.",
    remedy:
      "Refuse what is not understood with 400, and what is not implemented with 501. Do not answer 200 or 204 to it.",
  }),
];
