import type { Json, JsonObject } from "../model/json.ts";
import type { Context } from "./context.ts";
import { type Draft, draftOf, newDraft } from "./draft.ts";
import { notFound, quoted } from "./errors.ts";
import { isCurrent, requireVersion, versionOf } from "./etag.ts";
import { listBody } from "./list-response.ts";
import { memberIds } from "./members.ts";
import type { Reply, ScimRequest } from "./message.ts";
import { normaliseResource } from "./normalise.ts";
import { readPatch } from "./patch.ts";
import { type Projection, shows } from "./projection.ts";
import { type ListQuery, listQueryOf, projectionOf, searchParameters } from "./query.ts";
import { locationOf } from "./read-attribute.ts";
import { readBody, requireSchemas } from "./request-body.ts";
import type { Resource } from "./resource.ts";
import { groupType, type ResourceType } from "./schemas.ts";

/** A page when the client does not say how large; the number Okta asks for. */
const USUAL_PAGE = 100;

/** POST to a collection (RFC 7644 section 3.3). */
export function createResource(context: Context, type: ResourceType, request: ScimRequest): Reply {
  const body = readBody(request.headers, request.body);
  requireSchemas(body, type.schema.id);
  const draft = newDraft(type);
  fill(context, draft, body);
  if (type.name === "User" && draft.attributes.active === undefined) {
    draft.attributes = { ...draft.attributes, active: true };
  }
  requireValid(context, draft);
  const resource = context.store.insert(type, draft.attributes, draft.members);
  return shown(context, 201, resource, projectionOf(request.query));
}

/** GET of one resource (section 3.4.1). */
export function readResource(context: Context, type: ResourceType, id: string, request: ScimRequest): Reply {
  const resource = known(context, type, id);
  if (isCurrent(request.headers, resource)) return { status: 304, headers: [["ETag", versionOf(resource)]] };
  return shown(context, 200, resource, projectionOf(request.query));
}

/** GET of a collection, or of everything (section 3.4.2). */
export function listResources(context: Context, types: readonly ResourceType[], request: ScimRequest): Reply {
  return listed(context, types, listQueryOf(request.query));
}

/** POST to `.search` (section 3.4.3): a list whose parameters stand in the body. */
export function searchResources(
  context: Context,
  types: readonly ResourceType[],
  request: ScimRequest,
): Reply {
  const body = readBody(request.headers, request.body);
  requireSchemas(body, "urn:ietf:params:scim:api:messages:2.0:SearchRequest");
  return listed(context, types, listQueryOf(searchParameters(body)));
}

/** PUT (section 3.5.1). What is left out is cleared, except what the client could not or need not have read. */
export function replaceResource(
  context: Context,
  type: ResourceType,
  id: string,
  request: ScimRequest,
): Reply {
  const resource = known(context, type, id);
  requireVersion(request.headers, resource);
  const body = readBody(request.headers, request.body);
  requireSchemas(body, type.schema.id);
  const draft = draftOf(resource);
  fill(context, draft, body);
  draft.attributes = { ...keptByReplace(resource), ...draft.attributes };
  requireValid(context, draft);
  context.store.update(resource, draft.attributes, draft.members);
  return shown(context, 200, resource, projectionOf(request.query));
}

/**
 * PATCH (section 3.5.2), all or nothing. A group is answered with 204 unless attributes were asked for: showing
 * 50,000 members would cost far more than changing a few.
 */
export function modifyResource(
  context: Context,
  type: ResourceType,
  id: string,
  request: ScimRequest,
): Reply {
  const resource = known(context, type, id);
  requireVersion(request.headers, resource);
  const body = readBody(request.headers, request.body);
  const draft = draftOf(resource);
  for (const operation of readPatch(body, context.settings)) {
    context.operations.applyOperation(context, draft, operation);
  }
  requireValid(context, draft);
  context.store.update(resource, draft.attributes, draft.members);
  const projection = projectionOf(request.query);
  const asked = projection.attributes ?? projection.excludedAttributes;
  if (type.name === "Group" && asked === undefined) {
    return { status: 204, headers: [["ETag", versionOf(resource)]] };
  }
  return shown(context, 200, resource, projection);
}

/** DELETE (section 3.6). */
export function deleteResource(
  context: Context,
  type: ResourceType,
  id: string,
  request: ScimRequest,
): Reply {
  const resource = known(context, type, id);
  requireVersion(request.headers, resource);
  context.store.remove(resource);
  return { status: 204 };
}

function listed(context: Context, types: readonly ResourceType[], query: ListQuery): Reply {
  const { operations, settings } = context;
  const matches = operations.findMatches(context, types, query);
  const count = Math.min(query.count ?? USUAL_PAGE, settings.pageSizeMax);
  const taken = operations.takePage(matches, query.startIndex, count);
  const page = shows(groupType, "members", query) ? withinMembers(taken, settings.pageMembersMax) : taken;
  const resources = page.map((resource) => operations.render(context, resource, query));
  return { status: 200, body: listBody(matches.total, query.startIndex, resources) };
}

/** The first resources of a page, as many as have few enough members together; at least one. */
function withinMembers(page: readonly Resource[], most: number): readonly Resource[] {
  let members = 0;
  const end = page.findIndex((resource, index) => {
    members += resource.members.size;
    return index > 0 && members > most;
  });
  return end === -1 ? page : page.slice(0, end);
}

function known(context: Context, type: ResourceType, id: string): Resource {
  const resource = context.store.get(type, id);
  if (resource === undefined) throw notFound(`There is no ${type.name} with the id ${quoted(id)}.`);
  return resource;
}

function requireValid(context: Context, draft: Draft): void {
  context.operations.requireComplete(draft);
  context.operations.requireUnique(context.store, draft);
  context.operations.requireMembers(context.store, draft, context.settings);
}

/**
 * Puts a whole resource, as a client wrote it, into a draft. Members are kept apart from the other attributes: a
 * group may have 50,000, and only their ids count.
 */
function fill(context: Context, draft: Draft, body: JsonObject): void {
  if (draft.type.name !== "Group") {
    draft.attributes = normaliseResource(draft.type, body);
    return;
  }
  const isMembers = ([name]: readonly [string, Json]) => name.toLowerCase() === "members";
  const entries = Object.entries(body);
  const members = entries.find(isMembers)?.[1] ?? null;
  const others = Object.fromEntries(entries.filter((entry) => !isMembers(entry)));
  draft.attributes = normaliseResource(draft.type, others);
  context.operations.clearMembers(draft.members);
  context.operations.addMembers(draft.members, memberIds(members));
}

/**
 * A password cannot be read and so cannot be sent back, and Okta does not mean to deactivate anybody by leaving
 * `active` out.
 */
function keptByReplace({ attributes }: Resource): Resource["attributes"] {
  const { password, active } = attributes;
  return {
    ...(active === undefined ? {} : { active }),
    ...(password === undefined ? {} : { password }),
  };
}

function shown(context: Context, status: 200 | 201, resource: Resource, projection: Projection): Reply {
  return {
    status,
    headers: [
      ["ETag", versionOf(resource)],
      ["Location", locationOf(context, resource)],
    ],
    body: context.operations.render(context, resource, projection),
  };
}
