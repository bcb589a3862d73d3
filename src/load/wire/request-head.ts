import type { Headers, Request } from "../../model/exchange.ts";
import type { Sendable } from "./wire.ts";

/** Methods whose request has a body as a rule, so that an empty one is announced. */
const CARRIES_BODY = new Set(["POST", "PUT", "PATCH"]);

/**
 * A request's head without its length, in the layout that undici writes: a server sees no difference between a
 * conformance run and a load.
 */
export function requestHead(baseUrl: URL, { method, path }: Request, headers: Headers): string {
  const fields = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const target = baseUrl.pathname.replace(/\/+$/, "") + path;
  return `${method} ${target} HTTP/1.1\r\nhost: ${baseUrl.host}\r\nconnection: keep-alive\r\n${fields}`;
}

/** The end of a head, with the length of what follows; empty text for a body that is empty. */
export function lengthLine(head: string, length: number): string {
  if (length > 0) return `content-length: ${length}\r\n\r\n`;
  return CARRIES_BODY.has(head.slice(0, head.indexOf(" "))) ? "content-length: 0\r\n\r\n" : "\r\n";
}

/** Bytes of a request on its way. */
export function sizeOf({ head, body, isAscii, whole }: Sendable): number {
  if (whole !== undefined) return whole.length;
  const length = typeof body === "string" && !isAscii ? Buffer.byteLength(body) : (body?.length ?? 0);
  return head.length + lengthLine(head, length).length + length;
}
