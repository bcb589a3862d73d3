import type { Exchange } from "../model/exchange.ts";
import { isJsonObject, jsonIn } from "../model/json.ts";
import { jsonBody } from "../model/json-body.ts";
import type { Finding } from "../model/verdict.ts";

const PROJECTIONS = ["excludedAttributes", "attributes"] as const;

/** The part of a request that an answer pays no heed to, in words before "is not heeded". */
export function unheededIn(findings: readonly Finding[], exchange: Exchange | undefined): string | undefined {
  if (exchange?.outcome.kind !== "answer" || exchange.outcome.status > 299) return undefined;
  const [address = "", query = ""] = exchange.request.path.split("?", 2);
  const parameters = new URLSearchParams(query);
  if (findings.length > 0 && findings.every(({ expected }) => expected.startsWith("absent"))) {
    const projection = PROJECTIONS.find((name) => parameters.has(name));
    if (projection !== undefined) return projection;
  }
  const condition = conditionIn(parameters.get("filter") ?? "");
  const isPassedOver = condition !== undefined && showsOthers(exchange, condition);
  return isPassedOver ? `filter=${condition.attribute} of GET ${address}` : undefined;
}

interface Condition {
  readonly attribute: string;
  readonly value: string;
}

/** The filters that Okta sends: one attribute of the resource itself, and what it has to be. */
function conditionIn(filter: string): Condition | undefined {
  const [, attribute, literal] = /^(\w+) eq ("(?:[^"\\]|\\.)*")$/i.exec(filter) ?? [];
  const value = literal === undefined ? undefined : jsonIn(literal);
  return attribute === undefined || typeof value !== "string" ? undefined : { attribute, value };
}

/** Whether somebody is shown who is not what the filter asks for. */
function showsOthers({ outcome }: Exchange, { attribute, value }: Condition): boolean {
  const body = outcome.kind === "answer" ? jsonBody(outcome) : undefined;
  const resources: unknown = isJsonObject(body) ? body.Resources : undefined;
  if (!Array.isArray(resources)) return false;
  return resources.some((resource) => {
    const shown: unknown = isJsonObject(resource) ? resource[attribute] : undefined;
    return typeof shown === "string" && shown.toLowerCase() !== value.toLowerCase();
  });
}
