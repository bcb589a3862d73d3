import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { resolveAttribute } from "../attribute-path.ts";
import type { Context } from "../context.ts";
import type { Reply } from "../message.ts";
import { type Make, showingOnly, together } from "../quirks/make.ts";
import type { Resource } from "../resource.ts";
import { type ResourceType, userType } from "../schemas.ts";

/**
 * The id of a user is the external id that the client gave, and changes with it. Inside, the store keeps ids of its
 * own. They are exchanged where a resource is shown or searched, beneath every other fact, and where a request comes
 * in, around every other fact: what lies between finds people by the ids of the store.
 */
export const clientIdsWithin: Make = together(
  showingOnly("User", (user, { resource }) => {
    const id = clientId(resource);
    const meta = isJsonObject(user.meta ?? null) ? (user.meta as JsonObject) : undefined;
    return {
      ...user,
      id,
      ...(meta === undefined ? {} : { meta: { ...meta, location: moved(String(meta.location), resource) } }),
    };
  }),
  ({ operations }) => ({
    replace: {
      matching: (view, type, filter) =>
        operations.matching(
          view,
          type,
          type.name === "User" && filter.kind === "compare" && filter.name.toLowerCase() === "id"
            ? { ...filter, name: "externalId" }
            : filter,
        ),
      applyOperation: (context, draft, operation) => {
        const isId = draft.type.name === "User" && operation.path?.toLowerCase() === "id";
        operations.applyOperation(context, draft, isId ? { ...operation, path: "externalId" } : operation);
      },
    },
  }),
);

export const clientIdsWithout: Make = ({ operations }) => ({
  replace: {
    create: (context, type, request) => relocated(context, type, operations.create(context, type, request)),
    read: (context, type, id, request) =>
      relocated(context, type, operations.read(context, type, kept(context, type, id), request)),
    replace: (context, type, id, request) =>
      relocated(context, type, operations.replace(context, type, kept(context, type, id), request)),
    modify: (context, type, id, request) =>
      relocated(context, type, operations.modify(context, type, kept(context, type, id), request)),
    remove: (context, type, id, request) =>
      operations.remove(context, type, kept(context, type, id), request),
  },
});

const clientId = ({ id, attributes }: Resource) => String(attributes.externalId ?? id);

const moved = (location: string, resource: Resource) =>
  location.endsWith(`/${resource.id}`)
    ? `${location.slice(0, -resource.id.length)}${encodeURIComponent(clientId(resource))}`
    : location;

/** The id that the store keeps for the one a client names. */
function kept({ store }: Context, type: ResourceType, id: string): string {
  const place = type.name === "User" ? resolveAttribute(userType, "externalId") : undefined;
  if (place === undefined) return id;
  // The id inside is nobody's business, unless nothing else was given.
  const inside = store.get(type, id);
  const found = store.findEqual(type, place, id)?.[0];
  return found?.id ?? (inside?.attributes.externalId === undefined ? id : "");
}

function relocated({ store }: Context, type: ResourceType, reply: Reply): Reply {
  if (type.name !== "User" || reply.headers === undefined) return reply;
  return {
    ...reply,
    headers: reply.headers.map(([name, value]) => {
      const resource = name === "Location" ? store.get(type, value.split("/").at(-1) ?? "") : undefined;
      return [name, resource === undefined ? value : moved(value, resource)];
    }),
  };
}
