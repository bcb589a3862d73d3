import type { JsonObject } from "../../model/json.ts";
import type { ServerResponse } from "../message.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import {
  asFrameworkError,
  asHtml,
  asPlainText,
  asWrapped,
  isForUser,
  rewritingRefusals,
} from "./in-front.ts";
import { operationsIn, withOperations } from "./sent.ts";
import { createUser, patchUser, putUser, spoiling, type Where } from "./spoil.ts";

const isUnreadable = ({ status, body }: ServerResponse) => status === 400 && body.includes("no JSON text");

const KNOWN_OPS = ["add", "remove", "replace"];

const isKnownOp = ({ op }: JsonObject) => typeof op === "string" && KNOWN_OPS.includes(op.toLowerCase());

const writesOfNames: readonly Where[] = [createUser, putUser];

/** What servers do wrong when they have to say no. */
export const errors: readonly Defect[] = [
  {
    name: "not-found-wrapped",
    title: "The error of an unknown user is wrapped into an object of its own.",
    layer: "app",
    source: "https://github.com/simpleidserver/SimpleIdServer/issues/227",
    target: ["OKTA-ERR-01.not-found", "OKTA-READ-02.scim-error"],
    also: [
      ...because("a replace under an unknown id is refused in the same way", "OKTA-PUT-06.not-found"),
      ...because(
        "it is no SCIM error at the root of the body",
        "RFC7644-3.12-01.schema",
        "RFC7644-3.12-01.status",
        "RFC7644-3.6-04.error",
      ),
    ],
    make: rewritingRefusals(({ status }, request) => status === 404 && isForUser(request), asWrapped),
  },
  {
    name: "not-found-as-html",
    title: "An unknown user is answered with the framework's page for addresses that do not exist.",
    layer: "app",
    target: ["OKTA-ERR-01.not-found", "OKTA-READ-02.scim-error"],
    also: [
      ...because("a replace under an unknown id is refused in the same way", "OKTA-PUT-06.not-found"),
      ...because("an unknown group is refused in the same way", "OKTA-GROUP-DELETE-03.get"),
      ...because("an address that nothing is at is refused in the same way", "OKTA-ERR-02.unknown-path"),
      ...because(
        "the RFC asks for a SCIM error wherever nothing is found",
        "RFC7644-3.8-01.error-label",
        "RFC7644-3.12-01.schema",
        "RFC7644-3.12-06.unknown-endpoint",
        "RFC7644-4-02.unknown",
        "RFC7644-4-03.unknown",
        "RFC7644-3.6-04.error",
      ),
    ],
    make: rewritingRefusals(({ status }) => status === 404, asHtml),
  },
  {
    name: "conflict-as-plain-text",
    title: "The refusal of a name that is taken is a line of plain text.",
    layer: "app",
    source: "https://github.com/tuist/tuist/pull/11688",
    target: ["OKTA-ERR-01.conflict", "OKTA-LINK-01.scim-error"],
    also: [
      ...because("plain text has no members", "OKTA-LINK-01.uniqueness-type", "OKTA-ERR-03.says-something"),
      ...because("those who lose a race are refused in the same way", "OKTA-LINK-02.others-conflict"),
      ...because(
        "the name of a group that is taken is refused in the same way",
        "OKTA-GROUP-PUSH-09.conflict",
      ),
      ...because(
        "every refusal of a name that is taken is plain text",
        "RFC7644-3.12-01.schema",
        "RFC7644-3.3-03.uniqueness-word",
        "RFC7644-3.3-03.others-conflict",
        "RFC7644-3.5.1-07.word",
        "RFC7644-3.5.2-11.word",
      ),
    ],
    make: rewritingRefusals(({ status }) => status === 409, asPlainText),
  },
  {
    name: "conflict-without-scim-type",
    title: "The refusal of a name that is taken has no scimType.",
    layer: "app",
    target: ["OKTA-LINK-01.uniqueness-type"],
    also: because(
      "every refusal of a name that is taken lacks the word",
      "RFC7644-3.3-03.uniqueness-word",
      "RFC7644-3.5.1-07.word",
      "RFC7644-3.5.2-11.word",
    ),
    make: ({ operations }) => ({
      replace: {
        renderError: (failure) => {
          const { scimType: _left, ...body } = operations.renderError(failure);
          return failure.status === 409 ? body : operations.renderError(failure);
        },
      },
    }),
  },
  {
    name: "conflict-without-words",
    title: "The detail of a conflict says no more than its status.",
    layer: "app",
    target: ["OKTA-ERR-03.says-something"],
    also: [],
    make: ({ operations }) => ({
      replace: {
        renderError: (failure) =>
          failure.status === 409
            ? { ...operations.renderError(failure), detail: "Conflict" }
            : operations.renderError(failure),
      },
    }),
  },
  {
    name: "conflict-shows-sql",
    title: "The detail of a conflict is the database's own message.",
    layer: "app",
    source: "https://github.com/better-auth/better-auth/issues/11111",
    target: ["OKTA-ERR-03.no-internals"],
    also: because("the RFC's checks read the same detail", "RFC7644-3.12-05.no-internals"),
    make: ({ operations }) => ({
      replace: {
        renderError: (failure) =>
          failure.status === 409
            ? {
                ...operations.renderError(failure),
                detail: "SQLSTATE[23505]: unique violation in INSERT INTO users (user_name) VALUES ($1)",
              }
            : operations.renderError(failure),
      },
    }),
  },
  {
    name: "unreadable-body-in-framework-style",
    title: "A body that cannot be parsed is refused by the framework, in a shape of its own.",
    layer: "app",
    target: ["OKTA-ERR-01.bad-request"],
    also: because(
      "it is no SCIM error",
      "RFC7644-3.12-01.schema",
      "RFC7644-3.12-01.status",
      "RFC7644-3.12-02.invalid-syntax",
    ),
    make: rewritingRefusals(isUnreadable, asFrameworkError),
  },
  {
    name: "unreadable-body-as-html",
    title: "A body that cannot be parsed is answered with the framework's page of HTML.",
    layer: "app",
    target: ["OKTA-ERR-01.bad-request", "OKTA-ERR-02.broken-body"],
    also: because("it is no SCIM error", "RFC7644-3.12-01.schema", "RFC7644-3.12-02.invalid-syntax"),
    make: rewritingRefusals(isUnreadable, asHtml),
  },
  {
    name: "unknown-address-as-html",
    title: "An address that nothing is at is answered with a page of HTML.",
    layer: "app",
    source: "https://github.com/Metatavu/keycloak-scim-server/pull/114",
    target: ["OKTA-ERR-02.unknown-path"],
    also: because("it is no SCIM error", "RFC7644-3.12-01.schema", "RFC7644-3.12-06.unknown-endpoint"),
    make: rewritingRefusals(({ body }) => body.includes("There is nothing at"), asHtml),
  },
  {
    name: "wrong-method-as-html",
    title: "A method that an address does not have is answered with a page of HTML.",
    layer: "app",
    target: ["OKTA-ERR-02.wrong-method"],
    also: [],
    make: rewritingRefusals(({ status }) => status === 405, asHtml),
  },
  {
    name: "wrong-media-type-as-html",
    title: "A media type that is not understood is answered with a page of HTML.",
    layer: "app",
    target: ["OKTA-ERR-02.wrong-media-type"],
    also: [],
    make: rewritingRefusals(({ status }) => status === 415, asHtml),
  },
  {
    name: "long-names-cut",
    title: "A family name that is longer than its column is cut to 255 characters.",
    layer: "app",
    target: ["OKTA-ERR-03.not-cut-short"],
    also: [],
    make: spoiling(writesOfNames, ({ request, body }, proceed) => {
      const { name } = body;
      const { familyName } = (name ?? {}) as JsonObject;
      if (typeof familyName !== "string" || familyName.length <= 255) return proceed();
      const cut = { ...(name as JsonObject), familyName: familyName.slice(0, 255) };
      return proceed({ ...request, body: JSON.stringify({ ...body, name: cut }) });
    }),
  },
  {
    name: "unknown-operation-ignored",
    title: "A PATCH operation that does not exist is skipped, and the answer is a success.",
    layer: "app",
    source: "https://github.com/goauthentik/authentik/issues/24173",
    target: ["OKTA-ERR-06.unknown-operation"],
    also: because(
      "the RFC refuses such operations too",
      "RFC7644-3.5.2-02.refused",
      "RFC7644-3.5.2-02.unchanged",
      "RFC7644-3.5.2-05.op",
      "RFC7644-3.5.2-06.op",
    ),
    make: spoiling(patchUser, ({ context, resource, request, body }, proceed) => {
      const known = operationsIn(body).filter(isKnownOp);
      if (resource === undefined || known.length === operationsIn(body).length) return proceed();
      if (known.length === 0) {
        return { status: 200, body: context.operations.render(context, resource, {}) };
      }
      return proceed({ ...request, body: JSON.stringify(withOperations(body, known)) });
    }),
  },
  {
    name: "patch-of-user-name-ignored",
    title: "A PATCH of the user name by its path is answered with success, and changes nothing.",
    layer: "app",
    source: "https://github.com/fleetdm/fleet/issues/50724",
    target: ["OKTA-ERR-06.acknowledged-is-applied"],
    also: because(
      "these change the user name by its path",
      "RFC7644-3.5.2-11.changed",
      "RFC7644-3.5.2-11.conflict",
    ),
    make: spoiling(patchUser, ({ context, resource, body }, proceed) => {
      const sent = operationsIn(body);
      const isRename =
        sent.length > 0 && sent.every(({ path, value }) => path === "userName" && value !== undefined);
      return resource !== undefined && isRename
        ? { status: 200, body: context.operations.render(context, resource, {}) }
        : proceed();
    }),
  },
];
