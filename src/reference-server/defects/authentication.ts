import { type Headers, headerValue } from "../../model/exchange.ts";
import { ScimFailure } from "../errors.ts";
import type { ServerRequest, ServerResponse } from "../message.ts";
import type { Variation } from "../variation.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import {
  asEmpty,
  asHtml,
  hasCredential,
  inFront,
  isForUser,
  isForUsers,
  type PassOn,
  queryOf,
  rewritingRefusals,
} from "./in-front.ts";

const isPlainList = (request: ServerRequest) =>
  request.method === "GET" && isForUsers(request) && !queryOf(request).includes("filter=");

/** What servers do wrong with credentials. */
export const authentication: readonly Defect[] = [
  {
    name: "wrong-token-answered-403",
    title: "A token that is not valid is answered 403, as if it only lacked a permission.",
    layer: "app",
    target: ["OKTA-AUTH-01.refused"],
    also: [
      ...because("a doubled prefix makes a token that is not valid either", "OKTA-AUTH-03.doubled-bearer"),
      ...because(
        "the RFC asks for 401 with a challenge",
        "RFC7644-2-01.invented-basic",
        "RFC9110-11.6.1-01.challenge",
      ),
    ],
    make: withAuthorise((headers, refuse) => {
      const status = headerValue(headers, "authorization") === undefined ? 401 : 403;
      refuse(status, "This credential may not do that.");
    }),
  },
  {
    name: "unauthorized-as-html",
    title: "The gateway answers a wrong credential with its own page of HTML.",
    layer: "app",
    source: "https://github.com/Metatavu/keycloak-scim-server/pull/114",
    target: ["OKTA-AUTH-01.explained", "OKTA-ERR-01.unauthorized"],
    also: [
      ...because("a doubled prefix is refused in the same way", "OKTA-AUTH-03.doubled-bearer-explained"),
      ...because("it is no SCIM error", "RFC7644-3.12-01.schema"),
    ],
    make: rewritingRefusals(({ status }) => status === 401, asHtml),
  },
  {
    name: "unauthorized-without-body",
    title: "A wrong credential is answered 401 without a body.",
    layer: "app",
    target: ["OKTA-AUTH-01.explained", "OKTA-ERR-01.unauthorized"],
    also: because("a doubled prefix is refused in the same way", "OKTA-AUTH-03.doubled-bearer-explained"),
    make: rewritingRefusals(({ status }) => status === 401, asEmpty),
  },
  {
    name: "any-credential-may-list",
    title: "The plain list of users is given to whoever sends any credential at all.",
    layer: "app",
    target: ["OKTA-AUTH-01.not-connected"],
    also: because(
      "an invented user and password are a credential too",
      "RFC7644-2-01.invented-basic",
      "OKTA-AUTH-04.wrong-refused",
    ),
    make: lettingIn((request, passOn, letIn) =>
      isPlainList(request) && hasCredential(request) ? letIn() : passOn(),
    ),
  },
  {
    name: "anonymous-may-list",
    title: "The list of users is public.",
    layer: "app",
    target: ["OKTA-AUTH-02.closed"],
    also: [
      ...because("what is not refused is not refused with 401", "OKTA-AUTH-02.unauthorized"),
      ...because("the RFC closes the list as well", "RFC7644-2-01.without"),
    ],
    make: lettingIn((request, passOn, letIn) =>
      isPlainList(request) && !hasCredential(request) ? letIn() : passOn(),
    ),
  },
  {
    name: "anonymous-sent-to-sign-in",
    title: "Whoever sends no credential is redirected to a page for signing in.",
    layer: "app",
    target: ["OKTA-AUTH-02.closed", "OKTA-AUTH-02.before-other-checks"],
    also: [
      ...because("what is not refused is not refused with 401", "OKTA-AUTH-02.unauthorized"),
      ...because(
        "the redirect is no answer to whoever has no credential",
        "RFC7644-2-01.without",
        "RFC7643-5-02.public",
      ),
    ],
    make: inFront((request, passOn) =>
      hasCredential(request) ? passOn() : { status: 302, headers: [["Location", "/sign-in"]], body: "" },
    ),
  },
  {
    name: "resource-looked-for-before-credential",
    title: "A resource that does not exist is answered 404 before anybody asks for a credential.",
    layer: "app",
    source: "https://github.com/tuist/tuist/pull/11688",
    target: ["OKTA-AUTH-02.before-other-checks"],
    also: [],
    make: lettingIn((request, passOn, letIn) => {
      if (request.method !== "GET" || !isForUser(request)) return passOn();
      const reply = letIn();
      return reply.status === 404 ? reply : passOn();
    }),
  },
  {
    name: "body-checked-before-credential",
    title: "A body that lacks something is answered 400 before anybody asks for a credential.",
    layer: "app",
    target: ["OKTA-AUTH-02.before-other-checks"],
    also: [],
    make: inFront((request, passOn) => {
      const lacksNames = isForUsers(request) && !request.body.includes('"schemas"');
      if (request.method !== "POST" || !lacksNames || hasCredential(request)) return passOn();
      return { status: 400, headers: [], body: "" };
    }),
  },
  {
    name: "anonymous-create-carried-out",
    title: "A create without a credential is answered 401, after it was carried out.",
    layer: "app",
    target: ["OKTA-AUTH-02.nothing-written"],
    also: [],
    make: lettingIn((request, passOn, letIn) => {
      if (request.method === "POST" && isForUsers(request) && !hasCredential(request)) letIn();
      return passOn();
    }),
  },
  {
    name: "any-basic-credential-accepted",
    title: "Whoever names a user and a password is let in, whichever they are.",
    layer: "app",
    target: ["OKTA-AUTH-04.wrong-refused"],
    also: because(
      "whoever is let in is not challenged",
      "RFC7644-2-01.invented-basic",
      "RFC9110-11.6.1-01.challenge",
    ),
    make: withAuthorise((headers, refuse) => {
      if (!/^basic /i.test(headerValue(headers, "authorization") ?? ""))
        refuse(401, "The token is not valid.");
    }),
  },
  {
    name: "doubled-bearer-ends-in-500",
    title: "An Authorization header of three words makes the server fall over.",
    layer: "app",
    source: "https://github.com/snipe/snipe-it/issues/13901",
    target: ["OKTA-AUTH-03.doubled-bearer"],
    also: because("there is no challenge in a 500", "RFC9110-11.6.1-01.challenge"),
    make: withAuthorise((headers, refuse) => {
      const words = headerValue(headers, "authorization")?.split(" ") ?? [];
      refuse(words.length > 2 ? 500 : 401, "The credential could not be read.");
    }),
  },
];

/** Whoever the sound server would refuse is dealt with by `other`, which may refuse in another way, or not at all. */
function withAuthorise(
  other: (headers: Headers, refuse: (status: number, detail: string) => never) => void,
): Variation["make"] {
  const refuse = (status: number, detail: string): never => {
    throw new ScimFailure(status, detail);
  };
  return ({ operations }) => ({
    replace: {
      authorise(headers, expected) {
        try {
          operations.authorise(headers, expected);
        } catch {
          other(headers, refuse);
        }
      },
    },
  });
}

const LET_IN = "x-let-in";

/** As `inFront`, with a way in that asks for no credential. */
function lettingIn(
  spoil: (request: ServerRequest, passOn: PassOn, letIn: () => ServerResponse) => ServerResponse,
): Variation["make"] {
  return ({ operations }) => ({
    replace: {
      authorise(headers, expected) {
        if (headerValue(headers, LET_IN) === undefined) operations.authorise(headers, expected);
      },
    },
    wrap: (handle) => (request) =>
      spoil(
        request,
        (other = request) => handle(other),
        () => handle({ ...request, headers: [...request.headers, [LET_IN, "yes"]] }),
      ),
  });
}
