import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { ScimFailure } from "../errors.ts";
import type { ScimRequest } from "../message.ts";
import type { Variation } from "../variation.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { changed, itemsIn, sending } from "./sent.ts";
import { createUser, holderOf, spoiling } from "./spoil.ts";

const LONGEST_NAME = 100;

/** A create that takes the address for the user name. */
function namedByAddress(request: ScimRequest, body: JsonObject): ScimRequest {
  const address = itemsIn(body.emails).find(isJsonObject)?.value;
  return address === undefined ? request : sending(request, changed(body, { userName: address }));
}

/** Something else happens to a create whose name somebody got at this very moment. */
const losingRaces = (lose: Parameters<typeof spoiling>[1]): Variation["make"] => {
  return (tools) =>
    spoiling(createUser, (call, proceed) => {
      const holder = holderOf(call.context, call.body);
      return holder?.created === tools.clock.now() ? lose(call, proceed) : proceed();
    })(tools);
};

/** What servers do wrong with user names: that one is needed, taken once, and kept. */
export const rfcUserNames: readonly Defect[] = [
  {
    name: "conflict-without-word",
    title: "A create with a name that is taken is answered 409 without a scimType.",
    layer: "app",
    target: ["RFC7644-3.3-03.uniqueness-word"],
    also: because("Okta meets the same conflict", "OKTA-LINK-01.uniqueness-type"),
    make: spoiling(createUser, (_call, proceed) => {
      try {
        return proceed();
      } catch (failure) {
        if (!(failure instanceof ScimFailure) || failure.status !== 409) throw failure;
        throw new ScimFailure(failure.status, failure.message);
      }
    }),
  },
  {
    name: "taken-name-in-capitals-accepted",
    title: "A name that is taken can be had again in other letters.",
    layer: "app",
    target: ["RFC7644-3.3-03.letter-case"],
    also: [],
    make: ({ operations }) => ({
      replace: {
        requireUnique: (store, draft) => {
          try {
            operations.requireUnique(store, draft);
          } catch (conflict) {
            const { userName } = draft.attributes;
            const held = [...store.all(draft.type)].some(
              (other) => other !== draft.stored && other.attributes.userName === userName,
            );
            if (held) throw conflict;
          }
        },
      },
    }),
  },
  {
    name: "race-doubles-user",
    title:
      "Whether a name is taken is looked up before the create, and creates at the same time all find it free.",
    layer: "app",
    target: ["RFC7644-3.3-03.one-created"],
    also: [
      ...because(
        "whoever should be refused is created",
        "RFC7644-3.3-03.others-conflict",
        "RFC7644-3.3-03.one-user",
        "RFC7644-3.3-11.same",
      ),
      ...because(
        "Okta's creates race each other in the same way",
        "OKTA-LINK-02.one-created",
        "OKTA-LINK-02.others-conflict",
        "OKTA-LINK-02.one-user",
      ),
    ],
    make: ({ operations, clock }) => ({
      replace: {
        requireUnique: (store, draft) => {
          const now = clock.now();
          const isNew = [...store.all(draft.type)].some(
            ({ attributes, created }) =>
              created === now &&
              attributes.userName !== undefined &&
              attributes.userName === draft.attributes.userName,
          );
          if (!isNew) operations.requireUnique(store, draft);
        },
      },
    }),
  },
  {
    name: "lost-race-ends-in-500",
    title: "Creates of one name at the same time meet the unique index, whose violation nobody catches.",
    layer: "app",
    target: ["RFC7644-3.3-03.others-conflict"],
    also: because("Okta's creates race each other in the same way", "OKTA-LINK-02.others-conflict"),
    make: losingRaces(() => {
      throw new ScimFailure(500, "The row could not be written.");
    }),
  },
  {
    name: "lost-race-leaves-user",
    title: "Of creates of one name at the same time each leaves a user, also those that are answered 409.",
    layer: "app",
    target: ["RFC7644-3.3-03.one-user"],
    also: because("Okta's creates race each other in the same way", "OKTA-LINK-02.one-user"),
    make: losingRaces(({ context, body }, proceed) => {
      const holder = holderOf(context, body);
      if (holder !== undefined) context.store.insert(holder.type, holder.attributes);
      return proceed();
    }),
  },
  {
    name: "missing-user-name-made-up",
    title: "A create without a userName takes the address for one.",
    layer: "app",
    target: ["RFC7643-4.1.1-02.missing"],
    also: [],
    make: spoiling(createUser, ({ body, request }, proceed) =>
      proceed(body.userName === undefined ? namedByAddress(request, body) : request),
    ),
  },
  {
    name: "empty-user-name-made-up",
    title: "A create with an empty userName takes the address for one.",
    layer: "app",
    target: ["RFC7643-4.1.1-02.empty"],
    also: [],
    make: spoiling(createUser, ({ body, request }, proceed) =>
      proceed(body.userName === "" ? namedByAddress(request, body) : request),
    ),
  },
  {
    name: "user-names-cut-at-100",
    title: "User names are cut after 100 characters.",
    layer: "app",
    target: ["RFC7643-4.1.1-03.kept"],
    also: because("nobody has the whole name", "RFC7643-4.1.1-03.found"),
    make: spoiling(createUser, ({ body, request }, proceed) => {
      const { userName } = body;
      return typeof userName === "string" && userName.length > LONGEST_NAME
        ? proceed(sending(request, changed(body, { userName: userName.slice(0, LONGEST_NAME) })))
        : proceed();
    }),
  },
];
