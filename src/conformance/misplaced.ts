import type { Exchange } from "../model/exchange.ts";
import { isJsonObject, type Json, jsonIn } from "../model/json.ts";
import { URN } from "../model/scim.ts";
import type { Finding } from "../model/verdict.ts";

/** What is said of something that is looked for at the root and is not there: no attribute, no member, nobody of a name. */
const IS_NOT_THERE = /^(?:absent|0|\d+ missing: .*)$/s;

/**
 * The schema after which an object is named that holds the core attributes. They belong at the root of a resource; only
 * extensions have an object of their own (RFC 7643 sections 3 and 3.3).
 */
export function misplacedIn(findings: readonly Finding[], last: Exchange | undefined): string | undefined {
  if (last?.outcome.kind !== "answer" || last.outcome.status >= 300) return undefined;
  if (findings.length === 0 || !findings.every(({ actual }) => IS_NOT_THERE.test(actual))) return undefined;
  const body = jsonIn(last.outcome.body);
  if (!isJsonObject(body)) return undefined;
  const resource = Array.isArray(body.Resources) ? (body.Resources as readonly Json[])[0] : body;
  return isJsonObject(resource ?? null)
    ? [URN.user, URN.group].find((schema) => isJsonObject((resource as Record<string, Json>)[schema] ?? null))
    : undefined;
}
