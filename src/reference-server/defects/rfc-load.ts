import { ScimFailure } from "../errors.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import {
  createUser,
  holderOf,
  listUsers,
  patchGroup,
  setMembers,
  spoiling,
  spoilingWithMemory,
} from "./spoil.ts";

/** What servers do wrong when requests arrive together, or are very long. */
export const rfcLoad: readonly Defect[] = [
  {
    name: "creates-of-neighbours-deadlock",
    title:
      "Creates with a password lock the names beside their own: the last of four neighbours is answered 500.",
    layer: "app",
    target: ["RFC7644-3.3-11.different"],
    also: because("a race of one name may stand beside such neighbours", "RFC7644-3.3-03.others-conflict"),
    make: ({ clock, ...tools }) =>
      spoilingWithMemory(createUser, () => {
        let locked: { readonly at: number; readonly names: readonly number[] } = { at: -1, names: [] };
        return ({ body }, proceed) => {
          if (body.password === undefined) return proceed();
          const at = clock.now();
          const name = Number(/(\d+)@/.exec(String(body.userName))?.[1]);
          const held = locked.at === at ? locked.names : [];
          locked = { at, names: [...held, name] };
          if (held.length === 3 && held.every((other, index) => other === name - 3 + index)) {
            throw new ScimFailure(500, "There is a deadlock.");
          }
          return proceed();
        };
      })({ clock, ...tools }),
  },
  {
    name: "race-losers-shown-as-created",
    title: "Of creates of one user that overlap each is answered 201, with the user that the first one made.",
    layer: "app",
    target: ["RFC7644-3.3-11.same"],
    also: because(
      "these creates overlap as well",
      "RFC7644-3.3-03.one-created",
      "RFC7644-3.3-03.others-conflict",
    ),
    make: ({ clock, ...tools }) =>
      spoiling(createUser, ({ context, body }, proceed) => {
        const holder = holderOf(context, body);
        if (holder === undefined || holder.created !== clock.now()) return proceed();
        return { status: 201, body: context.operations.render(context, holder, {}) };
      })({ clock, ...tools }),
  },
  {
    name: "added-members-lost-in-race",
    title:
      "PATCH requests of one group that overlap write back the members each had read: the last one wins.",
    layer: "app",
    target: ["RFC7644-3.5.2-14.nothing-lost"],
    also: [],
    make: ({ clock, ...tools }) =>
      spoilingWithMemory(patchGroup, () => {
        const copies = new Map<string, { readonly at: number; readonly members: readonly string[] }>();
        return ({ context, resource }, proceed) => {
          if (resource === undefined) return proceed();
          const now = clock.now();
          const known = copies.get(resource.id);
          const copy = known?.at === now ? known.members : [...resource.members];
          copies.set(resource.id, { at: now, members: copy });
          const before = new Set(resource.members);
          const reply = proceed();
          const joined = [...resource.members].filter((id) => !before.has(id));
          const left = [...before].filter((id) => !resource.members.has(id));
          if (known?.at === now) {
            setMembers(context, resource, [...copy.filter((id) => !left.includes(id)), ...joined]);
          }
          return reply;
        };
      })({ clock, ...tools }),
  },
  {
    name: "who-left-cannot-join-again",
    title:
      "The row of a membership that was taken away is kept, and keeps its member from being added again.",
    layer: "app",
    target: ["RFC7644-3.5.2-14.in-order"],
    also: [],
    make: spoilingWithMemory(patchGroup, () => {
      const left = new Set<string>();
      return ({ context, resource }, proceed) => {
        if (resource === undefined) return proceed();
        const before = [...resource.members];
        const reply = proceed();
        const now = [...resource.members].filter((id) => !left.has(`${resource.id} ${id}`));
        for (const id of before) if (!resource.members.has(id)) left.add(`${resource.id} ${id}`);
        if (now.length < resource.members.size) setMembers(context, resource, now);
        return reply;
      };
    }),
  },
  {
    name: "deep-filter-ends-in-500",
    title: "A filter of many brackets overflows the stack of its parser.",
    layer: "app",
    target: ["RFC7644-3.12-11.deep"],
    also: [],
    make: spoiling(listUsers, ({ request }, proceed) => {
      if (request.query.get("filter")?.includes("(((((((((((((((((((("))
        throw new ScimFailure(500, "The stack is exhausted.");
      return proceed();
    }),
  },
  {
    name: "long-filter-ends-in-500",
    title: "A filter with a value of thousands of characters fails in the database.",
    layer: "app",
    target: ["RFC7644-3.12-11.long"],
    also: [],
    make: spoiling(listUsers, ({ request }, proceed) => {
      if ((request.query.get("filter")?.length ?? 0) > 2_000)
        throw new ScimFailure(500, "The value is too long.");
      return proceed();
    }),
  },
];
