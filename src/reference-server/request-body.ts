import { type Headers, headerValue } from "../model/exchange.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { isJsonObject } from "../model/json.ts";
import { badRequest, ScimFailure } from "./errors.ts";
import { mediaTypeOf } from "./media-type.ts";

const ACCEPTED = ["application/scim+json", "application/json"];

/**
 * The JSON object of a request. A body without a Content-Type is taken for JSON, which it can only be.
 * @throws ScimFailure 415 for another media type or charset, 400 `invalidSyntax` for what is no JSON object.
 */
export function readBody(headers: Headers, text: string): JsonObject {
  requireJson(headerValue(headers, "content-type"));
  if (text.trim() === "") throw badRequest("invalidSyntax", "The request has no body.");
  let body: Json;
  try {
    body = JSON.parse(text) as Json;
  } catch {
    // The parser's own message quotes the text, which may hold a password.
    throw badRequest("invalidSyntax", "The body is no JSON text.");
  }
  if (!isJsonObject(body)) throw badRequest("invalidSyntax", "The body should be a JSON object.");
  return body;
}

/** @throws ScimFailure `invalidSyntax` unless `schemas` is an array of texts that names this schema. */
export function requireSchemas(body: JsonObject, urn: string): void {
  const named = Object.entries(body).find(([name]) => name.toLowerCase() === "schemas")?.[1];
  const texts: readonly Json[] = Array.isArray(named) ? named : [];
  if (!texts.some((text) => typeof text === "string" && text.toLowerCase() === urn.toLowerCase())) {
    throw badRequest("invalidSyntax", `schemas should be an array that names ${urn}.`);
  }
}

function requireJson(contentType: string | undefined): void {
  if (contentType === undefined) return;
  const type = mediaTypeOf(contentType);
  const charset = type?.parameters.get("charset") ?? "utf-8";
  if (type === undefined || !ACCEPTED.includes(type.essence) || !/^utf-?8$/i.test(charset)) {
    throw new ScimFailure(415, "Send application/scim+json in UTF-8.");
  }
}
