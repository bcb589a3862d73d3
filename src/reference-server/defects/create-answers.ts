import { headerValue } from "../../model/exchange.ts";
import type { JsonObject } from "../../model/json.ts";
import { ScimFailure } from "../errors.ts";
import { userType } from "../schemas.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { changed, overwriting, showing } from "./sent.ts";
import { createUser, holderOf, readUser, spoiling, spoilingWithMemory } from "./spoil.ts";

/** How servers answer a create that they carried out. */
export const createAnswers: readonly Defect[] = [
  {
    name: "create-answers-200",
    title: "A create is answered 200 instead of 201.",
    layer: "app",
    target: ["OKTA-CREATE-01.created"],
    also: [
      ...because("the winner of a race is answered in the same way", "OKTA-LINK-02.one-created"),
      ...because(
        "the RFC asks for 201 wherever something is created",
        "RFC7643-3-01.unknown-urn",
        "RFC7644-3.3-01.minimal",
        "RFC7644-3.3-02.location",
        "RFC7644-3.3-03.one-created",
        "RFC7644-3.6-12.free",
        "RFC7643-2.3.2-01.answered",
        "RFC7644-3.3-11.different",
        "RFC7644-3.3-11.same",
      ),
    ],
    make: spoiling(createUser, (_call, proceed) => ({ ...proceed(), status: 200 })),
  },
  {
    name: "create-answers-202",
    title: "A create is answered 202 with the user, because a worker does the rest.",
    layer: "app",
    target: ["OKTA-CREATE-01.created"],
    also: [
      ...because("the winner of a race is answered in the same way", "OKTA-LINK-02.one-created"),
      ...because(
        "the RFC asks for 201 wherever something is created",
        "RFC7643-3-01.unknown-urn",
        "RFC7644-3.3-01.minimal",
        "RFC7644-3.3-02.location",
        "RFC7644-3.3-03.one-created",
        "RFC7644-3.6-12.free",
        "RFC7643-2.3.2-01.answered",
        "RFC7644-3.3-11.different",
        "RFC7644-3.3-11.same",
      ),
    ],
    make: spoiling(createUser, (_call, proceed) => ({ ...proceed(), status: 202 })),
  },
  {
    name: "create-answers-without-emails",
    title: "The answer to a create lacks what is kept in another table: the addresses.",
    layer: "app",
    target: ["OKTA-CREATE-01.whole-user"],
    also: [],
    make: spoiling(createUser, (_call, proceed) => showing(proceed(), { emails: undefined })),
  },
  {
    name: "create-answers-without-body",
    title: "A create is answered 201 with a Location, and without a body.",
    layer: "app",
    target: ["OKTA-CREATE-03.body-with-id"],
    also: because(
      "nothing can be seen in an answer without a body",
      "RFC7643-3-01.unknown-urn",
      "RFC7644-3.3-02.in-body",
      "RFC7644-3.3-02.resource-type",
      "RFC7643-3.1-01.own-id",
      "RFC7643-3.1-01.own-meta",
      "RFC7643-2.3.2-01.boolean",
      "RFC7644-3.3-11.different",
    ),
    make: spoiling(createUser, (_call, proceed) => {
      const { headers = [] } = proceed();
      return { status: 201, headers };
    }),
  },
  {
    name: "create-answers-without-schemas",
    title: "The answer to a create has no schemas.",
    layer: "app",
    target: ["OKTA-CREATE-05.core-schema"],
    also: because(
      "the answer lacks what the RFC wants there, and is written back without it",
      "RFC7643-3-01.unknown-urn",
      "RFC7644-3.14-02.other",
      "RFC7644-3.14-03.stale",
      "RFC7644-3.14-03.current",
      "RFC7644-3.14-03.stale-delete",
    ),
    make: spoiling(createUser, (_call, proceed) => showing(proceed(), { schemas: undefined })),
  },
  {
    name: "active-only-after-create",
    title: "The account is switched on after the answer to the create, which shows it inactive.",
    layer: "app",
    target: ["OKTA-CREATE-05.active"],
    also: [],
    make: spoiling(createUser, (_call, proceed) => overwriting(proceed(), { active: false })),
  },
  {
    name: "create-answers-names-exchanged",
    title: "The answer to a create has the given name for the family name, and the reverse.",
    layer: "app",
    target: ["OKTA-CREATE-05.names-unchanged"],
    also: [
      ...because("names beyond ASCII are exchanged too", "OKTA-ROBUST-02.names-kept"),
      ...because("the names are looked for in that answer", "RFC7643-2.1-01.read"),
    ],
    make: spoiling(createUser, (_call, proceed) => {
      const reply = proceed();
      const { givenName, familyName } = (reply.body?.name ?? {}) as JsonObject;
      return overwriting(reply, { name: changed({}, { givenName: familyName, familyName: givenName }) });
    }),
  },
  {
    name: "create-echoes-password",
    title: "The answer to a create repeats the password that was sent.",
    layer: "app",
    target: ["OKTA-CREATE-08.never-shown"],
    also: [],
    make: spoiling(createUser, ({ body }, proceed) => showing(proceed(), { password: body.password })),
  },
  {
    name: "read-shows-password-hash",
    title: "A read shows the hash of the password.",
    layer: "app",
    target: ["OKTA-CREATE-08.never-shown"],
    also: [
      ...because(
        "the read after a change of the password shows it as well",
        "OKTA-PASSWORD-01.never-shown",
        "OKTA-PASSWORD-02.never-shown",
      ),
      ...because(
        "the hash is shown where no password may be",
        "RFC7643-7-05.asked-for",
        "RFC7644-3.5.1-01.stored",
      ),
    ],
    make: spoiling(readUser, ({ resource }, proceed) =>
      resource?.attributes.password === undefined
        ? proceed()
        : showing(proceed(), { password: "$2b$10$7Xk" }),
    ),
  },
  {
    name: "ids-as-numbers",
    title: "Ids are the numbers that the database counts, and shown as such.",
    layer: "app",
    target: ["OKTA-CREATE-04.text"],
    also: because(
      "the number does not come back as the text it was sent as",
      "RFC7643-3.1-01.own-id",
      "RFC7644-3.5.2-02.sent-again",
      "RFC7644-3.5.2-14.in-order",
      "RFC7643-4.3-02.set",
    ),
    make: ({ operations }) => ({
      makeId: (sequence) => String(700_000 + sequence),
      replace: {
        render: (view, resource, projection) => {
          const shown = operations.render(view, resource, projection);
          return resource.type === userType ? changed(shown, { id: Number(resource.id) }) : shown;
        },
      },
      // Members come back as the numbers that were given out.
      wrap: (handle) => (request) =>
        handle({ ...request, body: request.body.replaceAll(/"value":(7\d{5})\b/g, '"value":"$1"') }),
    }),
  },
  {
    name: "ids-hold-bulk-id",
    title: "Ids begin with the word that SCIM reserves for bulk requests.",
    layer: "app",
    target: ["OKTA-CREATE-04.no-bulk-id"],
    also: [],
    make: () => ({ makeId: (sequence, chance) => `bulkId-${chance()}${sequence}` }),
  },
  {
    name: "create-after-conflict-answers-old-id",
    title:
      "After a conflict, the next create of the same client answers the id of the row that was in the way.",
    layer: "app",
    target: ["OKTA-CREATE-04.one-each"],
    also: [],
    make: spoilingWithMemory(createUser, () => {
      let lastRow: string | undefined;
      return ({ context, request, body }, proceed) => {
        // Creates of the live client overlap, and would get each other's rows; those of the published test hardly do.
        if (headerValue(request.headers, "user-agent") !== "OKTA SCIM Integration") return proceed();
        const id = lastRow;
        lastRow = undefined;
        try {
          return id === undefined ? proceed() : showing(proceed(), { id });
        } catch (failure) {
          if (failure instanceof ScimFailure && failure.status === 409) lastRow = holderOf(context, body)?.id;
          throw failure;
        }
      };
    }),
  },
];
