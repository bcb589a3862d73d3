import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import { itemsIn, jsonOf, operationsIn } from "../../defects/sent.ts";
import { type Make, readingWhole, showingOnly } from "../../quirks/make.ts";
import { userType } from "../../schemas.ts";
import { asItIs, type Ways } from "./ways.ts";

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

/** Habits about groups and their members. */
export const GROUPS = {
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
  "member-display-is-the-user-name": {
    kept: member((item, userName) => ({ ...item, display: userName })),
    broken: member((item) => ({ ...item, display: "somebody" })),
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
} satisfies Readonly<Record<string, Ways>>;
