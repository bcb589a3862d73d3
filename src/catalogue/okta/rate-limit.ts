import type { Behaviour } from "../../model/behaviour.ts";
import { define, must, should } from "../define.ts";
import { cite, githubPull } from "../documents.ts";

const UND = cite("UND", "Handle SCIM server rate limiting (HTTP 429)");

/** What a server does when Okta sends more than it can take (okta-behaviors.md 3.19). */
export const rateLimit: readonly Behaviour[] = [
  define("OKTA-RATE-01", {
    statement: "A 429 pauses Okta's task instead of failing it.",
    flow: "rate-limit",
    versions: ["2.0", "1.1"],
    claims: {
      status: must(
        "What a burst was too much for is refused with 429, not with 403, a 503 with Retry-After, or a success that carries an error.",
      ),
      "scim-error": should("A 429 has a SCIM error in its body."),
    },
    cites: [UND, githubPull("okta/okta-developer-docs", 6043), cite("RFC6585", "4"), cite("RFC7644", "3.12")],
    request: "A burst of look-ups and creates",
    goodAnswer: "429 with Retry-After and a SCIM error for what is too much.",
    consequence:
      "Okta reschedules the task by itself after a 429 only. After another error the task fails, and an administrator has to retry it.",
    remedy:
      "Let the limiter answer 429 with a SCIM error, also where it sits in a gateway in front of the service.",
  }),
  define("OKTA-RATE-02", {
    statement: "Retry-After says how long Okta waits, to the second.",
    flow: "rate-limit",
    versions: ["2.0", "1.1"],
    claims: {
      given: must("Every 429 carries Retry-After."),
      honest: should("A request sent when the time of Retry-After is over is not refused with 429 again."),
    },
    cites: [UND, cite("RFC6585", "4"), cite("RFC9110", "10.2.3")],
    request: "Any request that is answered 429",
    goodAnswer: "Retry-After: 2, and room for requests after two seconds.",
    consequence:
      "Okta waits precisely that long. A value too small costs one of its ten attempts, a value too large delays people's access.",
    remedy: "Send the seconds until your limiter lets the next request through, rounded up.",
  }),
  define("OKTA-RATE-03", {
    statement: "Any other form of Retry-After means five minutes to Okta.",
    flow: "rate-limit",
    versions: ["2.0", "1.1"],
    claims: {
      "whole-seconds": must(
        "A Retry-After of a 429 is a whole number of seconds, at least 1, and no date or fraction.",
      ),
    },
    cites: [UND, githubPull("okta/okta-developer-docs", 6043), cite("RFC9110", "10.2.3")],
    request: "Any request that is answered 429",
    goodAnswer: "Retry-After: 2",
    consequence:
      "With a date, a fraction or an empty value Okta's first retry comes after the default of five minutes, however soon the server was ready.",
    remedy: "Write delay-seconds, not an HTTP date, although HTTP permits both.",
  }),
  define("OKTA-RATE-04", {
    statement: "Each further 429 doubles Okta's wait, and the tenth failure is final.",
    flow: "rate-limit",
    versions: ["2.0", "1.1"],
    claims: {},
    cites: [UND, githubPull("okta/okta-developer-docs", 6043)],
    request: "The same request again after the wait",
    goodAnswer: "The limiter lets a request through well before the tenth attempt.",
    consequence: "After ten attempts the task fails for good, and an administrator has to act.",
    remedy: "Choose limits that a waiting client gets through, and do not count refused requests against it.",
    notJudged:
      "Ten attempts with doubling waits take many hours, and a burst of ours would not show how Okta's other traffic fares.",
  }),
  define("OKTA-RATE-05", {
    statement: "Bursts are normal.",
    flow: "rate-limit",
    versions: ["2.0", "1.1"],
    claims: {
      "answered-or-429": should(
        "Each request of a burst gets the answer it would get alone, or a 429: no 5xx, no dropped connection, no HTML.",
      ),
      "distinct-ids": should("People who are created at the same time get different ids."),
    },
    cites: [cite("D19"), cite("KB-RATE")],
    request: "Many look-ups and creates at the same time, as when a group of hundreds is assigned to the app",
    goodAnswer: "200 and 201 throughout, or 429 with Retry-After where it is too much.",
    consequence: "Assignments fail one by one, each with its own error, and have to be retried by hand.",
    remedy:
      "Put a limiter before the first resource that runs out (connections, memory), and issue ids from one sequence or as UUIDs.",
  }),
  define("OKTA-RATE-06", {
    statement: "A refused request has no effect.",
    flow: "rate-limit",
    versions: ["2.0", "1.1"],
    claims: {
      "no-effect": must("A look-up after a create that was refused with 429 finds nobody of that userName."),
      "retry-created": must(
        "The same create, sent again after the wait, answers 201, and the person exists once.",
      ),
    },
    cites: [UND],
    request: "POST /Users that was answered 429; after the wait a look-up, and the same POST again",
    goodAnswer: "The look-up finds nobody, and the second POST answers 201.",
    consequence:
      "The retry of a half-done create ends in a conflict, and the person is never linked to the account.",
    remedy: "Refuse before anything is written, and not in a layer behind the one that writes.",
  }),
];
