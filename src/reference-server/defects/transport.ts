import { headerValue } from "../../model/exchange.ts";
import { badRequest, ScimFailure } from "../errors.ts";
import type { ScimRequest } from "../message.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { labelOf } from "./in-front.ts";
import { createUser, listUsers, readUser, spoiling } from "./spoil.ts";

const SCIM = "application/scim+json";

const accepts = ({ headers }: ScimRequest): string => headerValue(headers, "accept") ?? "";

/** What servers, frameworks and gateways do wrong before anybody looks at SCIM. */
export const transport: readonly Defect[] = [
  {
    name: "list-demands-content-type",
    title: "A list without a Content-Type is answered 415.",
    layer: "app",
    target: ["OKTA-HTTP-03.without-content-type"],
    also: [
      ...because(
        "the credential test reads the same list",
        "OKTA-AUTH-03.accepted",
        "OKTA-CRED-01.answered",
        "OKTA-HTTP-07.below-base",
      ),
      ...because(
        "an import reads the same list",
        "OKTA-IMPORT-01.list",
        "OKTA-IMPORT-02.everyone-once",
        "OKTA-IMPORT-05.inactive-shown",
        "OKTA-IMPORT-05.active-shown",
      ),
      ...because(
        "the plain list is not given without the header",
        "RFC7644-3.8-02.json",
        "RFC7644-3.8-02.nothing",
        "RFC7644-3.4.2.4-01.zero-empty",
        "RFC7644-3.4.2.4-01.negative-empty",
        "RFC7644-3.4.2.4-02.below-one",
        "RFC7644-3.4.2.4-02.count-alone",
      ),
    ],
    make: spoiling(listUsers, ({ request }, proceed) => {
      if (labelOf(request) === undefined && !request.query.has("filter")) {
        throw new ScimFailure(415, "Name a Content-Type.");
      }
      return proceed();
    }),
  },
  {
    name: "content-type-without-body-refused",
    title: "A read or list with a Content-Type is refused, because it has no body to parse.",
    layer: "app",
    target: ["OKTA-HTTP-03.with-content-type"],
    also: [
      ...because(
        "the published test labels each of its lists and reads",
        "OKTA-CRED-01.answered",
        "OKTA-LOOKUP-02.nobody",
        "OKTA-LOOKUP-02.empty-list",
        "OKTA-LOOKUP-04.unpaged",
        "OKTA-LOOKUP-07.answered",
        "OKTA-LOOKUP-07.matched",
        "OKTA-CREATE-06.readable",
        "OKTA-READ-02.not-found",
        "OKTA-READ-03.not-found",
      ),
    ],
    make: spoiling([listUsers, readUser], ({ request }, proceed) => {
      if (labelOf(request) !== undefined) throw badRequest("invalidSyntax", "The body is empty.");
      return proceed();
    }),
  },
  {
    name: "accept-of-scim-answered-406",
    title: "A list for a client that takes nothing but application/scim+json is answered 406.",
    layer: "app",
    target: ["OKTA-HTTP-04.accept"],
    also: [
      ...because(
        "the credential test reads the same list",
        "OKTA-AUTH-03.accepted",
        "OKTA-CRED-01.answered",
        "OKTA-HTTP-07.below-base",
      ),
      ...because(
        "an import reads the same list",
        "OKTA-IMPORT-01.list",
        "OKTA-IMPORT-02.everyone-once",
        "OKTA-IMPORT-05.inactive-shown",
        "OKTA-IMPORT-05.active-shown",
      ),
      ...because(
        "the plain list is not given under that Accept",
        "RFC7644-3.4.2.4-01.zero-empty",
        "RFC7644-3.4.2.4-01.negative-empty",
        "RFC7644-3.4.2.4-02.below-one",
        "RFC7644-3.4.2.4-02.count-alone",
      ),
    ],
    make: spoiling(listUsers, ({ request }, proceed) => {
      if (accepts(request) === SCIM && !request.query.has("filter")) {
        throw new ScimFailure(406, "Only application/json can be had.");
      }
      return proceed();
    }),
  },
  {
    name: "accept-with-charset-answered-406",
    title: "An Accept with a parameter is compared as a whole, and answered 406.",
    layer: "app",
    target: ["OKTA-HTTP-04.accept-with-charset"],
    also: because("the published test sends that Accept with its creates", "OKTA-HTTP-02.accepted"),
    make: spoiling([listUsers, createUser], ({ request }, proceed) => {
      if (accepts(request).includes(";"))
        throw new ScimFailure(406, "Only application/scim+json can be had.");
      return proceed();
    }),
  },
  {
    name: "bot-filter-refuses-published-test",
    title: "A filter against bots turns away whoever is named OKTA SCIM Integration.",
    layer: "app",
    source: "https://github.com/bitwarden/server/issues/2919",
    target: ["OKTA-HTTP-05.published-test"],
    also: because("its first step reads the same list", "OKTA-CRED-01.answered"),
    make: spoiling(listUsers, ({ request }, proceed) => {
      const agent = headerValue(request.headers, "user-agent");
      if (agent === "OKTA SCIM Integration" && !request.query.has("filter")) {
        throw new ScimFailure(403, "No bots here.");
      }
      return proceed();
    }),
  },
  {
    name: "list-of-groups-takes-two-minutes",
    title: "The list of groups loads every member first, and takes two minutes.",
    layer: "app",
    target: ["OKTA-HTTP-06.within-60-seconds"],
    also: [
      ...because(
        "no list of groups comes",
        "RFC7644-3.9-02.members-in-list",
        "OKTA-CRED-06.groups",
        "OKTA-HTTP-06.prompt-groups",
        "OKTA-HTTP-07.no-redirect",
        "OKTA-IMPORT-06.list",
        "OKTA-IMPORT-06.listed",
        "OKTA-IMPORT-06.members",
        "OKTA-GROUP-LINK-01.offered",
      ),
    ],
    make: () => ({
      latency: ({ method, target }) =>
        method === "GET" && /\/Groups\?(?!filter)/.test(target) ? 120_000 : 1,
    }),
  },
  {
    name: "list-of-users-redirected",
    title: "The list of users is redirected to the same address with a slash at the end.",
    layer: "app",
    target: ["OKTA-HTTP-07.below-base"],
    also: [
      ...because("the credential test reads the same list", "OKTA-AUTH-03.accepted", "OKTA-CRED-01.answered"),
      ...because(
        "an import reads the same list",
        "OKTA-IMPORT-01.list",
        "OKTA-IMPORT-02.everyone-once",
        "OKTA-IMPORT-05.inactive-shown",
        "OKTA-IMPORT-05.active-shown",
      ),
      ...because("an address that redirects", "OKTA-HTTP-07.no-redirect"),
      ...because(
        "the plain list is not given here",
        "RFC7644-3.8-02.json",
        "RFC7644-3.8-02.nothing",
        "RFC7644-3.4.2.4-01.zero-empty",
        "RFC7644-3.4.2.4-01.negative-empty",
        "RFC7644-3.4.2.4-02.below-one",
        "RFC7644-3.4.2.4-02.count-alone",
      ),
    ],
    make: spoiling(listUsers, ({ context, request }, proceed) =>
      request.query.has("filter")
        ? proceed()
        : { status: 301, headers: [["Location", `${context.baseUrl}/Users/`]] },
    ),
  },
];
