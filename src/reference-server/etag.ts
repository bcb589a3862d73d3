import { type Headers, headerValue } from "../model/exchange.ts";
import { ScimFailure } from "./errors.ts";
import type { Resource } from "./resource.ts";

/** `meta.version` and `ETag`: weak, because two replies may differ in attributes asked for (RFC 7644 section 3.14). */
export function versionOf(resource: Resource): string {
  return `W/"${resource.version}"`;
}

/** @throws ScimFailure 412 when the client changes a version that is no longer the current one. */
export function requireVersion(headers: Headers, resource: Resource): void {
  const wanted = headerValue(headers, "if-match");
  const unwanted = headerValue(headers, "if-none-match");
  if (
    (wanted !== undefined && !lists(wanted, resource)) ||
    (unwanted !== undefined && lists(unwanted, resource))
  ) {
    throw new ScimFailure(412, `The resource is at version ${versionOf(resource)}.`);
  }
}

/** Whether the client has this version already, so that 304 says enough. */
export function isCurrent(headers: Headers, resource: Resource): boolean {
  const known = headerValue(headers, "if-none-match");
  return known !== undefined && lists(known, resource);
}

function lists(header: string, resource: Resource): boolean {
  const bare = (tag: string) => tag.trim().replace(/^W\//i, "");
  const current = bare(versionOf(resource));
  return header.split(",").some((tag) => tag.trim() === "*" || bare(tag) === current);
}
