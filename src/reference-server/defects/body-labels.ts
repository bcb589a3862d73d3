import { ScimFailure } from "../errors.ts";
import type { ScimRequest } from "../message.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { labelOf } from "./in-front.ts";
import { createUser, spoiling } from "./spoil.ts";

const SCIM = "application/scim+json";

const asIfEmpty = (request: ScimRequest, userName: string): ScimRequest => ({
  ...request,
  body: JSON.stringify({ schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName }),
});

/** How servers take the label of a body. */
export const bodyLabels: readonly Defect[] = [
  {
    name: "scim-label-refused",
    title: "A create labelled application/scim+json is answered 415.",
    layer: "app",
    source: "https://github.com/koajs/bodyparser/pull/151",
    target: ["OKTA-HTTP-01.accepted"],
    also: [
      ...because("every create of the live client has this label", "OKTA-CREATE-01.created"),
      ...because(
        "whatever is created under that label is answered 415",
        "RFC7644-3.12-03.unparsable",
        "RFC7644-3.12-03.empty-body",
        "RFC7644-3.12-03.no-resource",
        "RFC7644-3.12-03.wrong-type",
        "RFC7643-3-01.without-schemas",
        "RFC7643-3-01.without-schemas-refused",
        "RFC7643-3-01.unknown-urn",
        "RFC7643-7-02.optional-is-optional",
        "RFC7644-3.3-01.minimal",
        "RFC7644-3.3-02.location",
        "RFC7644-3.3-02.in-body",
        "RFC7644-3.3-02.resource-type",
        "RFC7643-4.1.1-02.missing",
        "RFC7643-4.1.1-02.empty",
        "RFC7643-2.3.2-01.answered",
        "RFC7644-3.4.2.4-02.below-one",
        "RFC7644-3.9-01.create",
      ),
    ],
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
        "OKTA-CREATE-07.names",
        "OKTA-CREATE-10.stored",
        "OKTA-ROBUST-01.kept",
      ),
      ...because(
        "whatever is created under that label makes a user with a made-up name",
        "RFC7644-3.12-03.unparsable",
        "RFC7644-3.12-03.empty-body",
        "RFC7644-3.12-03.no-resource",
        "RFC7644-3.12-03.wrong-type",
        "RFC7643-3-01.without-schemas-refused",
        "RFC7644-3.3-03.one-created",
        "RFC7644-3.3-03.others-conflict",
        "RFC7644-3.3-03.one-user",
        "RFC7643-4.1.1-02.missing",
        "RFC7643-4.1.1-02.empty",
        "RFC7643-4.1.1-03.kept",
        "RFC7643-4.1.1-03.found",
        "RFC7644-3.3-11.same",
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
];
