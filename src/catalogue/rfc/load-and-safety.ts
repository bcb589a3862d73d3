import type { Behaviour } from "../../model/behaviour.ts";
import { define, must, should } from "../define.ts";
import { cite } from "../documents.ts";

/** Requests that arrive together, and requests that probe. */
export const loadAndSafety: readonly Behaviour[] = [
  define("RFC7644-3.3-11", {
    statement: "Creates that arrive together do not disturb each other.",
    flow: "changing",
    claims: {
      different: must(
        "Creates of different users at the same time all answer 201, each with an id of its own.",
      ),
      same: must("Of creates of the same user at the same time exactly one answers 201."),
    },
    cites: [cite("RFC7644", "3.3"), cite("RFC7643", "4.1.1")],
    request: "Four POST /Users at once",
    goodAnswer: "201 each for different names; one 201 and 409 otherwise.",
    consequence: "An initial load loses people, or makes some twice. Okta sends many creates at once.",
    remedy: "Let the database decide uniqueness, by a unique index.",
  }),
  define("RFC7644-3.12-11", {
    statement: "Filters that are very long or deep are answered, and soon.",
    flow: "robustness",
    claims: {
      deep: should("A filter with many brackets is answered within 10 seconds, and not with 5xx."),
      long: should("So is a filter with a value of thousands of characters."),
    },
    cites: [cite("RFC7644", "3.12"), cite("RFC7644", "7")],
    request: "GET /Users?filter=((((… userName eq …))))",
    goodAnswer: "200 with an empty list, 400, 413 or 414.",
    consequence: "One request stops the service for everybody.",
    remedy: "Limit length and depth before you parse.",
  }),
  define("RFC7644-7.5.2-01", {
    statement: "Personal data in a filter is not passed on.",
    flow: "robustness",
    claims: {
      "no-redirect": should("A look-up is not answered with a redirect that repeats the filter."),
      "no-page": should("A look-up that is refused is not answered with a page that repeats its value."),
    },
    cites: [cite("RFC7644", "7.5.2")],
    request: 'GET /Users?filter=userName resembles "…"',
    goodAnswer: "A list, or a SCIM error in JSON.",
    consequence: "Names end in the logs of proxies and in pages of others.",
    remedy: "Answer API requests with JSON, and never with a redirect to a page.",
  }),
];
