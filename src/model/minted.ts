import type { Outcome, Request } from "./exchange.ts";
import { isJsonObject, jsonIn } from "./json.ts";

/**
 * The secret that the answer to an administrator's request tells (`data.attributes.token`), such as a token that was
 * just made. Whoever sends the request keeps it, and takes it out of what is recorded.
 */
export function mintedIn(request: Pick<Request, "below" | "method">, outcome: Outcome): string | undefined {
  if (request.below !== "host" || request.method !== "POST" || outcome.kind !== "answer") return undefined;
  const body = jsonIn(outcome.body);
  const data = isJsonObject(body) ? (body.data ?? null) : null;
  const attributes = isJsonObject(data) ? (data.attributes ?? null) : null;
  const token = isJsonObject(attributes) ? attributes.token : undefined;
  return typeof token === "string" && token !== "" ? token : undefined;
}
