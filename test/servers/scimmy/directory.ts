import { randomUUID } from "node:crypto";
import SCIMMY from "scimmy";

/** A resource as it is kept: plain JSON, with what the server adds. */
export interface Stored extends Record<string, unknown> {
  readonly id: string;
  readonly meta: { readonly created: string; readonly lastModified: string };
}

interface StoredMember {
  readonly value: string;
}

/**
 * The application behind SCIMMY: two maps, and the rules SCIMMY leaves to its host. User names are unique without
 * regard to case, as are group names; ids are given out here; whoever is deleted leaves the groups.
 * Every method runs to its end without waiting, so no two requests can come between each other here.
 */
export class Directory {
  readonly users = new Map<string, Stored>();
  readonly groups = new Map<string, Stored>();

  user(id: string): Stored {
    const user = this.users.get(id) ?? notFound(id);
    return { ...user, groups: this.#groupsOf(id) };
  }

  allUsers(): readonly Stored[] {
    return [...this.users.keys()].map((id) => this.user(id));
  }

  writeUser(id: string | undefined, given: Readonly<Record<string, unknown>>): Stored {
    const known = id === undefined ? undefined : (this.users.get(id) ?? notFound(id));
    refuseTaken(this.users, "userName", given, id);
    const active = given.active ?? known?.active ?? true;
    const { password: _, groups: __, ...kept } = given;
    const user = stamped({ ...kept, active }, known);
    this.users.set(user.id, user);
    return this.user(user.id);
  }

  deleteUser(id: string): void {
    if (!this.users.delete(id)) notFound(id);
    for (const group of this.groups.values()) {
      const members = membersOf(group).filter(({ value }) => value !== id);
      this.groups.set(group.id, { ...group, members });
    }
  }

  group(id: string): Stored {
    return this.groups.get(id) ?? notFound(id);
  }

  writeGroup(id: string | undefined, given: Readonly<Record<string, unknown>>): Stored {
    const known = id === undefined ? undefined : this.group(id);
    refuseTaken(this.groups, "displayName", given, id);
    const members = membersOf(given);
    const stranger = members.find(({ value }) => !this.users.has(value) && !this.groups.has(value));
    if (stranger !== undefined) {
      throw new SCIMMY.Types.Error(400, "invalidValue", `There is no user or group ${stranger.value}`);
    }
    // A set: the same member twice is one member.
    const distinct = [...new Map(members.map((member) => [member.value, member])).values()];
    const group = stamped({ ...given, members: distinct }, known);
    this.groups.set(group.id, group);
    return group;
  }

  deleteGroup(id: string): void {
    if (!this.groups.delete(id)) notFound(id);
  }

  #groupsOf(userId: string) {
    return [...this.groups.values()]
      .filter((group) => membersOf(group).some(({ value }) => value === userId))
      .map((group) => ({ value: group.id, display: group.displayName, type: "direct" }));
  }
}

function stamped(attributes: Readonly<Record<string, unknown>>, known: Stored | undefined): Stored {
  const now = new Date().toISOString();
  const { schemas: _, ...kept } = attributes;
  return {
    ...kept,
    id: known?.id ?? randomUUID(),
    meta: { created: known?.meta.created ?? now, lastModified: now },
  };
}

function refuseTaken(
  resources: ReadonlyMap<string, Stored>,
  attribute: "userName" | "displayName",
  given: Readonly<Record<string, unknown>>,
  id: string | undefined,
): void {
  const wanted = String(given[attribute]).toLowerCase();
  for (const other of resources.values()) {
    if (other.id !== id && String(other[attribute]).toLowerCase() === wanted) {
      throw new SCIMMY.Types.Error(409, "uniqueness", `The ${attribute} ${given[attribute]} is taken`);
    }
  }
}

const membersOf = (group: Readonly<Record<string, unknown>>) =>
  (group.members ?? []) as readonly StoredMember[];

function notFound(id: string): never {
  throw new SCIMMY.Types.Error(404, "", `Resource ${id} not found`);
}
