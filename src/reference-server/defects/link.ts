import type { Clock } from "../../model/clock.ts";
import type { Json } from "../../model/json.ts";
import { resolveAttribute } from "../attribute-path.ts";
import type { Draft } from "../draft.ts";
import { badRequest, ScimFailure } from "../errors.ts";
import type { Resource } from "../resource.ts";
import { userType } from "../schemas.ts";
import type { Store } from "../store.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { changed } from "./sent.ts";
import { type Call, createUser, holderOf, putUser, restore, spoiling } from "./spoil.ts";

/** Whether a replace gives Okta's id to an account that had none: that is how Okta adopts it. */
const adopts = ({ resource, body }: Call): boolean =>
  resource !== undefined && resource.attributes.externalId === undefined && body.externalId !== undefined;

/** Who has the address that this create carries. */
function holdersOf(context: Call["context"], { emails }: Call["body"]): readonly Resource[] {
  const taken = (emails as readonly { readonly value?: string }[] | undefined)?.[0]?.value;
  if (taken === undefined) return [];
  const filter = { kind: "compare", name: "emails.value", operator: "eq", value: taken } as const;
  return context.operations.matching(context, userType, filter);
}

/** What servers do wrong with names that are taken, and with accounts that were there before Okta. */
export const link: readonly Defect[] = [
  {
    name: "conflict-ends-in-500",
    title: "A user name that is taken violates a constraint of the database, and the answer is a 500.",
    layer: "app",
    source: "https://github.com/tuist/tuist/pull/11688",
    target: ["OKTA-LINK-01.conflict"],
    also: [
      ...because(
        "every write of a name that is taken ends like this",
        "RFC7644-3.12-05.no-server-errors",
        "RFC7644-3.3-03.letter-case",
        "RFC7644-3.3-03.others-conflict",
        "RFC7644-3.5.1-07.conflict",
        "RFC7644-3.5.2-11.conflict",
      ),
    ],
    make: ({ operations }) => ({
      replace: {
        requireUnique: (store, draft) => {
          if (draft.type.name !== "User") return operations.requireUnique(store, draft);
          try {
            operations.requireUnique(store, draft);
          } catch {
            throw new ScimFailure(500, "A constraint was violated.");
          }
        },
      },
    }),
  },
  {
    name: "duplicate-answered-with-existing-user",
    title: "A create under a name that is taken is answered 200 with the user who has it.",
    layer: "app",
    target: ["OKTA-LINK-01.conflict"],
    also: [
      ...because(
        "a create under a name that is taken is no conflict",
        "RFC7644-3.3-03.letter-case",
        "RFC7644-3.3-03.one-created",
        "RFC7644-3.3-03.others-conflict",
        "RFC7644-3.3-11.same",
      ),
    ],
    make: spoiling(createUser, ({ context, body }, proceed) => {
      const holder = holderOf(context, body);
      if (holder === undefined) return proceed();
      return { status: 200, body: context.operations.render(context, holder, {}) };
    }),
  },
  {
    name: "duplicate-overwrites",
    title: "A create under a name that is taken overwrites the user who has it.",
    layer: "app",
    target: ["OKTA-LINK-01.conflict", "OKTA-LINK-01.unchanged"],
    also: [
      ...because(
        "a create under a name that is taken is no conflict",
        "RFC7644-3.3-03.letter-case",
        "RFC7644-3.3-03.one-created",
        "RFC7644-3.3-03.others-conflict",
        "RFC7644-3.3-11.same",
      ),
    ],
    make: spoiling(createUser, ({ context, request, body }, proceed) => {
      const holder = holderOf(context, body);
      if (holder === undefined) return proceed();
      return context.operations.replace(context, holder.type, holder.id, request);
    }),
  },
  {
    name: "conflict-overwrites-all-the-same",
    title: "A create under a name that is taken is answered 409, after the profile was overwritten.",
    layer: "app",
    target: ["OKTA-LINK-01.unchanged"],
    also: [],
    make: spoiling(createUser, ({ context, request, body }, proceed) => {
      const holder = holderOf(context, body);
      if (holder !== undefined) context.operations.replace(context, holder.type, holder.id, request);
      return proceed();
    }),
  },
  {
    name: "duplicate-makes-second-user",
    title: "Nothing makes user names unique: a second create makes a second user of that name.",
    layer: "app",
    target: ["OKTA-LINK-01.conflict", "OKTA-LINK-01.unchanged"],
    also: [
      ...because("nobody can lose a race", "OKTA-LINK-02.one-user"),
      ...because(
        "names are not unique in any write",
        "RFC7644-3.3-03.letter-case",
        "RFC7644-3.3-03.one-created",
        "RFC7644-3.3-03.others-conflict",
        "RFC7644-3.3-03.one-user",
        "RFC7644-3.5.1-04.user-kept",
        "RFC7644-3.5.1-07.conflict",
        "RFC7644-3.5.2-11.conflict",
        "RFC7644-3.3-11.same",
      ),
    ],
    make: ({ operations }) => ({
      replace: {
        requireUnique: (store, draft) => {
          if (draft.type.name !== "User") operations.requireUnique(store, draft);
        },
      },
    }),
  },
  {
    name: "race-makes-several-users",
    title: "A name is looked for before it is taken: creates that overlap each make a user.",
    layer: "app",
    target: ["OKTA-LINK-02.one-created", "OKTA-LINK-02.one-user"],
    also: [
      ...because("nobody loses the race", "OKTA-LINK-02.others-conflict"),
      ...because(
        "several users of one name come of a race",
        "RFC7644-3.3-03.one-created",
        "RFC7644-3.3-03.others-conflict",
        "RFC7644-3.3-03.one-user",
        "RFC7644-3.3-11.same",
      ),
    ],
    make: ({ operations, clock }) => ({
      replace: {
        requireUnique: (store, draft) => {
          try {
            operations.requireUnique(store, draft);
          } catch (failure) {
            if (!isRace(store, draft, clock)) throw failure;
          }
        },
      },
    }),
  },
  {
    name: "race-losers-get-500",
    title: "Creates that overlap violate a constraint of the database: all but one are answered 500.",
    layer: "app",
    source: "https://github.com/tuist/tuist/pull/11688",
    target: ["OKTA-LINK-02.others-conflict"],
    also: because(
      "the losers of the RFC's race are answered in the same way",
      "RFC7644-3.3-03.others-conflict",
    ),
    make: ({ operations, clock }) => ({
      replace: {
        requireUnique: (store, draft) => {
          try {
            operations.requireUnique(store, draft);
          } catch (failure) {
            if (!isRace(store, draft, clock)) throw failure;
            throw new ScimFailure(500, "A constraint was violated.");
          }
        },
      },
    }),
  },
  {
    name: "put-demands-meta",
    title: "A replace without the meta of an earlier read is refused.",
    layer: "app",
    target: ["OKTA-LOOKUP-06.writable"],
    also: because("this replace does not carry it", "RFC7644-3.9-01.replace"),
    make: spoiling(putUser, ({ resource, body }, proceed) => {
      if (resource !== undefined && body.userName !== undefined && body.meta === undefined)
        throw badRequest("invalidValue", "meta is missing.");
      return proceed();
    }),
  },
  {
    name: "adoption-refused",
    title: "An externalId cannot be added to an account that was made without one.",
    layer: "app",
    target: ["OKTA-LINK-03.adopted"],
    also: [],
    make: spoiling(putUser, (call, proceed) => {
      if (adopts(call)) throw badRequest("mutability", "externalId cannot be changed.");
      return proceed();
    }),
  },
  {
    name: "adoption-keeps-old-profile",
    title: "The replace that adopts an account stores Okta's id and state, and leaves the profile as it was.",
    layer: "app",
    target: ["OKTA-LINK-03.profile-taken"],
    also: [],
    make: spoiling(putUser, (call, proceed) => {
      const before = call.resource?.attributes;
      const isAdopted = adopts(call);
      const reply = proceed();
      const after = call.resource?.attributes;
      if (isAdopted && before !== undefined && after !== undefined) {
        const { name = null, emails = null }: Readonly<Record<string, Json>> = before;
        restore(call, { ...after, name, emails });
      }
      return reply;
    }),
  },
  {
    name: "adoption-keeps-inactive",
    title: "The replace that adopts an account does not switch it on.",
    layer: "app",
    target: ["OKTA-LINK-03.active"],
    also: [],
    make: spoiling(putUser, (call, proceed) => {
      const wasActive = call.resource?.attributes.active ?? true;
      if (!adopts(call)) return proceed();
      return proceed({ ...call.request, body: JSON.stringify(changed(call.body, { active: wasActive })) });
    }),
  },
  {
    name: "create-under-a-taken-address-overwrites",
    title: "A create with an address that another user has overwrites that user.",
    layer: "app",
    target: ["OKTA-LINK-04.same-email"],
    also: [],
    make: spoiling(createUser, ({ context, request, body }, proceed) => {
      const [holder] = holdersOf(context, body);
      if (holder === undefined || holderOf(context, body) !== undefined) return proceed();
      const reply = context.operations.replace(context, userType, holder.id, request);
      return { ...reply, status: 201 };
    }),
  },
  {
    name: "email-taken-ends-in-conflict-about-name",
    title: "An address that another user has is refused as if the user name were taken.",
    layer: "app",
    source: "https://github.com/better-auth/better-auth/issues/11111",
    target: ["OKTA-LINK-04.same-email"],
    also: [],
    make: spoiling(createUser, ({ context, body }, proceed) => {
      if (holdersOf(context, body).length > 0) {
        throw new ScimFailure(409, "This user exists already.", "uniqueness");
      }
      return proceed();
    }),
  },
];

/** Whether the one who has the name was made at this very moment. */
function isRace(store: Store, { stored, attributes }: Draft, clock: Clock): boolean {
  const place = resolveAttribute(userType, "userName");
  const { userName } = attributes;
  if (stored !== undefined || place === undefined || typeof userName !== "string") return false;
  return (store.findEqual(userType, place, userName) ?? []).some(({ created }) => created === clock.now());
}
