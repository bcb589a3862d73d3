import type { Behaviour } from "../../model/behaviour.ts";
import { define, must, should } from "../define.ts";
import { cite } from "../documents.ts";

/** Paging and sorting of lists, beyond the pages that Okta's import reads. */
export const reading: readonly Behaviour[] = [
  define("RFC7644-3.4.2.4-01", {
    statement: "A count of zero asks for the number alone.",
    flow: "reading",
    claims: {
      "zero-empty": must("With `count=0` no resources are shown."),
      "zero-total": must("`totalResults` still counts what there is."),
      "negative-empty": must("A negative count means zero: a list without resources."),
    },
    cites: [cite("RFC7644", "3.4.2.4")],
    request: "GET /Users?count=0 and GET /Users?count=-1",
    goodAnswer: '200 with `"totalResults": 42` and no resources.',
    consequence: "Clients that only want to count read everybody. Okta asks for 2 or 100.",
    remedy: "Distinguish a count of 0 from no count, and treat what is below as 0.",
  }),
  define("RFC7644-3.4.2.4-02", {
    statement: "startIndex and count work alone, and outside their range.",
    flow: "reading",
    claims: {
      "below-one": must("A startIndex of 0 or less means 1."),
      "start-index-alone": must("startIndex without count is answered with a list."),
      "count-alone": must("count without startIndex is answered with a list of at most that many."),
      "count-too-high": should("A count beyond the server's limit is cut down, not refused."),
    },
    cites: [cite("RFC7644", "3.4.2.4")],
    request:
      "GET /Users?startIndex=0&count=2, ?startIndex=1, ?count=2, ?count=1000000 (with a filter for one user)",
    goodAnswer: "200 with a list each time.",
    consequence:
      "Clients that count from 0 or ask for everything get an error. Okta counts from 1 and asks for 100.",
    remedy: "Clamp both numbers instead of refusing them.",
  }),
  define("RFC7644-3.4.2.3-01", {
    statement: "Where sorting is offered, it sorts as the attribute compares.",
    flow: "reading",
    claims: {
      ascending: must("sortBy without sortOrder sorts ascending."),
      descending: must("sortOrder=descending turns the order round."),
      "letter-case": must("userName is sorted without regard to letter case."),
      "never-an-error": should(
        "Whether offered or not, sortBy is answered with a list or a client error (or 501).",
      ),
    },
    cites: [cite("RFC7644", "3.4.2.3")],
    request: "GET /Users?filter=…&sortBy=userName&sortOrder=descending",
    goodAnswer: "The users in that order; without support, in any.",
    consequence: "Lists in a user interface are out of order. Okta does not sort.",
    remedy: "Sort by the folded value where the attribute is not case-exact, or do not claim sorting.",
  }),
  define("RFC7643-4.1.2-03", {
    statement: "groups of a user, where it is shown, follows the groups.",
    flow: "reading",
    claims: {
      joined: should("A member's groups has the group."),
      left: should("After the group is deleted it has it no more."),
    },
    cites: [cite("RFC7643", "4.1.2")],
    request: "POST /Groups with a member, GET the user, DELETE the group, GET the user",
    goodAnswer: "The group, then not. A server may leave groups out.",
    consequence: "Clients see rights that somebody does not have. Okta does not read it.",
    remedy: "Compute groups from the members of groups instead of storing it twice.",
  }),
];
