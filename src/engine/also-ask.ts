import type { Exchange, Request } from "../model/exchange.ts";
import { isJsonObject } from "../model/json.ts";
import { lastJson } from "./last-json.ts";

/**
 * The read that asks for an attribute by name, where a plain one showed the resource without it: a server may return
 * an attribute on request alone (RFC 7643 section 7). Undefined where there is nothing to ask.
 */
export function askingFor(
  attribute: string,
  request: Request,
  exchanges: readonly Exchange[],
): Request | undefined {
  const shown = lastJson(exchanges);
  if (!isJsonObject(shown) || shown.id === undefined || Object.hasOwn(shown, attribute)) return undefined;
  // The name comes along, so that what is judged beside the attribute can be judged as well.
  const asked = `attributes=displayName,${attribute}`;
  return { ...request, path: `${request.path}${request.path.includes("?") ? "&" : "?"}${asked}` };
}

/** The exchanges with the one to judge last: the second, if it showed the attribute. */
export function withAsked(
  attribute: string,
  plain: readonly Exchange[],
  asked: readonly Exchange[],
): readonly Exchange[] {
  const shown = lastJson(asked);
  return isJsonObject(shown) && Object.hasOwn(shown, attribute) ? [...plain, ...asked] : [...asked, ...plain];
}
