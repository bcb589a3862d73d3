import type { Json, JsonObject } from "../../../model/json.ts";
import { isJsonObject } from "../../../model/json.ts";
import type { ServerRequest, ServerResponse } from "../../message.ts";

/** A refusal of the administrators' interface. */
export class JsonApiFailure extends Error {
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.name = "JsonApiFailure";
    this.status = status;
  }
}

const HEADERS = [["Content-Type", "application/vnd.api+json"]] as const;

export const jsonApi = (status: number, body: JsonObject): ServerResponse => ({
  status,
  headers: HEADERS,
  body: JSON.stringify(body),
});

export const noContent: ServerResponse = { status: 204, headers: [], body: "" };

export function jsonApiError(status: number, detail: string): ServerResponse {
  return jsonApi(status, { errors: [{ status: String(status), title: titleOf(status), detail }] });
}

const titleOf = (status: number) =>
  status === 404 ? "not found" : status === 401 ? "unauthorized" : "refused";

export const resource = (type: string, id: string, attributes: JsonObject): JsonObject => ({
  id,
  type,
  attributes,
});

/** The attributes of a JSON:API request. Throws 400 for what is none. */
export function attributesIn({ body }: ServerRequest): JsonObject {
  let parsed: Json;
  try {
    parsed = JSON.parse(body) as Json;
  } catch {
    throw new JsonApiFailure(400, "The body is no JSON.");
  }
  const data = isJsonObject(parsed) ? parsed.data : undefined;
  const attributes = isJsonObject(data ?? null) ? (data as JsonObject).attributes : undefined;
  if (!isJsonObject(attributes ?? null))
    throw new JsonApiFailure(400, "The body has no data with attributes.");
  return attributes as JsonObject;
}
