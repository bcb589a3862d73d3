import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { Habit } from "../../model/observable.ts";
import { changed, itemsIn, jsonOf, operationsIn, sending, withOperations } from "../defects/sent.ts";
import { type Make, readingWhole, replying, showingOnly, together } from "../quirks/make.ts";
import { userType } from "../schemas.ts";
import type { Playing } from "./kind.ts";

/** How a habit is kept where the sound server does not keep it anyway, and how it is broken. */
interface Ways {
  readonly kept: Make;
  readonly broken: Make;
}

const asItIs: Make = () => ({});

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

const member = (change: (item: JsonObject, userName: string) => JsonObject): Make =>
  showingOnly("Group", (group, { view }) => ({
    ...group,
    ...(group.members === undefined
      ? {}
      : {
          members: itemsIn(group.members).map((item) => {
            if (!isJsonObject(item)) return item;
            const user = view.store.get(userType, String(item.value));
            return change(item, String(user?.attributes.userName ?? ""));
          }),
        }),
  }));

const HABITS: Readonly<Record<Habit, Ways>> = {
  "scim-error-body": {
    kept: asItIs,
    broken: replying((reply) =>
      reply.status < 400 ? reply : { ...reply, body: JSON.stringify({ error: "this is no SCIM error" }) },
    ),
  },
  "list-envelope": {
    kept: asItIs,
    broken: ({ operations }) => ({
      replace: {
        list: (context, types, request) => {
          const reply = operations.list(context, types, request);
          const { itemsPerPage: _none, ...body } = reply.body ?? {};
          return { ...reply, body };
        },
      },
    }),
  },
  "reads-show-writes-at-once": {
    kept: asItIs,
    // The read after a replace shows the person as before, once.
    broken: ({ operations }) => {
      const stale = new Map<string, JsonObject>();
      return {
        replace: {
          replace: (context, type, id, request) => {
            const before = operations.read(context, type, id, { ...request, method: "GET" }).body;
            const reply = operations.replace(context, type, id, request);
            if (before !== undefined) stale.set(id, before);
            return reply;
          },
          read: (context, type, id, request) => {
            const before = stale.get(id);
            stale.delete(id);
            return before === undefined
              ? operations.read(context, type, id, request)
              : { status: 200, body: before };
          },
        },
      };
    },
  },
  "members-all-or-nothing": {
    kept: asItIs,
    // Those that are known join before the request is refused for the one that is not.
    broken: ({ operations }) => ({
      replace: {
        requireMembers: (store, draft, settings) => {
          const { stored } = draft;
          if (stored !== undefined) {
            const known = [...draft.members.added].filter((id) => store.get(userType, id) !== undefined);
            const isMixed = known.length > 0 && known.length < draft.members.added.size;
            if (isMixed) {
              const partly = { ...draft.members, added: new Set(known), removed: new Set<string>() };
              store.update(stored, stored.attributes, partly as unknown as typeof draft.members);
            }
          }
          operations.requireMembers(store, draft, settings);
        },
      },
    }),
  },
  "removing-a-stranger-from-a-group-succeeds": {
    kept: asItIs,
    broken: ({ operations }) => ({
      replace: {
        modify: (context, type, id, request) => {
          const group = context.store.get(type, id);
          const removed = operationsIn(jsonOf(request)).flatMap(({ op, path }) =>
            op === "remove" ? (/^members\[value eq "([^"]+)"\]$/.exec(String(path))?.[1] ?? []) : [],
          );
          if (
            type.name === "Group" &&
            group !== undefined &&
            removed.some((one) => !group.members.has(one))
          ) {
            return { status: 404, body: {} };
          }
          return operations.modify(context, type, id, request);
        },
      },
    }),
  },
  "leaving-a-group-keeps-the-user-active": {
    kept: asItIs,
    broken: ({ operations }) => ({
      replace: {
        modify: (context, type, id, request) => {
          const before = [...(context.store.get(type, id)?.members ?? [])];
          const reply = operations.modify(context, type, id, request);
          const left = before.filter((one) => context.store.get(type, id)?.members.has(one) === false);
          for (const one of left) {
            const user = context.store.get(userType, one);
            if (user !== undefined) context.store.update(user, { ...user.attributes, active: false });
          }
          return reply;
        },
      },
    }),
  },
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
  "member-display-is-the-user-name": {
    kept: member((item, userName) => ({ ...item, display: userName })),
    broken: member((item) => ({ ...item, display: "somebody" })),
  },
  "stored-letter-case-is-kept": {
    kept: asItIs,
    broken: ({ operations }) => ({
      replace: {
        ...readingWhole(operations, "User", (body) => lowerCased(body, "userName")),
      },
    }),
  },
  "last-modified-moves": {
    kept: asItIs,
    broken: showingOnly("User", (user) => {
      const meta = user.meta;
      return isJsonObject(meta ?? null)
        ? { ...user, meta: changed(meta as JsonObject, { lastModified: (meta as JsonObject).created }) }
        : user;
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
  "members-of-a-replace-are-the-members": {
    kept: asItIs,
    broken: ({ operations }) => ({
      replace: readingWhole(operations, "Group", (body, stored) =>
        stored === undefined || itemsIn(body.members).length === 0
          ? body
          : {
              ...body,
              members: [...itemsIn(body.members), ...[...stored.members].map((value) => ({ value }))],
            },
      ),
    }),
  },
  "empty-members-in-a-replace-empty-the-group": {
    kept: asItIs,
    broken: ({ operations }) => ({
      replace: readingWhole(operations, "Group", (body, stored) =>
        stored !== undefined && Array.isArray(body.members) && body.members.length === 0
          ? { ...body, members: [...stored.members].map((value) => ({ value })) }
          : body,
      ),
    }),
  },
  "throttled-answers-say-when-to-come-back": {
    kept: asItIs,
    broken: replying((reply) => ({
      ...reply,
      headers: reply.headers.filter(([name]) => name.toLowerCase() !== "retry-after"),
    })),
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
};

function lowerCased(body: JsonObject, name: string): JsonObject {
  const value = body[name];
  return typeof value === "string" ? { ...body, [name]: value.toLowerCase() } : body;
}

/** Peculiarities with a name of their own. */
export const habit: Playing<"habit"> = (facts) =>
  together(...facts.map(({ of, contrary }) => (contrary === true ? HABITS[of].broken : HABITS[of].kept)));
