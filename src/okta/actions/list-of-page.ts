import type { Outcome } from "../../model/exchange.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { jsonBody } from "../../model/json-body.ts";

/** What the answer to one page of a collection says, or why it is no list. */
export type List =
  | {
      readonly ok: true;
      readonly body: JsonObject;
      readonly resources: readonly Json[];
      readonly total: number;
    }
  | { readonly ok: false; readonly problem: string };

export function listIn(outcome: Outcome | undefined): List {
  if (outcome === undefined) return unusable("nothing was sent");
  if (outcome.kind === "silence") return unusable(`no answer (${outcome.reason}): ${outcome.detail}`);
  if (outcome.status !== 200) return unusable(`status ${outcome.status}`);
  const body = jsonBody(outcome);
  if (!isJsonObject(body)) return unusable("the body is not a JSON object");
  const total = totalOf(body.totalResults);
  if (total === undefined) return unusable("totalResults is not a number");
  // RFC 7644 3.4.2 wants Resources only where totalResults is not zero.
  const resources = body.Resources ?? (total === 0 ? [] : undefined);
  if (!Array.isArray(resources)) return unusable("Resources is not an array");
  return { ok: true, body, resources, total };
}

const unusable = (problem: string): List => ({ ok: false, problem });

// A number written as a text is another behaviour's fault (OKTA-CRED-03); the walk goes on regardless.
export function totalOf(value: Json | undefined): number | undefined {
  if (typeof value !== "number" && (typeof value !== "string" || value.trim() === "")) return undefined;
  const number = Number(value);
  return Number.isInteger(number) && number >= 0 ? number : undefined;
}

/** The id of a resource in a list, as text. */
export function idOf(resource: Json): string | undefined {
  const id = isJsonObject(resource) ? resource.id : undefined;
  return typeof id === "string" || typeof id === "number" ? String(id) : undefined;
}
