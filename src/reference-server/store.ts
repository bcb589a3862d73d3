import type { Clock, Random } from "../model/clock.ts";
import { isJsonObject, type Json } from "../model/json.ts";
import { type AttributePlace, placeKey, resolveAttribute } from "./attribute-path.ts";
import { MemberChanges } from "./member-changes.ts";
import { OrderedList } from "./ordered-list.ts";
import type { Attributes, Resource } from "./resource.ts";
import { ResourceIndex } from "./resource-index.ts";
import { groupType, type ResourceType, userType } from "./schemas.ts";

const INDEXED: Readonly<Record<ResourceType["name"], readonly string[]>> = {
  User: ["userName", "externalId", "emails.value"],
  Group: ["displayName", "externalId"],
};

/** All resources of one type. */
class Table {
  readonly byId = new Map<string, Resource>();
  readonly ordered = new OrderedList<Resource>();
  readonly indexes: readonly ResourceIndex[];

  constructor(type: ResourceType) {
    this.indexes = INDEXED[type.name].flatMap((name) => {
      const place = resolveAttribute(type, name);
      return place === undefined ? [] : [new ResourceIndex(place)];
    });
  }
}

export type MakeId = (sequence: number, chance: () => string, type: ResourceType["name"]) => string;

export interface StoreOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Makes ids of another form: of the number of the create, from 1, of eight hexadecimal digits of chance, and of the type. */
  readonly makeId?: MakeId;
}

/** Holds users and groups in the order they were made, with what it takes to find them without looking at all. */
export class Store {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #makeId: MakeId;
  readonly #users = new Table(userType);
  readonly #groups = new Table(groupType);
  readonly #groupsOf = new Map<string, Set<string>>();
  #sequence = 0;
  #memberships = 0;

  constructor(options: StoreOptions) {
    this.#clock = options.clock;
    this.#random = options.random;
    this.#makeId = options.makeId ?? usualId;
  }

  count(type: ResourceType): number {
    return this.#table(type).byId.size;
  }

  /** How many resources were ever made, removed ones included. */
  get made(): number {
    return this.#sequence;
  }

  /** How many members all groups have together. */
  get memberships(): number {
    return this.#memberships;
  }

  get(type: ResourceType, id: string): Resource | undefined {
    return this.#table(type).byId.get(id);
  }

  /** All resources of a type, oldest first. */
  all(type: ResourceType): Iterable<Resource> {
    return this.#table(type).ordered;
  }

  /** Up to `count` resources after skipping `offset`, oldest first. */
  page(type: ResourceType, offset: number, count: number): readonly Resource[] {
    return this.#table(type).ordered.slice(offset, count);
  }

  /** Resources whose attribute equals the value under its case rule; undefined where there is no index. */
  findEqual(type: ResourceType, place: AttributePlace, value: string): readonly Resource[] | undefined {
    const key = placeKey(place);
    if (key === "id") {
      const found = this.get(type, value);
      return found === undefined ? [] : [found];
    }
    if (type.name === "Group" && (key === "members.value" || key === "members")) return this.groupsOf(value);
    return this.#table(type)
      .indexes.find((index) => index.key === key)
      ?.find(value);
  }

  /** The groups a user belongs to, in the order it joined them. */
  groupsOf(userId: string): readonly Resource[] {
    const groups: Resource[] = [];
    for (const id of this.#groupsOf.get(userId) ?? []) {
      const group = this.#groups.byId.get(id);
      if (group !== undefined) groups.push(group);
    }
    return groups;
  }

  insert(type: ResourceType, attributes: Attributes, members: Iterable<string> = []): Resource {
    const now = this.#clock.now();
    this.#sequence += 1;
    const resource: Resource = {
      type,
      id: this.#newId(type),
      sequence: this.#sequence,
      attributes,
      members: new Set(),
      created: now,
      lastModified: now,
      version: 1,
    };
    const table = this.#table(type);
    table.byId.set(resource.id, resource);
    table.ordered.append(resource);
    for (const index of table.indexes) index.add(resource);
    for (const member of members) this.#join(resource, member);
    return resource;
  }

  /** Gives a resource its new state. One that is the same as before leaves version and date alone. */
  update(resource: Resource, attributes: Attributes, members = new MemberChanges(resource.members)): void {
    const same = attributes === resource.attributes || sameAttributes(attributes, resource.attributes);
    if (same && members.added.size === 0 && members.removed.size === 0) return;
    if (!same) this.#setAttributes(resource, attributes);
    for (const id of members.removed) this.#leave(resource, id);
    for (const id of members.added) this.#join(resource, id);
    resource.lastModified = this.#clock.now();
    resource.version += 1;
  }

  /** Removes a resource: a user also from its groups, a group from its members. */
  remove(resource: Resource): void {
    const table = this.#table(resource.type);
    // Only people are members here: a group may have the id of one, where ids are counted apart.
    const groups = resource.type.name === "User" ? this.groupsOf(resource.id) : [];
    for (const group of groups) {
      this.#leave(group, resource.id);
      group.lastModified = this.#clock.now();
      group.version += 1;
    }
    for (const member of [...resource.members]) this.#leave(resource, member);
    for (const index of table.indexes) index.remove(resource);
    table.byId.delete(resource.id);
    table.ordered.remove(resource);
  }

  #setAttributes(resource: Resource, attributes: Attributes): void {
    const { indexes } = this.#table(resource.type);
    for (const index of indexes) index.remove(resource);
    resource.attributes = attributes;
    for (const index of indexes) index.add(resource);
  }

  #join(group: Resource, userId: string): void {
    if (group.members.has(userId)) return;
    group.members.add(userId);
    this.#memberships += 1;
    const groups = this.#groupsOf.get(userId);
    if (groups === undefined) this.#groupsOf.set(userId, new Set([group.id]));
    else groups.add(group.id);
  }

  #leave(group: Resource, userId: string): void {
    if (group.members.delete(userId)) this.#memberships -= 1;
    const groups = this.#groupsOf.get(userId);
    groups?.delete(group.id);
    if (groups?.size === 0) this.#groupsOf.delete(userId);
  }

  #table(type: ResourceType): Table {
    return type.name === "User" ? this.#users : this.#groups;
  }

  #newId({ name }: ResourceType): string {
    const chance = () =>
      Math.floor(this.#random.next() * 0x100000000)
        .toString(16)
        .padStart(8, "0");
    return this.#makeId(this.#sequence, chance, name);
  }
}

/** Chance makes ids hard to guess; the counter makes them unique even with a poor source of chance. */
const usualId: MakeId = (sequence, chance) =>
  `${chance()}${chance()}${sequence.toString(16).padStart(6, "0")}`;

/** Whether two resources say the same; in which order they say it does not count. */
function sameAttributes(one: Attributes, other: Attributes): boolean {
  return JSON.stringify(one) === JSON.stringify(other) || sorted(one) === sorted(other);
}

/** Attributes are small and flat (RFC 7643 nests two levels), so their text is a fair comparison. */
function sorted(attributes: Attributes): string {
  return JSON.stringify(attributes, (_name, value: Json) =>
    isJsonObject(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
