import type { Behaviour } from "../../model/behaviour.ts";
import { define, field, must, should } from "../define.ts";
import { cite, github } from "../documents.ts";

/** Credentials, and what is answered to wrong ones (OKTA-AUTH). */
export const authentication: readonly Behaviour[] = [
  define("OKTA-AUTH-01", {
    statement: "A wrong credential gets 401 as a SCIM error.",
    flow: "authentication",
    claims: {
      refused: must("A look-up with `Authorization: non-token` is answered with 401."),
      explained: must(
        "The refusal is a SCIM error: the Error URN, a `status` of 401, and a `detail` that is not empty.",
      ),
      "not-connected": must("The credential test does not succeed with a wrong credential."),
    },
    cites: [cite("T-SPEC20", "step 11"), cite("PLAN", "C9340"), cite("RFC7644", "3.12")],
    request: 'GET /Users?filter=userName eq "<x>" with Authorization: non-token',
    goodAnswer: '401 with `{"schemas":[…Error],"status":"401","detail":"…"}`.',
    consequence:
      "Fails a required step of Okta's published test. If the credential test succeeds with it, unusable settings are saved.",
    remedy:
      "Check the credential first, and let the gateway or framework that refuses it write a SCIM error instead of an empty or HTML page.",
  }),
  define("OKTA-AUTH-02", {
    statement: "A request without a credential is refused before anything else is looked at.",
    flow: "authentication",
    versions: ["2.0", "1.1"],
    claims: {
      closed: must(
        "Without `Authorization`, neither the list of users nor a single user is given out: the answer is 401 or 403, and no redirect.",
      ),
      "before-other-checks": must(
        "An unknown `id` or an incomplete body does not change that: the answer is still 401 or 403, never 404, 400 or 409.",
      ),
      "nothing-written": must("A create without a credential makes nobody."),
      unauthorized: should("The answer is 401 rather than 403."),
    },
    cites: [cite("PREP", "Authentication"), cite("RFC7644", "3.12"), cite("RFC9110", "15.5.2")],
    request: "GET /Users, GET /Users/{id} and POST /Users without Authorization",
    goodAnswer: "401 with a SCIM error.",
    consequence:
      "Okta rules out anonymous access. A redirect to a sign-in page shows as invalid JSON; a 404 or 409 tells strangers who has an account.",
    remedy: "Put the check of the credential in front of routing, validation and look-ups.",
  }),
  define("OKTA-AUTH-03", {
    statement: "The token comes with `Bearer`, or as the administrator typed it.",
    flow: "authentication",
    versions: ["2.0", "1.1"],
    claims: {
      accepted: field("The credential, sent as Okta sends it for this kind of app, is accepted."),
      "doubled-bearer": field(
        "A token pasted together with its prefix, so that `Bearer Bearer` is sent, is either refused with 401 or served: nothing else.",
      ),
      "doubled-bearer-explained": field("If it is refused, the refusal is a SCIM error with a `detail`."),
    },
    cites: [
      cite("OIN", "Authentication"),
      cite("CAP-LAB"),
      github("snipe/snipe-it", 13901),
      cite("RFC9110", "11.4"),
    ],
    request:
      "Authorization: Bearer <token>; Authorization: <token>; by mistake Authorization: Bearer Bearer <token>",
    goodAnswer: "200 for the credential as documented; 401 for a malformed one.",
    consequence:
      "An administrator who pastes the token in the wrong form sees 401, and searches long for the reason when the answer does not say it.",
    remedy:
      "Say in the documentation which form is needed, match the scheme's name without regard to case, and name the mistake in `detail`.",
  }),
  define("OKTA-AUTH-04", {
    statement: "Basic authentication is plain RFC 7617.",
    flow: "authentication",
    versions: ["2.0", "1.1"],
    claims: {
      "wrong-refused": should("An invented user name and password are answered with 401 (or 403)."),
    },
    cites: [cite("PREP", "Authentication"), cite("CONN"), cite("OINREQ"), cite("RFC7617", "2")],
    request: "Authorization: Basic base64(user:password)",
    goodAnswer: "200 for right values, 401 for wrong ones.",
    consequence:
      "Available for private integrations only. A server that lets any Basic credential in is open to everybody.",
    remedy: "Compare user name and password, or refuse the scheme; never treat its presence as proof.",
  }),
  define("OKTA-AUTH-05", {
    statement: "OAuth 2.0 means the authorization code grant.",
    flow: "authentication",
    versions: ["2.0", "1.1"],
    claims: {},
    cites: [cite("PREP", "Authentication"), cite("OIN", "OAuth 2.0"), cite("DF-6711")],
    request: "Authorization: Bearer <access token>, obtained through a browser",
    goodAnswer: "200 for a valid token, 401 for an expired one.",
    consequence:
      "Client credentials and password grants are not available. Without a refresh token an administrator has to authorise again by hand.",
    remedy: "Offer the authorization code grant with refresh tokens, and answer an expired token with 401.",
    notJudged:
      "The grant runs through a browser and an administrator's consent; scim-check only sends the token it is given.",
  }),
];
