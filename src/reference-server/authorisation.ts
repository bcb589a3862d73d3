import { timingSafeEqual } from "node:crypto";
import { type Headers, headerValue } from "../model/exchange.ts";
import { ScimFailure } from "./errors.ts";

/**
 * Lets requests with the right bearer token pass; the scheme's letter case does not count (RFC 9110 section 11.1).
 * @throws ScimFailure 401 with `WWW-Authenticate` for every other one.
 */
export function authorise(headers: Headers, token: string | undefined): void {
  if (token === undefined) return;
  const given = headerValue(headers, "authorization");
  if (given === undefined) throw unauthorised("This server needs a bearer token.", "");
  const bearer = /^bearer +(.*)$/i.exec(given)?.[1];
  if (bearer === undefined || !sameText(bearer.trim(), token)) {
    throw unauthorised("The credential is not valid here.", ', error="invalid_token"');
  }
}

function unauthorised(detail: string, parameters: string): ScimFailure {
  return new ScimFailure(401, detail, undefined, [["WWW-Authenticate", `Bearer realm="scim"${parameters}`]]);
}

/** Takes the same time wherever two texts differ; only their lengths, which are no secret, show. */
function sameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
