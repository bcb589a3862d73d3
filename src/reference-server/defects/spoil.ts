import type { JsonObject } from "../../model/json.ts";
import type { Context } from "../context.ts";
import { MemberChanges } from "../member-changes.ts";
import type { Reply, ScimRequest } from "../message.ts";
import type { Operations } from "../operations.ts";
import type { Resource } from "../resource.ts";
import { type ResourceType, userType } from "../schemas.ts";
import { onlyFor } from "../touched.ts";
import type { Variation } from "../variation.ts";
import { jsonOf } from "./sent.ts";

type Make = Variation["make"];

/** One request on its way to the sound operation. */
export interface Call {
  readonly context: Context;
  /** The resource it is about, as stored; undefined where there is none, and for creates and lists. */
  readonly resource: Resource | undefined;
  readonly request: ScimRequest;
  /** The JSON that was sent; empty where there was none, or no JSON object. */
  readonly body: JsonObject;
}

/** What the sound server does, with this request or with another one in its place. */
export type Proceed = (request?: ScimRequest) => Reply;

/** What a defect does in the sound operation's place. */
export type Spoil = (call: Call, proceed: Proceed) => Reply;

type Entry = "create" | "read" | "list" | "replace" | "modify" | "remove";

/** Which sound operation, of which resources, goes through the spoil. */
export interface Where {
  readonly entry: Entry;
  readonly of: ResourceType["name"];
}

export const createUser: Where = { entry: "create", of: "User" };
export const readUser: Where = { entry: "read", of: "User" };
export const putUser: Where = { entry: "replace", of: "User" };
export const patchUser: Where = { entry: "modify", of: "User" };
export const deleteUser: Where = { entry: "remove", of: "User" };
export const listUsers: Where = { entry: "list", of: "User" };
export const createGroup: Where = { entry: "create", of: "Group" };
export const readGroup: Where = { entry: "read", of: "Group" };
export const putGroup: Where = { entry: "replace", of: "Group" };
export const patchGroup: Where = { entry: "modify", of: "Group" };
export const deleteGroup: Where = { entry: "remove", of: "Group" };
export const listGroups: Where = { entry: "list", of: "Group" };

/** A server that does one thing in its own way at each of these places. */
export function spoiling(where: Where | readonly Where[], spoil: Spoil): Make {
  return ({ operations }) => ({ replace: spoiled(operations, [where].flat(), () => spoil) });
}

/** As `spoiling`, for a defect that remembers something: `start` is called once for each fresh server. */
export function spoilingWithMemory(where: Where | readonly Where[], start: () => Spoil): Make {
  return ({ operations }) => {
    const spoil = start();
    return { replace: spoiled(operations, [where].flat(), () => spoil) };
  };
}

/** As `spoiling`, with another spoil for each place and one memory for all. */
export function spoilingEach(start: () => readonly { readonly at: Where; readonly spoil: Spoil }[]): Make {
  return ({ operations }) => {
    const all = start();
    return {
      replace: spoiled(
        operations,
        all.map(({ at }) => at),
        (where) => all.find(({ at }) => at === where)?.spoil ?? ((_call, proceed) => proceed()),
      ),
    };
  };
}

function spoiled(
  sound: Operations,
  places: readonly Where[],
  spoilAt: (where: Where) => Spoil,
): Partial<Operations> {
  const typesAt = (entry: Entry) => places.filter((where) => where.entry === entry).map(({ of }) => of);
  const whereFor = (entry: Entry, type: ResourceType | undefined) =>
    places.find((where) => where.entry === entry && where.of === type?.name);
  const single = (entry: "read" | "replace" | "modify" | "remove"): Partial<Operations> => {
    const spoil: Operations["read"] = (context, type, id, request) => {
      const where = whereFor(entry, type);
      if (where === undefined) return sound[entry](context, type, id, request);
      const call = { context, resource: context.store.get(type, id), request, body: jsonOf(request) };
      return spoilAt(where)(call, (other = request) => sound[entry](context, type, id, other));
    };
    return { [entry]: onlyFor(typesAt(entry), spoil, { name: entry, operation: sound[entry] }) };
  };
  const create: Operations["create"] = (context, type, request) => {
    const where = whereFor("create", type);
    if (where === undefined) return sound.create(context, type, request);
    const call = { context, resource: undefined, request, body: jsonOf(request) };
    return spoilAt(where)(call, (other = request) => sound.create(context, type, other));
  };
  const list: Operations["list"] = (context, types, request) => {
    const where = types.length === 1 ? whereFor("list", types[0]) : undefined;
    if (where === undefined) return sound.list(context, types, request);
    const call = { context, resource: undefined, request, body: {} };
    return spoilAt(where)(call, (other = request) => sound.list(context, types, other));
  };
  const spoilt: Readonly<Record<Entry, () => Partial<Operations>>> = {
    create: () => ({
      create: onlyFor(typesAt("create"), create, { name: "create", operation: sound.create }),
    }),
    list: () => ({ list: onlyFor(typesAt("list"), list, { name: "list", operation: sound.list }) }),
    read: () => single("read"),
    replace: () => single("replace"),
    modify: () => single("modify"),
    remove: () => single("remove"),
  };
  // What no place names stays the very operation underneath.
  const entries = new Set(places.map(({ entry }) => entry));
  return Object.assign({}, ...[...entries].map((entry) => spoilt[entry]()));
}

/** Puts the stored resource back to an earlier state. */
export function restore({ context, resource }: Call, attributes: Resource["attributes"]): void {
  if (resource !== undefined) context.store.update(resource, attributes);
}

/** Takes the stored user out of every group. */
export function leaveGroups({ context, resource }: Call): void {
  if (resource === undefined) return;
  for (const group of context.store.groupsOf(resource.id)) {
    setMembers(
      context,
      group,
      [...group.members].filter((id) => id !== resource.id),
    );
  }
}

/** Gives a stored group exactly these members. */
export function setMembers(context: Context, group: Resource, ids: Iterable<string>): void {
  const members = new MemberChanges(group.members);
  members.clear();
  for (const id of ids) members.add(id);
  context.store.update(group, group.attributes, members);
}

/** The user who has the user name of this body, letter case apart. */
export function holderOf(context: Context, { userName = null }: JsonObject): Resource | undefined {
  const filter = { kind: "compare", name: "userName", operator: "eq", value: String(userName) } as const;
  return context.operations.matching(context, userType, filter)[0];
}
