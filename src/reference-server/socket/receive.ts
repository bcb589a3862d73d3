import type { IncomingMessage, ServerResponse } from "node:http";
import type { Headers } from "../../model/exchange.ts";
import { ScimFailure } from "../errors.ts";
import type { ServerRequest } from "../message.ts";
import type { HeldBytes } from "./held-bytes.ts";
import { refuse } from "./send-reply.ts";

/** How requests come in on one server. */
export interface Receiving {
  readonly scheme: "http" | "https";
  /** Room for bodies that have not all come, shared by all connections. */
  readonly held: HeldBytes;
  /** Larger bodies are refused with 413. */
  readonly maxBodyBytes: number;
}

/** Gathers one request and hands it on when it is whole; what is too large is refused and goes no further. */
export function receive(
  { scheme, held, maxBodyBytes }: Receiving,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  whole: (request: ServerRequest) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let kept = 0;
  let refusal: ScimFailure | undefined;
  const letGo = () => {
    held.release(kept);
    kept = 0;
    chunks.length = 0;
  };
  incoming.on("error", () => outgoing.destroy());
  incoming.on("close", letGo);
  incoming.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) refusal ??= new ScimFailure(413, `A request may have ${maxBodyBytes} bytes.`);
    else if (refusal === undefined && !held.take(chunk.length)) refusal = tooMuchAtOnce();
    else if (refusal === undefined) {
      kept += chunk.length;
      chunks.push(chunk);
    }
    if (refusal === undefined) return;
    // What is refused is read and dropped for a while: a client that is cut off while sending never sees why.
    letGo();
    if (bytes > 2 * maxBodyBytes + 1_000_000) outgoing.destroy();
  });
  incoming.on("end", () => {
    if (refusal !== undefined) {
      refuse(outgoing, refusal);
      return;
    }
    const body = Buffer.concat(chunks).toString("utf8");
    letGo();
    whole(requestOf(incoming, scheme, body));
  });
}

const tooMuchAtOnce = () =>
  new ScimFailure(503, "Too many large requests are under way at once.", undefined, [["Retry-After", "1"]]);

function requestOf(incoming: IncomingMessage, scheme: "http" | "https", body: string): ServerRequest {
  const { host } = incoming.headers;
  return {
    method: incoming.method ?? "GET",
    target: incoming.url ?? "/",
    headers: headersOf(incoming.rawHeaders),
    body,
    ...(scheme === "https" && isAuthority(host) ? { origin: `https://${host}` } : {}),
  };
}

function headersOf(raw: readonly string[]): Headers {
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) headers.push([raw[at] ?? "", raw[at + 1] ?? ""]);
  return headers;
}

function isAuthority(host: string | undefined): boolean {
  return host !== undefined && /^[A-Za-z0-9.:_[\]-]+$/.test(host);
}
