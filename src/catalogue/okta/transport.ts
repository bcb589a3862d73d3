import type { Behaviour } from "../../model/behaviour.ts";
import { define, field, may, must, should } from "../define.ts";
import { cite, github, githubPull } from "../documents.ts";

/** Headers, media types, time and addresses (OKTA-HTTP). */
export const transport: readonly Behaviour[] = [
  define("OKTA-HTTP-01", {
    statement: "A body labelled `application/scim+json` is parsed.",
    flow: "transport",
    claims: {
      accepted: must("A create labelled `application/scim+json; charset=utf-8` succeeds."),
      parsed: must("The user it made has the user name that was in the body."),
    },
    cites: [cite("D19", "Create user"), cite("RFC7644", "3.8"), githubPull("koajs/bodyparser", 151)],
    request: "POST /Users with Content-Type: application/scim+json; charset=utf-8",
    goodAnswer: "201, and the user can be read back.",
    consequence:
      "The server sees an empty body: it complains about missing attributes, or crashes. This is a very common first failure of a new server, and no user is ever created.",
    remedy:
      "Register the media type `application/scim+json` with the JSON body parser, and let it ignore the `charset` parameter.",
  }),
  define("OKTA-HTTP-02", {
    statement: "A body labelled `application/json` is parsed as well.",
    flow: "transport",
    versions: ["2.0", "1.1"],
    claims: {
      accepted: must("A create labelled `application/json` succeeds."),
      parsed: must("The user it made has the user name that was in the body."),
    },
    cites: [cite("T-SPEC20", "step 6"), cite("D19")],
    request: "POST /Users with Content-Type: application/json, as Okta's published test sends it",
    goodAnswer: "201, and the user can be read back.",
    consequence:
      "A strict 415 fails the required create step of Okta's published test. SCIM 1.1 always uses this type.",
    remedy: "Accept `application/json` besides `application/scim+json` for every request body.",
  }),
  define("OKTA-HTTP-03", {
    statement: "A GET may or may not carry a `Content-Type`.",
    flow: "transport",
    versions: ["2.0", "1.1"],
    claims: {
      "without-content-type": must(
        "A GET without `Content-Type`, as the live client sends it, is answered with 200.",
      ),
      "with-content-type": must(
        "A GET with `Content-Type` and no body, as the published test sends it, is answered with 200.",
      ),
    },
    cites: [cite("T-SPEC20", "step 1"), cite("D19", "Request headers")],
    request: "GET /Users?count=1&startIndex=1, with and without Content-Type",
    goodAnswer: "200 both times.",
    consequence:
      "A server that demands the header refuses the live client; one that refuses it fails the published test.",
    remedy: "Look at `Content-Type` only when a request has a body.",
  }),
  define("OKTA-HTTP-04", {
    statement: "`Accept: application/scim+json` is honoured.",
    flow: "transport",
    claims: {
      accept: must("A GET with `Accept: application/scim+json` alone is answered with 200 and a JSON body."),
      "accept-with-charset": must("So is one with `Accept: application/scim+json; charset=utf-8`."),
      label: may(
        "The answer is labelled `application/scim+json` or `application/json`. How strict Okta is about this is not documented.",
      ),
    },
    cites: [cite("D20", "Request headers"), cite("T-SPEC20", "step 6"), cite("RFC7644", "3.8")],
    request: "GET /Users?startIndex=1&count=2 with Accept: application/scim+json",
    goodAnswer: "200 with a JSON body, labelled `application/scim+json`.",
    consequence: "A 406 shows as a failed connection test or a failed task.",
    remedy: "Let content negotiation know `application/scim+json`, with and without parameters.",
  }),
  define("OKTA-HTTP-05", {
    statement: "The client names itself, and is let in under that name.",
    flow: "transport",
    versions: ["2.0", "1.1"],
    claims: {
      "live-client": field(
        "A request named `Okta SCIM Client 1.0.0` is served wherever the same request under another name is.",
      ),
      "published-test": field(
        "So is one named `OKTA SCIM Integration`, as Okta's published test calls itself.",
      ),
    },
    cites: [cite("D20", "Request headers"), cite("CAP-MOCK"), github("bitwarden/server", 2919)],
    request: "GET /Users?startIndex=1&count=2 with User-Agent: Okta SCIM Client 1.0.0",
    goodAnswer: "The same answer as for any other agent.",
    consequence:
      "A firewall or bot filter that answers with a page of HTML makes Okta report invalid JSON, far from the cause.",
    remedy: "Let the agent pass firewalls and bot filters in front of the SCIM address.",
  }),
  define("OKTA-HTTP-06", {
    statement: "Every request is answered within 60 seconds.",
    flow: "transport",
    versions: ["2.0", "1.1"],
    claims: {
      "within-60-seconds": must("The whole answer arrives within 60 seconds."),
      "prompt-groups": may(
        "The list of groups arrives within 600 milliseconds, a soft limit of Okta's published test.",
      ),
    },
    cites: [cite("FAQ", "Timeouts"), cite("OIN-2021"), cite("T-SPEC20", "step 10")],
    request: "Any request.",
    goodAnswer: "A complete answer in far less than a minute.",
    consequence:
      "Okta closes the connection and the task fails. What the server goes on doing may collide with the next attempt.",
    remedy:
      "Keep slow work out of the request: index `userName`, do not load whole collections, and move side effects to a queue.",
  }),
  define("OKTA-HTTP-07", {
    statement: "`/Users` and `/Groups` are appended to the base URL and answer there.",
    flow: "transport",
    versions: ["2.0", "1.1"],
    claims: {
      "below-base": must(
        "The list of users and a single user are served right below the base URL, without a trailing slash.",
      ),
      "no-redirect": should(
        "Neither `/Users` nor `/Groups` sends the client elsewhere with a redirect. Whether Okta would follow is not documented.",
      ),
      "address-for-okta": may(
        "The base URL is one that Okta would take: HTTPS, no underscore, at most 1024 characters. A test system's address need not be.",
      ),
    },
    cites: [cite("PREP", "Base URL"), cite("OIN", "Base URL"), cite("RFC7644", "1.3")],
    request: "GET {base}/Users, {base}/Users/{id}, {base}/Groups",
    goodAnswer: "200 from exactly these addresses.",
    consequence:
      "Okta refuses an unsuitable base URL. A redirect from `/Users` to `/Users/` loses the body or the credential of a POST.",
    remedy:
      "Serve both forms of the path, or the one without a trailing slash, and configure no redirects for the SCIM address.",
  }),
  define("OKTA-HTTP-08", {
    statement: "Search by POST, Bulk, `/Me` and filters on the time of change are never used.",
    flow: "transport",
    versions: ["2.0", "1.1"],
    claims: {},
    cites: [cite("FAQ")],
    request: "None.",
    goodAnswer: "Nothing is asked of the server.",
    consequence: "None for Okta.",
    remedy: "Nothing has to be done for Okta; other clients may want these parts of RFC 7644.",
    notJudged: "Okta sends none of these requests, so a server has nothing to answer.",
  }),
];
