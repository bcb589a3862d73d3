import { headerValue } from "../../model/exchange.ts";
import { URN } from "../../model/scim.ts";
import { ScimFailure } from "../errors.ts";
import type { ServerRequest, ServerResponse } from "../message.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { hasCredential, inFront, isForUsers } from "./in-front.ts";
import { createUser, patchUser, putUser, spoiling } from "./spoil.ts";

const refusal = (status: number, detail: string): ServerResponse => ({
  status,
  headers: [["Content-Type", "application/scim+json"]],
  body: JSON.stringify({ schemas: [URN.error], status: String(status), detail }),
});

const credentialOf = ({ headers }: ServerRequest): string => headerValue(headers, "authorization") ?? "";

/** What servers do wrong with credentials, labels and addresses, where an RFC asks for more than Okta. */
export const rfcTransport: readonly Defect[] = [
  {
    name: "served-without-tls",
    title: "The service is reached over plain HTTP.",
    layer: "app",
    target: ["RFC7644-7.2-01.tls"],
    also: because("Okta takes no such base URL", "OKTA-HTTP-07.address-for-okta"),
    make: () => ({ origin: "http://scim.example.com" }),
  },
  {
    name: "missing-credential-answered-403",
    title: "A request without a credential is answered 403.",
    layer: "app",
    target: ["RFC7644-2-01.without"],
    also: because("it says of 403 as well that 401 would be right", "OKTA-AUTH-02.unauthorized"),
    make: inFront((request, passOn) => {
      const reply = passOn();
      return reply.status === 401 && !hasCredential(request) ? refusal(403, "You may not do that.") : reply;
    }),
  },
  {
    name: "basic-answered-400",
    title: "A scheme other than Bearer is answered 400, as a header that cannot be read.",
    layer: "app",
    target: ["RFC7644-2-01.invented-basic"],
    also: because("a wrong Basic credential is refused in the same way", "OKTA-AUTH-04.wrong-refused"),
    make: inFront((request, passOn) =>
      /^basic /i.test(credentialOf(request)) ? refusal(400, "Authorization cannot be read.") : passOn(),
    ),
  },
  {
    name: "unauthorized-without-challenge",
    title: "A 401 comes without WWW-Authenticate.",
    layer: "app",
    target: ["RFC9110-11.6.1-01.challenge"],
    also: [],
    make: inFront((_request, passOn) => {
      const reply = passOn();
      const headers = reply.headers.filter(([name]) => name.toLowerCase() !== "www-authenticate");
      return { ...reply, headers };
    }),
  },
  {
    name: "scheme-compared-exactly",
    title: "A credential counts only where Bearer is written with a capital.",
    layer: "app",
    target: ["RFC9110-11.1-01.lower-case"],
    also: [],
    make: ({ operations }) => ({
      replace: {
        authorise: (headers, expected) => {
          const isLower = (headerValue(headers, "authorization") ?? "").startsWith("bearer ");
          operations.authorise(isLower ? [] : headers, expected);
        },
      },
    }),
  },
  {
    name: "html-for-clients-without-accept",
    title: "A client that does not say what it takes gets the list of users as a page.",
    layer: "app",
    target: ["RFC7644-3.8-02.nothing"],
    also: [],
    make: inFront((request, passOn) => {
      const isPage =
        request.method === "GET" &&
        isForUsers(request) &&
        headerValue(request.headers, "accept") === undefined;
      if (!isPage) return passOn();
      const headers = [["Content-Type", "text/html"]] as const;
      return { status: 200, headers, body: "<!doctype html><title>Users</title><table></table>" };
    }),
  },
  {
    name: "put-takes-plain-json-only",
    title: "A PUT that is labelled application/scim+json, without a charset, is answered 415.",
    layer: "app",
    target: ["RFC7644-3.8-03.put"],
    also: [],
    make: spoiling(putUser, ({ request }, proceed) => {
      refuseLabel(request);
      return proceed();
    }),
  },
  {
    name: "patch-takes-plain-json-only",
    title: "A PATCH that is labelled application/scim+json, without a charset, is answered 415.",
    layer: "app",
    target: ["RFC7644-3.8-03.patch"],
    also: [],
    make: spoiling(patchUser, ({ request }, proceed) => {
      refuseLabel(request);
      return proceed();
    }),
  },
  {
    name: "four-byte-characters-lost",
    title: "The database keeps three bytes a character, and puts question marks in place of longer ones.",
    layer: "app",
    target: ["RFC7644-3.8-04.kept"],
    also: [],
    make: spoiling([createUser, putUser], ({ request }, proceed) =>
      proceed({ ...request, body: request.body.replaceAll(/[\u{10000}-\u{10FFFF}]/gu, "?") }),
    ),
  },
  {
    name: "any-version-served",
    title: "A version in the path is cut off, whatever it is.",
    layer: "app",
    target: ["RFC7644-3.13-01.refused"],
    also: [],
    make: inFront((request, passOn) =>
      passOn({ ...request, target: request.target.replace(/(\/v2)\/v\d+(?=\/)/, "$1") }),
    ),
  },
];

/** Refuses the bare label, which is how a parser that knows a list of exact labels fails. */
function refuseLabel({ headers }: Pick<ServerRequest, "headers">): void {
  if (headerValue(headers, "content-type") === "application/scim+json") {
    throw new ScimFailure(415, "The body has to be application/json.");
  }
}
