import { authorise } from "./authorisation.ts";
import { requireComplete, requireMembers, requireUnique } from "./draft.ts";
import { listValues, readValue, renderValue } from "./entitlements.ts";
import { errorBody } from "./errors.ts";
import { parseFilter } from "./filter-grammar.ts";
import type { MemberChanges } from "./member-changes.ts";
import { applyOperation } from "./patch.ts";
import { renderResource } from "./projection.ts";
import { parseQueryString } from "./query.ts";
import type { Resource } from "./resource.ts";
import {
  createResource,
  deleteResource,
  listResources,
  modifyResource,
  readResource,
  replaceResource,
  searchResources,
} from "./resource-operations.ts";
import { findMatches, type Matches, matching } from "./search.ts";

/**
 * Everything the server does, by name. The sound server is exactly this table; a defect is the table with one entry
 * put in another's place (`createReferenceServer({ replace: { … } })`), which may call the sound entry and
 * spoil its argument or its result.
 */
export const soundOperations = {
  /** Headers → nothing, or a 401. */
  authorise,
  /** Whether a stranger may ask: a client may learn how to identify itself before it does (RFC 7643 section 5). */
  isPublic(method: string, path: string, basePath: string): boolean {
    return method === "GET" && path === `${basePath}/ServiceProviderConfig`;
  },
  /** The text behind `?` → parameters. */
  parseQuery: parseQueryString,
  /** The text of a filter → its parts. */
  parseFilter,
  /** Types and query → everything a list would show, before paging. */
  findMatches,
  /** One type and one filter → the resources that match. */
  matching,
  /** The matches → one page of them; `startIndex` counts from 1. */
  takePage(matches: Matches, startIndex: number, count: number): readonly Resource[] {
    return matches.page(startIndex - 1, count);
  },
  /** A draft → nothing, or a 400 where something required is missing. */
  requireComplete,
  /** A draft → nothing, or a 409. */
  requireUnique,
  /** A draft → nothing, or a refusal of members that are not there, or too many. */
  requireMembers,
  /** One PATCH operation → a changed draft. */
  applyOperation,
  addMembers(members: MemberChanges, ids: readonly string[]): void {
    for (const id of ids) members.add(id);
  },
  removeMembers(members: MemberChanges, ids: readonly string[]): void {
    for (const id of ids) members.remove(id);
  },
  clearMembers(members: MemberChanges): void {
    members.clear();
  },
  /** POST /Users, POST /Groups */
  create: createResource,
  /** GET /Users/{id} */
  read: readResource,
  /** GET /Users */
  list: listResources,
  /** POST /Users/.search */
  search: searchResources,
  /** PUT /Users/{id} */
  replace: replaceResource,
  /** PATCH /Users/{id} */
  modify: modifyResource,
  /** DELETE /Users/{id} */
  remove: deleteResource,
  /** A stored resource → the JSON a reply shows. */
  render: renderResource,
  /** GET /Roles and its like */
  listValues,
  /** GET /Roles/{id} and its like */
  readValue,
  /** A role or entitlement → the JSON a reply shows. */
  renderValue,
  /** A failure → the JSON a reply shows. */
  renderError: errorBody,
};

export type Operations = typeof soundOperations;
