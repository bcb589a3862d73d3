import type { Behaviour } from "../../model/behaviour.ts";
import { define, must, should } from "../define.ts";
import { cite } from "../documents.ts";

const OKTA_ASKS_FOR_ALL = "Okta always reads whole resources.";

/** `attributes` and `excludedAttributes`. */
export const projection: readonly Behaviour[] = [
  define("RFC7644-3.9-01", {
    statement: "`attributes` limits an answer to what was asked for.",
    flow: "reading",
    claims: {
      one: must("A read with `attributes=userName` shows it, and besides it only what is always returned."),
      list: must("So does every resource of a list."),
      search: must("So does every result of a search by POST, where that is offered."),
      create: must("So does the answer to a create."),
      replace: must("So does the answer to a PUT."),
      modify: must("So does the answer to a PATCH, if it has a body."),
    },
    cites: [cite("RFC7644", "3.9"), cite("RFC7644", "3.4.2.5"), cite("RFC7644", "3.4.3")],
    request: "GET /Users/{id}?attributes=userName, the same for lists, .search, POST, PUT and PATCH",
    goodAnswer: '`{"schemas": […], "id": "…", "userName": "…"}`.',
    consequence: `Clients read much more than they need, personal data included. ${OKTA_ASKS_FOR_ALL}`,
    remedy: "Apply the parameter where resources are written as JSON, for every method alike.",
  }),
  define("RFC7644-3.9-02", {
    statement: "`excludedAttributes` leaves out what is not wanted.",
    flow: "reading",
    claims: {
      one: must("A read with `excludedAttributes=name` does not show name."),
      list: must("Nor does any resource of a list."),
      "id-kept": must("id is shown even when it is excluded."),
      "schemas-kept": must("So is `schemas`, which every representation has."),
      members: must("A group read with `excludedAttributes=members` shows no members."),
      "members-in-list": must("Nor does a group in a list."),
    },
    cites: [cite("RFC7644", "3.4.2.5"), cite("RFC7644", "3.9"), cite("RFC7643", "7")],
    request: "GET /Users/{id}?excludedAttributes=name, GET /Groups/{id}?excludedAttributes=members",
    goodAnswer: "Everything else.",
    consequence: `Reading a large group costs megabytes each time. ${OKTA_ASKS_FOR_ALL}`,
    remedy: "Do not even load what is excluded, and never leave out id and schemas.",
  }),
  define("RFC7644-3.10-01", {
    statement: "Attributes are named in full, in part, and in any letter case.",
    flow: "reading",
    claims: {
      part: must("`attributes=name.givenName` shows the given name and not its siblings."),
      "core-urn": must("A core attribute may be named with the URN of its schema."),
      "extension-urn": must("So is an attribute of the enterprise extension, where it is stored."),
      "letter-case": must("`attributes=USERNAME` means userName."),
    },
    cites: [cite("RFC7644", "3.10"), cite("RFC7643", "2.1")],
    request:
      "GET /Users/{id}?attributes=name.givenName, =urn:…:User:userName, =urn:…:enterprise:2.0:User:department",
    goodAnswer: "The one that was named.",
    consequence: `Clients get nothing, or everything. ${OKTA_ASKS_FOR_ALL}`,
    remedy: "Use one parser of attribute names for filters, paths and these parameters.",
  }),
  define("RFC7644-3.9-03", {
    statement: "Both parameters at once are no reason to fall over.",
    flow: "reading",
    claims: {
      answered: should(
        "With attributes and excludedAttributes together the answer is a success or 4xx, not 5xx.",
      ),
    },
    cites: [cite("RFC7644", "3.9")],
    request: "GET /Users/{id}?attributes=userName&excludedAttributes=name",
    goodAnswer: "400, or one of them ignored.",
    consequence: `A server error for a client's mistake. ${OKTA_ASKS_FOR_ALL}`,
    remedy: "Decide for one of them, or refuse.",
  }),
];
