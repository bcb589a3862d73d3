import type { Behaviour } from "../../model/behaviour.ts";
import { define, must, should } from "../define.ts";
import { cite, githubPull } from "../documents.ts";

/** What happens when an administrator presses "Test Connector Configuration" (OKTA-CRED). */
export const credentials: readonly Behaviour[] = [
  define("OKTA-CRED-01", {
    statement: "The credential test reads the first two users and gets a list.",
    flow: "test-credentials",
    versions: ["2.0", "1.1"],
    claims: {
      answered: must("`GET /Users?startIndex=1&count=2` is answered with 200."),
      list: must(
        "The answer is a JSON object with the ListResponse URN in `schemas` and an array in `Resources`.",
      ),
    },
    cites: [cite("D11", "Test credentials: the parameters are constant"), cite("D19"), cite("V-DELINEA")],
    request: "GET /Users?startIndex=1&count=2",
    goodAnswer: "200 with a ListResponse whose `Resources` holds at most two users.",
    consequence:
      "The connection test fails. The credentials cannot be saved, and no provisioning setting becomes available.",
    remedy:
      "Answer the unfiltered, paged list of users with 200 and a complete ListResponse, for every credential that may provision.",
  }),
  define("OKTA-CRED-02", {
    statement: "A directory without users answers the credential test with a complete, empty list.",
    flow: "test-credentials",
    versions: ["2.0", "1.1"],
    claims: {
      "empty-list": must(
        "With no users the answer is 200 with `Resources` as an empty array: not missing, not null, no bare array.",
      ),
      "total-zero": must("`totalResults` is the number 0 when there are no users."),
    },
    cites: [cite("KB-NORESULTS"), cite("D20", "Determine if the user exists"), cite("RFC7644", "3.4.2")],
    request: "GET /Users?startIndex=1&count=2 on a tenant without users",
    goodAnswer:
      '200 with `{"schemas":[…ListResponse],"totalResults":0,"startIndex":1,"itemsPerPage":0,"Resources":[]}`.',
    consequence:
      'Okta reports "no results for users returned" and refuses the connection, although the server works.',
    remedy:
      "Serialise an empty result as an empty array, and keep the counters in the answer. Look for serialisers that drop empty collections or turn them into null.",
  }),
  define("OKTA-CRED-03", {
    statement: "The counters of a list are JSON integers.",
    flow: "test-credentials",
    versions: ["2.0", "1.1"],
    claims: {
      integers: must(
        "`totalResults`, `startIndex` and `itemsPerPage`, where present, are JSON integers and no texts.",
      ),
      complete: must("All three are present when a page was asked for with `startIndex` and `count`."),
    },
    cites: [
      cite("T-SPEC20", "step 1"),
      cite("D20", "Retrieve users"),
      cite("KB-STRIDX"),
      cite("RFC7644", "3.4.2"),
    ],
    request: "GET /Users?startIndex=1&count=2, and every other list",
    goodAnswer: '`"totalResults": 17, "startIndex": 1, "itemsPerPage": 2`, without quotation marks.',
    consequence:
      "Okta's published test fails. In the field, `startIndex` sent as text made Okta log a failure without a reason, and the create never followed.",
    remedy: "Serialise the three counters as numbers; a `startIndex` echoed from the query string is a text.",
  }),
  define("OKTA-CRED-04", {
    statement: "`count` limits the page and leaves the total alone.",
    flow: "test-credentials",
    versions: ["2.0", "1.1"],
    claims: {
      "page-within-count": must("No page holds more users than `count` asked for."),
      "total-is-all": must("`totalResults` counts every user there is, not only those on the page."),
      "items-per-page": should("`itemsPerPage` is the number of users on the page."),
    },
    cites: [
      cite("D20", "Retrieve users"),
      cite("RFC7644", "3.4.2.4"),
      githubPull("ory/polis", 4054),
      cite("T-SPEC20", "step 1"),
    ],
    request: "GET /Users?startIndex=1&count=2; GET /Users?count=1&startIndex=1",
    goodAnswer:
      "At most `count` resources; `itemsPerPage` says how many; `totalResults` says how many in all.",
    consequence: "An import stops after the first page, or never comes to an end.",
    remedy:
      "Apply `startIndex` and `count` to the result, and take `totalResults` from a count made before the page is cut.",
  }),
  define("OKTA-CRED-05", {
    statement: "A listed user carries the attributes that Okta takes for the least a profile has.",
    flow: "test-credentials",
    versions: ["2.0", "1.1"],
    claims: {
      profile: must(
        "A user made by Okta is listed with `id`, `userName`, `name.givenName`, `name.familyName`, `active` and an e-mail address, none of them empty.",
      ),
      "first-listed": should(
        "So is the first user of the unfiltered list, whoever made it: the one that Okta's published test looks at.",
      ),
    },
    cites: [cite("T-SPEC20", "step 1"), cite("PREP"), cite("PLAN", "C9303")],
    request: "GET /Users?count=1&startIndex=1",
    goodAnswer: "`Resources[0]` with all six of them; `active` may be true or false.",
    consequence:
      "Step 1 of Okta's published test fails, and a catalogue submission has to show a passing run. Users without a family name are refused one by one during an import.",
    remedy:
      "Return the whole representation in lists, not a summary. Give accounts that lack a part of the name a placeholder.",
  }),
  define("OKTA-CRED-06", {
    statement: "The list of groups may be read right after the integration is saved.",
    flow: "test-credentials",
    versions: ["2.0", "1.1"],
    claims: {
      groups: should(
        "`GET /Groups?startIndex=1&count=100` is answered with 200 and a list, an empty one where there are no groups.",
      ),
    },
    cites: [cite("D11", "Test credentials"), cite("T-BETA", "step 2"), githubPull("pydantic/logfire", 2356)],
    request: "GET /Groups?startIndex=1&count=100",
    goodAnswer: "200 with a ListResponse whose `Resources` is an array.",
    consequence:
      "Saving the provisioning page can fail. For SCIM 2.0 this was seen in the field only; another capture shows no such request.",
    remedy: "Answer with an empty list instead of 404 or 501 when the application knows no groups.",
  }),
  define("OKTA-CRED-07", {
    statement: "Okta's cloud client never reads `/ServiceProviderConfig`; capabilities are set by hand.",
    flow: "test-credentials",
    claims: {},
    cites: [cite("FAQ", "Discovery endpoints")],
    request: "None.",
    goodAnswer: "Nothing is asked of the server.",
    consequence:
      "A server that supports PATCH alone still receives PUT from a custom app, whatever it announces, and the reverse.",
    remedy:
      "Support both PUT and PATCH, and do not rely on `patch.supported`, `filter.maxResults` or `bulk` being honoured.",
    notJudged: "Okta sends nothing here, so a server has nothing to answer.",
  }),
  define("OKTA-CRED-08", {
    statement: "Okta's on-premises agent reads the capabilities when the app is configured.",
    flow: "test-credentials",
    versions: ["1.1"],
    claims: {},
    cites: [cite("H-OPP", "ServiceProviderConfigs")],
    request: "GET /ServiceProviderConfigs",
    goodAnswer:
      "200 with capabilities such as `PUSH_NEW_USERS`, `PUSH_PROFILE_UPDATES`, `PUSH_USER_DEACTIVATION` and `GROUP_PUSH`.",
    consequence: "Features that are not listed stay unavailable in the app.",
    remedy: "List every capability the server has in the extension's `userManagementCapabilities`.",
    notJudged: "The on-premises agent speaks SCIM 1.1, which is not replayed yet.",
  }),
];
