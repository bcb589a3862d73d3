import type { Json, JsonObject } from "../model/json.ts";
import { isJsonObject } from "../model/json.ts";
import { versionOf } from "./etag.ts";
import type { Resource } from "./resource.ts";
import { userType } from "./schemas.ts";
import type { Store } from "./store.ts";

/** A store as one client sees it: addresses begin with the base URL it used. */
export interface View {
  readonly store: Store;
  /** Without a slash at the end. */
  readonly baseUrl: string;
}

/** The value of a top-level attribute, stored or computed; undefined when it is unassigned. */
export function readAttribute(
  view: View,
  resource: Resource,
  extension: string | undefined,
  name: string,
): Json | undefined {
  if (extension !== undefined) {
    const held = resource.attributes[extension];
    return isJsonObject(held) ? held[name] : undefined;
  }
  switch (name) {
    case "schemas":
      return schemasOf(resource);
    case "id":
      return resource.id;
    case "meta":
      return metaOf(view, resource);
    case "groups":
      return groupsOf(view, resource);
    case "members":
      return membersOf(view, resource);
    default:
      return resource.attributes[name];
  }
}

export function locationOf(view: View, resource: Resource): string {
  return `${view.baseUrl}/${resource.type.collection}/${segmentOf(resource.id)}`;
}

const PLAIN = /^[\w.~-]*$/;

/** An id as a segment of a path; what may stand there as it is stays as it is (RFC 3986 section 3.3). */
const segmentOf = (id: string) =>
  PLAIN.test(id)
    ? id
    : encodeURIComponent(id).replace(/%(3A|40|24|26|2B|2C|3B|3D)/g, (code) => decodeURIComponent(code));

/** One member, as `members` shows it. */
export function memberOf(view: View, id: string): JsonObject {
  const user = view.store.get(userType, id);
  return {
    value: id,
    $ref: `${view.baseUrl}/Users/${segmentOf(id)}`,
    display: user?.attributes.displayName ?? user?.attributes.userName ?? "",
    type: "User",
  };
}

function schemasOf(resource: Resource): string[] {
  const present = resource.type.extensions.filter(({ id }) => resource.attributes[id] !== undefined);
  return [resource.type.schema.id, ...present.map(({ id }) => id)];
}

function metaOf(view: View, resource: Resource): JsonObject {
  const created = new Date(resource.created).toISOString();
  // Most resources are never changed, and dates are dear to write.
  const isUnchanged = resource.lastModified === resource.created;
  return {
    resourceType: resource.type.name,
    created,
    lastModified: isUnchanged ? created : new Date(resource.lastModified).toISOString(),
    location: locationOf(view, resource),
    version: versionOf(resource),
  };
}

function groupsOf(view: View, user: Resource): Json | undefined {
  if (user.type.name !== "User") return undefined;
  return view.store.groupsOf(user.id).map((group) => ({
    value: group.id,
    $ref: locationOf(view, group),
    display: group.attributes.displayName ?? "",
    type: "direct",
  }));
}

function membersOf(view: View, group: Resource): Json | undefined {
  if (group.type.name !== "Group") return undefined;
  return Array.from(group.members, (id) => memberOf(view, id));
}
