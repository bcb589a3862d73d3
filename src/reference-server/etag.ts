import type { Headers } from "../model/exchange.ts";
import { ScimFailure } from "./errors.ts";
import type { Resource } from "./resource.ts";

/** `meta.version` and `ETag`: weak, because two replies may differ in attributes asked for (RFC 7644 section 3.14). */
export function versionOf(resource: Resource): string {
  return `W/"${resource.version}"`;
}

/** @throws ScimFailure 412 when the client changes a version that is no longer the current one. */
export function requireVersion(headers: Headers, resource: Resource): void {
  const wanted = listIn(headers, "if-match");
  const unwanted = listIn(headers, "if-none-match");
  if (
    (wanted !== undefined && !lists(wanted, resource)) ||
    (unwanted !== undefined && lists(unwanted, resource))
  ) {
    throw new ScimFailure(412, `The resource is at version ${versionOf(resource)}.`);
  }
}

/** Whether the client has this version already, so that 304 says enough. */
export function isCurrent(headers: Headers, resource: Resource): boolean {
  const known = listIn(headers, "if-none-match");
  return known !== undefined && lists(known, resource);
}

/** A list may be spread over several fields of a name (RFC 9110 section 5.3). */
function listIn(headers: Headers, name: string): string | undefined {
  const values = headers.flatMap(([key, value]) => (key.toLowerCase() === name ? [value] : []));
  return values.length === 0 ? undefined : values.join(",");
}

/** What is a tag of a list, or a piece of what is none. A comma in quotes belongs to its tag. */
const TAG = /[ \t]*(?:W\/)?"[^"]*"|[^,]+/gi;

function lists(header: string, resource: Resource): boolean {
  if (header.trim() === "*") return true;
  const bare = (tag: string) => tag.trim().replace(/^W\//i, "");
  const current = bare(versionOf(resource));
  return (header.match(TAG) ?? []).some((tag) => bare(tag) === current);
}
