import fc from "fast-check";
import type { Send } from "../../src/model/exchange.ts";
import { URN } from "../../src/model/scim.ts";

/** What somebody else does between two of our requests. Numbers choose among his own people and groups. */
export interface Deed {
  readonly kind: (typeof DEEDS)[number];
  readonly who: number;
}

const DEEDS = [
  "nothing",
  "create",
  "delete",
  "swap",
  "deactivate",
  "rename",
  "replace",
  "create group",
  "delete group",
  "swap groups",
  "rename group",
  "join",
  "leave",
  "arrive in numbers",
  "leave in numbers",
] as const;

export const deed: fc.Arbitrary<Deed> = fc.record({ kind: fc.constantFrom(...DEEDS), who: fc.nat(1_000) });

/** How many come and go at once: more than fill the rest of a page. */
const IN_NUMBERS = 40;

export interface Neighbour {
  act(deed: Deed): Promise<void>;
  /** Creates one person. */
  create(): Promise<void>;
  /** How many people and groups are his. */
  count(): number;
}

/** Another client of the same directory, with people and groups of his own. He keeps count of them. */
export function neighbour(send: Send): Neighbour {
  const people: string[] = [];
  const groups: string[] = [];
  let number = 0;
  const tell = async (method: string, path: string, body?: object): Promise<string | undefined> => {
    const { outcome } = await send(
      {
        method,
        path,
        headers: [["Content-Type", "application/scim+json"]],
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
      new AbortController().signal,
    );
    // An odd server may refuse him, and he lives with it.
    if (outcome.kind !== "answer" || outcome.status >= 300) return undefined;
    return outcome.body === "" ? "" : JSON.parse(outcome.body).id;
  };
  const named = (name: string) => {
    number += 1;
    return `${name}-${number}@example.org`;
  };
  const create = async () => {
    const id = await tell("POST", "/Users", { schemas: [URN.user], userName: named("neighbour") });
    if (id !== undefined) people.push(id);
  };
  const createGroup = async () => {
    const id = await tell("POST", "/Groups", { schemas: [URN.group], displayName: named("Neighbours") });
    if (id !== undefined) groups.push(id);
  };
  const remove = async (from: string[], collection: string, who: number) => {
    const [id] = from.splice(who % Math.max(1, from.length), 1);
    if (id !== undefined) await tell("DELETE", `/${collection}/${encodeURIComponent(id)}`);
  };
  const patch = async (of: readonly string[], collection: string, who: number, operation: object) => {
    if (of.length === 0) return;
    const body = { schemas: [URN.patchOp], Operations: [operation] };
    await tell("PATCH", `/${collection}/${encodeURIComponent(of[who % of.length] ?? "")}`, body);
  };
  const someone = (who: number) => people[who % Math.max(1, people.length)];
  const times = async (count: number, what: () => Promise<void>) => {
    for (let done = 0; done < count; done += 1) await what();
  };

  const deeds: Readonly<Record<Deed["kind"], (who: number) => Promise<void>>> = {
    nothing: async () => {},
    create,
    delete: (who) => remove(people, "Users", who),
    swap: async (who) => {
      await remove(people, "Users", who);
      await create();
    },
    deactivate: (who) => patch(people, "Users", who, { op: "replace", value: { active: who % 2 === 0 } }),
    rename: (who) => patch(people, "Users", who, { op: "replace", value: { userName: named("renamed") } }),
    replace: async (who) => {
      const id = someone(who);
      if (id === undefined) return;
      await tell("PUT", `/Users/${encodeURIComponent(id)}`, {
        schemas: [URN.user],
        userName: named("replaced"),
        title: "Elsewhere",
      });
    },
    "create group": createGroup,
    "delete group": (who) => remove(groups, "Groups", who),
    "swap groups": async (who) => {
      await remove(groups, "Groups", who);
      await createGroup();
    },
    "rename group": (who) =>
      patch(groups, "Groups", who, { op: "replace", value: { displayName: named("Renamed") } }),
    join: async (who) => {
      const value = someone(who);
      if (value !== undefined)
        await patch(groups, "Groups", who, { op: "add", path: "members", value: [{ value }] });
    },
    leave: (who) => patch(groups, "Groups", who, { op: "replace", path: "members", value: [] }),
    "arrive in numbers": () => times(IN_NUMBERS, create),
    "leave in numbers": () => times(IN_NUMBERS, () => remove(people, "Users", 0)),
  };
  return {
    act: ({ kind, who }) => deeds[kind](who),
    create,
    count: () => people.length + groups.length,
  };
}
