import type { JsonObject } from "../../model/json.ts";
import { ScimFailure } from "../errors.ts";
import { groupType, userType } from "../schemas.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { listedIn, showing } from "./sent.ts";
import {
  createGroup,
  deleteGroup,
  listGroups,
  patchGroup,
  putGroup,
  type Spoil,
  spoiling,
  spoilingEach,
} from "./spoil.ts";

/** What servers do wrong when a group is deleted. */
export const groupDelete: readonly Defect[] = [
  {
    name: "group-delete-ends-in-500",
    title: "The group is deleted, then an audit entry cannot be written and the answer is a 500.",
    layer: "app",
    target: ["OKTA-GROUP-DELETE-01.answer"],
    also: [...because("A 500 is no 204.", "OKTA-GROUP-DELETE-01.no-content")],
    make: spoiling(deleteGroup, ({ resource }, proceed) => {
      proceed();
      if (resource === undefined) return { status: 204 };
      throw new ScimFailure(500, "The audit entry could not be written.");
    }),
  },
  {
    name: "deleted-group-still-readable",
    title: "A deleted group is only hidden from look-ups; it can still be read by its id.",
    layer: "app",
    target: ["OKTA-GROUP-DELETE-01.gone"],
    also: [...because("A group that can be read is not answered with 404.", "OKTA-GROUP-DELETE-03.get")],
    make: ({ operations }) => {
      const deleted = new Map<string, JsonObject>();
      return {
        replace: {
          remove: (context, type, id, request) => {
            const resource = context.store.get(type, id);
            const shown = resource === undefined ? undefined : operations.render(context, resource, {});
            const reply = operations.remove(context, type, id, request);
            if (shown !== undefined && type === groupType) deleted.set(id, shown);
            return reply;
          },
          read: (context, type, id, request) => {
            const body = deleted.get(id);
            return body === undefined ? operations.read(context, type, id, request) : { status: 200, body };
          },
        },
      };
    },
  },
  {
    name: "deleted-group-still-found",
    title: "A look-up of the name shows the group after it was deleted.",
    layer: "app",
    target: ["OKTA-GROUP-DELETE-01.name-free"],
    also: [],
    make: spoilingEach(() => {
      const deleted = new Map<string, JsonObject>();
      return [
        {
          at: deleteGroup,
          spoil: ({ context, resource }, proceed) => {
            const shown =
              resource === undefined ? undefined : context.operations.render(context, resource, {});
            const reply = proceed();
            if (shown !== undefined) deleted.set(String(shown.displayName).toLowerCase(), shown);
            return reply;
          },
        },
        {
          at: listGroups,
          spoil: ({ request }, proceed) => {
            const reply = proceed();
            const filter = request.query.get("filter")?.toLowerCase() ?? "";
            const stale = [...deleted].find(([name]) => filter.includes(`"${name}"`))?.[1];
            return stale === undefined || listedIn(reply).length > 0
              ? reply
              : showing(reply, { totalResults: 1, itemsPerPage: 1, Resources: [stale] });
          },
        },
      ];
    }),
  },
  {
    name: "group-delete-removes-users",
    title: "With a group that nobody changed those members are removed who were never in another one.",
    layer: "app",
    target: ["OKTA-GROUP-DELETE-02.users-kept"],
    also: [
      ...because("Whoever was removed is shown with no state at all.", "OKTA-GROUP-DELETE-02.still-active"),
    ],
    make: spoilingEach(() => {
      const groupsOf = new Map<string, Set<string>>();
      const note: Spoil = ({ context, resource }, proceed) => {
        const reply = proceed();
        const group = resource ?? context.store.get(groupType, String(reply.body?.id));
        for (const id of group?.members ?? []) {
          groupsOf.set(id, new Set(groupsOf.get(id)).add(group?.id ?? ""));
        }
        return reply;
      };
      return [
        { at: createGroup, spoil: note },
        { at: patchGroup, spoil: note },
        { at: putGroup, spoil: note },
        {
          at: deleteGroup,
          spoil: ({ context, resource }, proceed) => {
            const members = [...(resource?.members ?? [])];
            const isUntouched = resource?.version === 1;
            const reply = proceed();
            for (const id of members) {
              const user = context.store.get(userType, id);
              if (user !== undefined && isUntouched && groupsOf.get(id)?.size === 1)
                context.store.remove(user);
            }
            return reply;
          },
        },
      ];
    }),
  },
  {
    name: "group-delete-deactivates-users",
    title: "With a group those members lose their access who are in no other group.",
    layer: "app",
    target: ["OKTA-GROUP-DELETE-02.still-active"],
    also: [],
    make: spoiling(deleteGroup, ({ context, resource }, proceed) => {
      const members = [...(resource?.members ?? [])];
      const reply = proceed();
      for (const id of members) {
        const user = context.store.get(userType, id);
        if (user === undefined || context.store.groupsOf(id).length > 0) continue;
        context.store.update(user, { ...user.attributes, active: false });
      }
      return reply;
    }),
  },
];
