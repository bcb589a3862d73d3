import type { Behaviour } from "../../model/behaviour.ts";
import { define, must } from "../define.ts";
import { cite, githubPull } from "../documents.ts";

/** Reading one person by id (okta-behaviors.md 3.6). */
export const read: readonly Behaviour[] = [
  define("OKTA-READ-01", {
    statement: "A person is read by id, before each update and to see whether the account still exists.",
    flow: "read",
    claims: {
      "same-id": must("A read by id answers 200 with the user of that id."),
      "minimum-profile": must(
        "The user read has id, userName, name.givenName, name.familyName, active and an email address.",
      ),
    },
    cites: [cite("T-SPEC20", "step 2"), cite("D20", "Retrieve a specific user")],
    request: "GET /Users/{id}",
    goodAnswer: "200 with the whole user.",
    consequence: "Okta builds its update from this answer; without it no change reaches the application.",
    remedy: "Serve GET /Users/{id} with the same representation as the create and the list.",
  }),
  define("OKTA-READ-02", {
    statement: "An unknown id is answered with 404 and a SCIM error.",
    flow: "read",
    claims: {
      "not-found": must("A read of an id that nobody has answers 404."),
      "scim-error": must("The 404 carries a SCIM error: the Error URN, a detail and the status 404."),
    },
    cites: [cite("T-SPEC20", "steps 4 and 12"), cite("RFC7644", "3.12")],
    request: "GET /Users/00919288221112222",
    goodAnswer:
      '404 with {"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "detail": "…", "status": "404"}',
    consequence:
      "Steps 4 and 12 of Okta's published test fail. With another status Okta cannot tell a person who is gone from a server in trouble.",
    remedy: "Answer 404 for unknown ids with a flat SCIM error object at the root of the body.",
  }),
  define("OKTA-READ-03", {
    statement: "An id that cannot be one of the server's is answered with 404 as well.",
    flow: "read",
    claims: {
      "not-found": must("A read of an id of thirty digits answers 404, not 400 or 500."),
    },
    cites: [cite("T-SPEC20", "step 4"), githubPull("sourcegraph/sourcegraph", 49393)],
    request: "GET /Users/010101001010101011001010101011",
    goodAnswer: "404 with a SCIM error.",
    consequence: "Step 4 of Okta's published test fails.",
    remedy: "Catch the overflow of a numeric key and the parse error of a UUID, and treat both as not found.",
  }),
];
