import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import { itemsIn, jsonOf, operationsIn, sending, withOperations } from "../../defects/sent.ts";
import { ScimFailure } from "../../errors.ts";
import { type Make, readingWhole } from "../../quirks/make.ts";
import { userType } from "../../schemas.ts";
import { asItIs, type Ways } from "./ways.ts";

const primaryFirst = (emails: Json | undefined): Json => {
  const all = itemsIn(emails);
  const primary = all.find((one) => isJsonObject(one) && one.primary === true) ?? all[0];
  return primary === undefined ? [] : [primary];
};

const keepingEmails =
  (choose: (emails: Json | undefined) => Json): Make =>
  ({ operations }) => ({
    replace: readingWhole(operations, "User", (body) =>
      body.emails === undefined ? body : { ...body, emails: choose(body.emails) },
    ),
  });

/** Habits about people. */
export const USERS = {
  "primary-email-is-kept": {
    kept: keepingEmails(primaryFirst),
    broken: keepingEmails((emails) =>
      itemsIn(emails)
        .filter((one) => !isJsonObject(one) || one.primary !== true)
        .slice(0, 1),
    ),
  },
  "inactive-users-stay-listed": {
    kept: asItIs,
    broken: ({ operations }) => ({
      replace: {
        matching: (view, type, filter) =>
          operations.matching(view, type, filter).filter(({ attributes }) => attributes.active !== false),
      },
    }),
  },
  "created-inactive-when-asked": {
    kept: asItIs,
    broken: ({ operations }) => ({
      replace: readingWhole(operations, "User", (body, stored) =>
        stored === undefined ? { ...body, active: true } : body,
      ),
    }),
  },
  "active-when-nothing-is-said": {
    kept: asItIs,
    broken: ({ operations }) => ({
      replace: readingWhole(operations, "User", (body, stored) =>
        stored === undefined && body.active === undefined ? { ...body, active: false } : body,
      ),
    }),
  },
  "stored-letter-case-is-kept": {
    kept: asItIs,
    broken: ({ operations }) => ({
      replace: {
        ...readingWhole(operations, "User", (body) => lowerCased(body, "userName")),
      },
    }),
  },
  "id-is-external-id": {
    // Laid around everything and beneath everything else: see `client-ids.ts`.
    kept: asItIs,
    broken: asItIs,
  },
  "create-again-gets-a-new-id": {
    kept: asItIs,
    broken: ({ operations }) => ({
      replace: {
        remove: (context, type, id, request) => {
          const stored = context.store.get(type, id);
          if (stored === undefined || type.name !== "User")
            return operations.remove(context, type, id, request);
          context.store.update(stored, { ...stored.attributes, active: false });
          return { status: 204 };
        },
        create: (context, type, request) => {
          const asked = jsonOf(request).userName;
          const known = [...context.store.all(type)].find(
            ({ attributes }) => attributes.active === false && attributes.userName === asked,
          );
          if (known === undefined) return operations.create(context, type, request);
          return { ...operations.replace(context, type, known.id, request), status: 201 };
        },
      },
    }),
  },
  "user-names-are-normalised": {
    kept: ({ operations }) => ({
      replace: {
        requireUnique: (store, draft) => {
          operations.requireUnique(store, draft);
          if (draft.type.name !== "User") return;
          const name = draft.attributes.userName;
          for (const other of store.all(userType)) {
            const { userName } = other.attributes;
            // Two of the same name are another fact's business.
            const isSame = String(userName).toLowerCase() === String(name).toLowerCase();
            if (other !== draft.stored && !isSame && loginOf(userName) === loginOf(name)) {
              throw new ScimFailure(409, "The login that this name would get is taken.", "uniqueness");
            }
          }
        },
      },
    }),
    broken: asItIs,
  },
  "remove-without-path-is-ignored": {
    kept: ({ operations }) => ({
      replace: {
        modify: (context, type, id, request) => {
          const body = jsonOf(request);
          const sent = operationsIn(body);
          const others = sent.filter(
            ({ op, path }) => String(op).toLowerCase() !== "remove" || path !== undefined,
          );
          if (type.name !== "User" || others.length === sent.length) {
            return operations.modify(context, type, id, request);
          }
          return others.length === 0
            ? operations.read(context, type, id, request)
            : operations.modify(context, type, id, sending(request, withOperations(body, others)));
        },
      },
    }),
    broken: asItIs,
  },
} satisfies Readonly<Record<string, Ways>>;

/** What stands before an @, with a dash in the place of everything that is no letter or digit. */
const loginOf = (userName: Json | undefined) =>
  String(userName)
    .replace(/@.*$/, "")
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .toLowerCase();

function lowerCased(body: JsonObject, name: string): JsonObject {
  const value = body[name];
  return typeof value === "string" ? { ...body, [name]: value.toLowerCase() } : body;
}
