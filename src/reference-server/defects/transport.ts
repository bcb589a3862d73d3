import { headerValue } from "../../model/exchange.ts";
import { badRequest, ScimFailure } from "../errors.ts";
import type { ScimRequest } from "../message.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { createUser, listUsers, readUser, spoiling } from "./spoil.ts";

const SCIM = "application/scim+json";

/** The Content-Type without its parameters. */
const labelOf = ({ headers }: ScimRequest): string | undefined =>
  headerValue(headers, "content-type")?.split(";")[0]?.trim();

const accepts = ({ headers }: ScimRequest): string => headerValue(headers, "accept") ?? "";

const asIfEmpty = (request: ScimRequest, userName: string): ScimRequest => ({
  ...request,
  body: JSON.stringify({ schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName }),
});

/** What servers, frameworks and gateways do wrong before anybody looks at SCIM. */
export const transport: readonly Defect[] = [
  {
    name: "scim-label-refused",
    title: "A create labelled application/scim+json is answered 415.",
    layer: "app",
    source: "https://github.com/koajs/bodyparser/pull/151",
    target: ["OKTA-HTTP-01.accepted"],
    also: because("every create of the live client has this label", "OKTA-CREATE-01.created"),
    make: spoiling(createUser, ({ request }, proceed) => {
      if (labelOf(request) === SCIM) throw new ScimFailure(415, "Send application/json.");
      return proceed();
    }),
  },
  {
    name: "scim-label-not-parsed",
    title:
      "A body labelled application/scim+json is not parsed: the create makes a user with nothing but a made-up name.",
    layer: "app",
    source: "https://github.com/koajs/bodyparser/pull/151",
    target: ["OKTA-HTTP-01.parsed"],
    also: [
      ...because(
        "the user has nothing of what was sent",
        "OKTA-CRED-05.first-listed",
        "OKTA-CREATE-01.whole-user",
        "OKTA-CREATE-05.names-unchanged",
        "OKTA-CREATE-10.stored",
        "OKTA-ROBUST-01.kept",
      ),
      ...because(
        "names made up by the server are never taken",
        "OKTA-LINK-02.one-created",
        "OKTA-LINK-02.others-conflict",
      ),
    ],
    make: spoiling(createUser, ({ context, request }, proceed) =>
      labelOf(request) === SCIM ? proceed(asIfEmpty(request, `user-${context.store.made + 1}`)) : proceed(),
    ),
  },
  {
    name: "json-label-refused",
    title: "A create labelled application/json is answered 415.",
    layer: "app",
    target: ["OKTA-HTTP-02.accepted"],
    also: [],
    make: spoiling(createUser, ({ request }, proceed) => {
      if (labelOf(request) === "application/json") throw new ScimFailure(415, "Send application/scim+json.");
      return proceed();
    }),
  },
  {
    name: "json-label-not-parsed",
    title:
      "A body labelled application/json is not parsed: the create makes a user with nothing but a made-up name.",
    layer: "app",
    target: ["OKTA-HTTP-02.parsed"],
    also: because(
      "the published test creates its people with this label",
      "OKTA-CREATE-05.names-unchanged",
      "OKTA-CREATE-05.user-name-unchanged",
    ),
    make: spoiling(createUser, ({ context, request }, proceed) =>
      labelOf(request) === "application/json"
        ? proceed(asIfEmpty(request, `user-${context.store.made + 1}`))
        : proceed(),
    ),
  },
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
    ],
    make: spoiling(listUsers, ({ context, request }, proceed) =>
      request.query.has("filter")
        ? proceed()
        : { status: 301, headers: [["Location", `${context.baseUrl}/Users/`]] },
    ),
  },
];
