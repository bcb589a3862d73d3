import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { badRequest, ScimFailure } from "../errors.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { changed, itemsIn, overwriting, sending, showing } from "./sent.ts";
import { createUser, leaveGroups, putUser, readUser, spoiling } from "./spoil.ts";

const nameIn = ({ name }: JsonObject): JsonObject => (isJsonObject(name ?? null) ? (name as JsonObject) : {});

/** What servers do wrong with what Okta posts. */
export const create: readonly Defect[] = [
  {
    name: "password-on-create-refused",
    title: "A create that carries a password is refused, because people sign in elsewhere.",
    layer: "app",
    target: ["OKTA-CREATE-08.accepted"],
    also: [
      ...because("every create that Okta sends carries one", "OKTA-CREATE-01.created"),
      ...because(
        "this create carries a password",
        "RFC7644-3.3-02.location",
        "RFC7644-3.3-02.in-body",
        "RFC7644-3.3-02.resource-type",
      ),
    ],
    make: spoiling(createUser, ({ body }, proceed) => {
      if (body.password !== undefined) throw badRequest("invalidValue", "password is not supported.");
      return proceed();
    }),
  },
  {
    name: "empty-groups-on-create-refused",
    title: "A create with an empty groups array is refused, because groups is read-only.",
    layer: "app",
    target: ["OKTA-CREATE-09.accepted"],
    also: [
      ...because("every create that Okta sends carries one", "OKTA-CREATE-01.created"),
      ...because(
        "this create carries an empty groups array",
        "RFC7644-3.3-02.location",
        "RFC7644-3.3-02.in-body",
        "RFC7644-3.3-02.resource-type",
      ),
    ],
    make: spoiling(createUser, ({ body }, proceed) => {
      if (body.groups !== undefined) throw badRequest("mutability", "groups is read-only.");
      return proceed();
    }),
  },
  {
    name: "user-name-becomes-the-address",
    title: "People go by their e-mail address: it takes the place of the userName that a create gives.",
    layer: "app",
    target: ["OKTA-CREATE-07.names"],
    also: because("an address that is taken is a name that is taken", "OKTA-LINK-04.same-email"),
    make: spoiling(createUser, ({ request, body }, proceed) => {
      const address = itemsIn(body.emails).find(isJsonObject)?.value;
      return address === undefined ? proceed() : proceed(sending(request, { ...body, userName: address }));
    }),
  },
  {
    name: "empty-groups-ends-memberships",
    title: "A replace with an empty groups array takes the user out of every group.",
    layer: "app",
    target: ["OKTA-CREATE-09.membership-kept"],
    also: [],
    make: spoiling(putUser, (call, proceed) => {
      const leaves = Array.isArray(call.body.groups) && call.body.groups.length === 0;
      const reply = proceed();
      if (leaves) leaveGroups(call);
      return reply;
    }),
  },
  {
    name: "external-id-demanded",
    title: "A create without an externalId is refused.",
    layer: "app",
    target: ["OKTA-CREATE-10.optional"],
    also: because(
      "this create carries no externalId",
      "RFC7643-7-02.optional-is-optional",
      "RFC7644-3.3-01.minimal",
      "RFC7644-3.9-01.create",
    ),
    make: spoiling(createUser, ({ body }, proceed) => {
      if (body.userName !== undefined && body.externalId === undefined)
        throw badRequest("invalidValue", "externalId is required.");
      return proceed();
    }),
  },
  {
    name: "external-id-dropped",
    title: "The externalId of a create is thrown away.",
    layer: "app",
    target: ["OKTA-CREATE-10.stored"],
    also: [],
    make: spoiling(createUser, ({ request, body }, proceed) =>
      proceed({ ...request, body: JSON.stringify(changed(body, { externalId: undefined })) }),
    ),
  },
  {
    name: "enterprise-extension-refused",
    title: "A create that names the enterprise extension is refused, because its schema is not known.",
    layer: "app",
    target: ["OKTA-CREATE-12.enterprise-accepted"],
    also: [],
    make: spoiling(createUser, ({ body }, proceed) => {
      if (itemsIn(body.schemas).some((urn) => String(urn).includes(":enterprise:"))) {
        throw badRequest("invalidValue", "schemas names a schema that is not known here.");
      }
      return proceed();
    }),
  },
  {
    name: "unknown-extension-refused",
    title: "A create that names an extension of somebody's own is refused.",
    layer: "app",
    target: ["OKTA-CREATE-12.custom-accepted"],
    also: because("Okta's default mappings may hold one", "OKTA-ROBUST-05.on-create"),
    make: spoiling(createUser, ({ body }, proceed) => {
      if (itemsIn(body.schemas).some((urn) => !String(urn).startsWith("urn:ietf:"))) {
        throw badRequest("invalidValue", "schemas names a schema that is not known here.");
      }
      return proceed();
    }),
  },
  {
    name: "user-name-stored-in-small-letters",
    title: "The user name is folded to small letters, and shown like that.",
    layer: "app",
    source: "https://github.com/PostHog/posthog/pull/42253",
    target: ["OKTA-CREATE-05.user-name-unchanged"],
    also: because("a later read shows small letters too", "OKTA-CREATE-06.same-names"),
    make: spoiling([createUser, putUser], ({ request, body }, proceed) => {
      if (typeof body.userName !== "string") return proceed();
      const folded = { ...body, userName: body.userName.toLowerCase() };
      return proceed({ ...request, body: JSON.stringify(folded) });
    }),
  },
  {
    name: "mixed-case-user-name-refused",
    title: "A user name with capital letters is refused.",
    layer: "app",
    target: ["OKTA-CREATE-05.user-name-unchanged"],
    also: [],
    make: spoiling(createUser, ({ body }, proceed) => {
      if (typeof body.userName === "string" && body.userName !== body.userName.toLowerCase()) {
        throw badRequest("invalidValue", "userName may have small letters only.");
      }
      return proceed();
    }),
  },
  {
    name: "users-without-external-id-not-readable",
    title: "A read joins on the externalId: users without one are in lists, and cannot be read.",
    layer: "app",
    target: ["OKTA-CREATE-06.readable"],
    also: because("this user has no externalId", "RFC7644-3.9-02.id-kept", "RFC7644-3.9-02.schemas-kept"),
    make: spoiling(readUser, ({ resource }, proceed) => {
      if (resource !== undefined && resource.attributes.externalId === undefined) {
        throw new ScimFailure(404, "There is no such user.");
      }
      return proceed();
    }),
  },
  {
    name: "read-shows-family-name-in-capitals",
    title: "A read shows the family name in capital letters.",
    layer: "app",
    target: ["OKTA-CREATE-06.same-names"],
    also: [
      ...because("letters beyond ASCII have capitals too", "OKTA-ROBUST-02.names-kept"),
      ...because(
        "a read shows another name than was stored",
        "RFC7644-3.8-04.kept",
        "RFC7644-3.5.1-09.whole",
        "RFC7644-3.5.2.1-01.part",
      ),
    ],
    make: spoiling(readUser, (_call, proceed) => {
      const reply = proceed();
      const { familyName } = nameIn(reply.body ?? {});
      if (typeof familyName !== "string") return reply;
      return showing(reply, { name: { ...nameIn(reply.body ?? {}), familyName: familyName.toUpperCase() } });
    }),
  },
  {
    name: "names-not-stored",
    title: "A create answers with the name that was sent, and stores the user name in both places.",
    layer: "app",
    source: "https://github.com/better-auth/better-auth/issues/11111",
    target: ["OKTA-CREATE-07.names"],
    also: [
      ...because(
        "it reads a user made by a create too",
        "OKTA-CREATE-06.same-names",
        "OKTA-ROBUST-02.names-kept",
      ),
      ...because("the long name is lost as well", "OKTA-ERR-03.not-cut-short"),
      ...because("the name that was sent is not there", "RFC7644-3.8-04.kept", "RFC7644-3.5.2.1-01.part"),
      ...because("A look-up shows what was stored, too.", "OKTA-LOOKUP-01.profile"),
    ],
    make: spoiling(createUser, ({ request, body }, proceed) => {
      const { userName = null, name } = body;
      if (nameIn(body).familyName === undefined) return proceed();
      const stored = { ...body, name: { givenName: userName, familyName: userName } };
      return overwriting(proceed({ ...request, body: JSON.stringify(stored) }), { name });
    }),
  },
  {
    name: "email-domain-replaced",
    title: "The address that was sent is answered, and one made up by the server is stored.",
    layer: "app",
    target: ["OKTA-CREATE-07.email"],
    also: [
      ...because("the address that was sent as primary is not there", "OKTA-CREATE-11.primary-kept"),
      ...because(
        "the address that was sent is not among the values",
        "RFC7643-2.3.2-01.boolean",
        "RFC7644-3.4.2.2-12.sub-attribute",
        "RFC7644-3.4.2.2-12.value-path",
        "RFC7644-3.5.2.1-02.kept",
        "RFC7644-3.5.2.1-03.kept",
        "RFC7644-3.5.2.1-04.once",
        "RFC7644-3.5.2.1-04.untouched",
      ),
      ...because("A look-up shows what was stored, too.", "OKTA-LOOKUP-01.profile"),
    ],
    make: spoiling(createUser, ({ request, body }, proceed) => {
      const { userName, emails } = body;
      if (itemsIn(emails).length !== 1) return proceed();
      const value = `${String(userName).split("@")[0]}@mail.invalid`;
      const stored = { ...body, emails: [{ value, type: "work", primary: true }] };
      return overwriting(proceed({ ...request, body: JSON.stringify(stored) }), { emails });
    }),
  },
  {
    name: "email-without-primary",
    title: "The mark of the primary address is not stored.",
    layer: "app",
    target: ["OKTA-CREATE-11.primary-kept"],
    also: because(
      "an address that is sent again as primary is another one than is stored",
      "RFC7644-3.5.2.1-04.untouched",
    ),
    make: spoiling([createUser, putUser], ({ request, body }, proceed) => {
      if (body.emails === undefined) return proceed();
      const emails = itemsIn(body.emails).map((email) =>
        isJsonObject(email) ? changed(email, { primary: undefined }) : email,
      );
      return proceed({ ...request, body: JSON.stringify({ ...body, emails }) });
    }),
  },
  {
    name: "emails-with-empty-entry",
    title: "A read shows the unused column for a second address as an entry without a value.",
    layer: "app",
    target: ["OKTA-CREATE-11.array"],
    also: because(
      "one more value is shown than there is",
      "RFC7643-4.1.2-02.email",
      "RFC7644-3.5.2-03.seen-by-later",
      "RFC7644-3.5.2.1-02.kept",
      "RFC7644-3.5.2.1-03.kept",
      "RFC7644-3.5.2.1-04.once",
      "RFC7644-3.5.2.2-01.filtered",
      "RFC7644-3.5.2.3-03.exactly",
    ),
    make: spoiling(readUser, (_call, proceed) => {
      const reply = proceed();
      if (itemsIn(reply.body?.emails).length === 0) return reply;
      const stored = itemsIn(reply.body?.emails).filter(
        (email) => isJsonObject(email) && email.type !== "other",
      );
      return showing(reply, { emails: [...stored, { value: "", type: "other" }] });
    }),
  },
];
