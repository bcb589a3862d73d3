import type { ServerResponse } from "node:http";
import type { Headers } from "../../model/exchange.ts";
import { errorBody, ScimFailure } from "../errors.ts";
import type { ServerResponse as FinishedReply } from "../message.ts";
import type { HeldBytes } from "./held-bytes.ts";

/**
 * Writes a finished reply. A client that does not take it within `replyMs` is cut off, and one for whose reply there is
 * no room is told to come back.
 */
export function send(outgoing: ServerResponse, reply: FinishedReply, held: HeldBytes, replyMs: number): void {
  if (outgoing.destroyed) return;
  const bytes = write(outgoing, reply, (needed) => held.take(needed));
  if (bytes === undefined) {
    const busy = "Too many large replies are waiting for their clients.";
    refuse(outgoing, new ScimFailure(503, busy, undefined, [["Retry-After", "1"]]));
    return;
  }
  // Most replies are on their way in the same turn, and need no watching. One without a socket waits for another.
  if (outgoing.socket?.writableLength === 0) {
    held.release(bytes);
    return;
  }
  const cut = setTimeout(() => outgoing.destroy(), replyMs).unref();
  const taken = () => {
    clearTimeout(cut);
    held.release(bytes);
  };
  outgoing.once("close", taken);
}

/** Answers what is not to be handled at all, and ends the connection. */
export function refuse(outgoing: ServerResponse, failure: ScimFailure): void {
  if (outgoing.destroyed) return;
  const headers: Headers = [
    ["Content-Type", "application/scim+json;charset=utf-8"],
    ...failure.headers,
    ["Connection", "close"],
  ];
  write(outgoing, { status: failure.status, headers, body: JSON.stringify(errorBody(failure)) }, () => true);
}

/** The bytes of the body; undefined, and nothing is written, when there is no room for them. */
function write(
  outgoing: ServerResponse,
  { status, headers, body }: FinishedReply,
  hasRoom: (bytes: number) => boolean,
): number | undefined {
  const bodiless = status === 204 || status === 304;
  const bytes = bodiless ? 0 : Buffer.byteLength(body);
  if (!hasRoom(bytes)) return undefined;
  const length: Headers = bodiless ? [] : [["Content-Length", String(bytes)]];
  outgoing.writeHead(status, [...headers, ...length].flat());
  outgoing.end(bodiless ? undefined : body);
  return bytes;
}
