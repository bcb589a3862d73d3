import type { Behaviour } from "../../model/behaviour.ts";
import { define, field, may, must, should } from "../define.ts";
import { cite, github, githubPull } from "../documents.ts";

/** Reading the whole application page by page (okta-behaviors.md 3.12). */
export const imports: readonly Behaviour[] = [
  define("OKTA-IMPORT-01", {
    statement: "Users are imported in pages of 100.",
    flow: "import",
    versions: ["2.0", "1.1"],
    claims: {
      list: must("The first page answers 200 with a ListResponse whose Resources is an array."),
      counters: must(
        "Those of totalResults, startIndex and itemsPerPage that the first page has are JSON integers.",
      ),
      "at-most-count": must("The first page holds no more users than were asked for."),
      identified: must("Every user on the first page has an id and a userName."),
    },
    cites: [cite("D20", "Retrieve Users"), cite("D11"), cite("RFC7644", "3.4.2.4")],
    request: "GET /Users?startIndex=1&count=100",
    goodAnswer: "200 with a ListResponse of up to 100 whole users and three integer counters.",
    consequence: "The import fails, or brings in nobody.",
    remedy:
      "Answer GET /Users without a filter with a ListResponse that honours startIndex and count; write the counters as numbers.",
  }),
  define("OKTA-IMPORT-02", {
    statement: "The next page starts 100 further on, for as long as totalResults exceeds what was read.",
    flow: "import",
    versions: ["2.0", "1.1"],
    claims: {
      "everyone-once": must(
        "Over all pages, read in steps of the page size, every provisioned user appears exactly once.",
      ),
      "exact-multiple": must(
        "The same holds where the number of users is an exact multiple of the page size.",
      ),
      "start-index-echoed": must("The startIndex of a page with users on it is the one that was asked for."),
      "whole-total": must("totalResults is the number of all users on every page, not that of the page."),
    },
    cites: [
      cite("D20", "Retrieve Users"),
      cite("RFC7644", "3.4.2.4"),
      githubPull("PostHog/posthog", 51441),
      github("better-auth/better-auth", 10398),
    ],
    request: "GET /Users?startIndex=101&count=100, then 201, 301, …",
    goodAnswer:
      "Pages that follow each other without a gap or an overlap; startIndex echoes the request and totalResults stays the same.",
    consequence:
      "Users beyond the first page are missed. Where the application is the profile source, Okta takes them for removed.",
    remedy:
      "Treat startIndex as the 1-based number of the first user wanted (offset = startIndex - 1), count as the page size, and compute totalResults without either.",
  }),
  define("OKTA-IMPORT-03", {
    statement: "The order is the same for every page request.",
    flow: "import",
    versions: ["2.0", "1.1"],
    claims: {
      "same-order": must("Two walks with the same page size show the provisioned users in the same order."),
      "same-order-other-count": must("A walk with another page size shows them in that order as well."),
    },
    cites: [cite("D20", "Retrieve Users"), cite("D11"), cite("RFC7644", "3.4.2.4")],
    request: "GET /Users page by page, twice, and once more with a smaller count",
    goodAnswer: "The ids of all pages, put together, are the same sequence each time.",
    consequence: "People are skipped or doubled in the import, others each time.",
    remedy:
      "Sort by something unique that does not change, such as the primary key, before you cut out the page.",
  }),
  define("OKTA-IMPORT-04", {
    statement: "A page past the end is an empty page with honest counters.",
    flow: "import",
    claims: {
      empty: must("A page that starts past the last user answers 200 with no users."),
      "items-per-page": must("Its itemsPerPage is 0."),
      total: must("Its totalResults is still the number of all users."),
      "start-index": should("Its startIndex is the one that was asked for."),
    },
    cites: [githubPull("ory/polis", 4054), cite("RFC7644", "3.4.2.4"), cite("D20", "Retrieve Users")],
    request: "GET /Users?startIndex=101&count=100 where there are fewer than 101 users",
    goodAnswer: "200 with Resources [], itemsPerPage 0, the real totalResults and startIndex 101.",
    consequence:
      "Okta's reviewers held back an integration whose server reported a non-zero itemsPerPage here.",
    remedy: "Compute itemsPerPage from the page that is sent, totalResults from the whole collection.",
  }),
  define("OKTA-IMPORT-05", {
    statement: "Inactive users are skipped by the import.",
    flow: "import",
    versions: ["2.0", "1.1"],
    claims: {
      "inactive-shown": must("Where a deactivated user is listed, it is listed with active false."),
      "active-shown": must("An active user is listed with active true."),
    },
    cites: [cite("PLAN", "C9303"), cite("UND"), cite("CAP-LAB")],
    request: "GET /Users?startIndex=1&count=100 on an application with deactivated users",
    goodAnswer: "Each listed user has active, and it tells the truth. Leaving out the inactive is fine.",
    consequence: "Okta imports people who have left, or passes over people who have not.",
    remedy: "Send active with every user, in lists as in single reads, from the same source.",
  }),
  define("OKTA-IMPORT-06", {
    statement: "Groups are imported the same way.",
    flow: "import",
    versions: ["2.0", "1.1"],
    claims: {
      list: must("The first page of groups answers 200 with a ListResponse whose Resources is an array."),
      counters: must("Those of totalResults, startIndex and itemsPerPage that it has are JSON integers."),
      listed: must("A group that exists is on exactly one page, with its id and displayName."),
      members: may("The members of a listed group are shown with it, where the server can afford it."),
    },
    cites: [cite("D20", "Retrieve Groups"), cite("D11"), cite("D19"), cite("PLAN", "C9338")],
    request: "GET /Groups?startIndex=1&count=100, then 101, …",
    goodAnswer: "200 with a ListResponse; each group has id and displayName, and members where affordable.",
    consequence: "Linking cannot offer the group; memberships of imported groups stay unknown.",
    remedy: "Give /Groups the same paging as /Users, and id and displayName in every entry.",
  }),
  define("OKTA-IMPORT-07", {
    statement: "A server may cap the page below 100, but how Okta goes on from there is unknown.",
    flow: "import",
    claims: {
      "full-page": field("A page of 100 holds 100 users where at least as many are left."),
      "honest-page-size": field("itemsPerPage is the number of users on the page."),
    },
    cites: [cite("D20", "Retrieve Users"), cite("V-AWS"), cite("RFC7644", "3.4.2.4")],
    request: "GET /Users?startIndex=1&count=100 on a server whose largest page is smaller",
    goodAnswer:
      "100 users. A smaller page is permitted by the RFC; then itemsPerPage has to say so and totalResults has to stay whole.",
    consequence:
      "Okta's reference only describes steps of 100. If it keeps to them, the users between the cap and 101 are never imported.",
    remedy: "Allow at least 100 users per page.",
  }),
  define("OKTA-IMPORT-08", {
    statement: "Imports from the cloud are always full ones.",
    flow: "import",
    versions: ["2.0", "1.1"],
    claims: {},
    cites: [cite("FAQ"), cite("D19")],
    request: "None with a filter on meta.lastModified",
    goodAnswer: "Nothing is asked of the server, except that listing everybody stays affordable.",
    consequence: "Hourly schedules are possible; a slow full listing then never comes to an end.",
    remedy: "Index what you sort by, and page in the database rather than in memory.",
    notJudged: "It says which request Okta does not send.",
  }),
  define("OKTA-IMPORT-09", {
    statement: "The on-premises agent can import incrementally.",
    flow: "import",
    versions: ["1.1"],
    claims: {},
    cites: [cite("H-OPP")],
    request: "GET /Users?filter=… (changed since) when OPP_SCIM_INCREMENTAL_IMPORTS is declared",
    goodAnswer: "Only the users that changed since the given time.",
    consequence: "A connector that declares the capability without the filter loses changes.",
    remedy: "Declare the capability only when the filter works.",
    notJudged: "SCIM 1.1 is not replayed yet, and no document shows the filter the agent sends.",
  }),
  define("OKTA-IMPORT-10", {
    statement: "A safeguard stops an import that would remove too many people.",
    flow: "import",
    versions: ["2.0", "1.1"],
    claims: {},
    cites: [cite("CONN")],
    request: "No request of its own",
    goodAnswer: "An internal error is answered with 5xx, never with 200 and an empty or shortened list.",
    consequence:
      "Above the threshold (20 % of the assignments unless changed) Okta halts the import; below it, people lose their assignment.",
    remedy: "Let a failing query fail the request.",
    notJudged:
      "The safeguard is inside Okta, and a client cannot bring about an internal error of the server.",
  }),
  define("OKTA-IMPORT-11", {
    statement: "Where schema import is switched on, /Schemas and /ResourceTypes are read.",
    flow: "import",
    claims: {
      schemas: field("GET /Schemas answers 200 with a ListResponse."),
      "resource-types": field("GET /ResourceTypes answers 200 with a ListResponse."),
    },
    cites: [cite("RN26"), cite("ENT"), cite("FAQ"), cite("RFC7644", "4")],
    request: "GET /Schemas and GET /ResourceTypes",
    goodAnswer: "A ListResponse each that describes the core user and the extensions.",
    consequence:
      "Custom attributes are not offered in Okta. Without entitlement management or the schema import of 2026 both endpoints stay unread.",
    remedy: "Serve both endpoints as the RFC describes them, wrapped in a ListResponse.",
  }),
];
