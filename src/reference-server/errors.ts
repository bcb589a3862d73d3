import type { Headers } from "../model/exchange.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { URN } from "../model/scim.ts";
import type { ServerResponse } from "./message.ts";

/** The words RFC 7644 table 9 defines for `scimType`. */
export type ScimType =
  | "invalidFilter"
  | "tooMany"
  | "uniqueness"
  | "mutability"
  | "invalidSyntax"
  | "invalidPath"
  | "noTarget"
  | "invalidValue"
  | "invalidVers"
  | "sensitive";

/** A request that is answered with a SCIM error. Thrown anywhere below `app.ts`, which turns it into a reply. */
export class ScimFailure extends Error {
  readonly status: number;
  readonly scimType: ScimType | undefined;
  /** Headers that belong to the status, for example `Allow` or `Retry-After`. */
  readonly headers: Headers;

  constructor(status: number, detail: string, scimType?: ScimType, headers: Headers = []) {
    super(detail);
    this.name = "ScimFailure";
    this.status = status;
    this.scimType = scimType;
    this.headers = headers;
  }
}

/** A 400 with its `scimType`. */
export function badRequest(scimType: ScimType, detail: string): ScimFailure {
  return new ScimFailure(400, detail, scimType);
}

export function notFound(detail: string): ScimFailure {
  return new ScimFailure(404, detail);
}

/** The error message of RFC 7644 section 3.12; `status` is text there. */
export function errorBody(failure: ScimFailure): JsonObject {
  const body: Record<string, Json> = {
    schemas: [URN.error],
    status: String(failure.status),
    detail: failure.message,
  };
  if (failure.scimType !== undefined) body.scimType = failure.scimType;
  return body;
}

/** The finished reply of a refusal, for whoever stands around the server. */
export const refusalReply = (failure: ScimFailure): ServerResponse => ({
  status: failure.status,
  headers: [["Content-Type", "application/scim+json"]],
  body: JSON.stringify(errorBody(failure)),
});

/** Shortens text taken from a request before it is quoted in a `detail`. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}…` : text);
}
