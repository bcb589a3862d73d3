import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Headers } from "../model/exchange.ts";
import type { ReferenceServer } from "./app.ts";
import { errorBody, ScimFailure } from "./errors.ts";
import type { ServerResponse as FinishedReply, ServerRequest } from "./message.ts";

/** Milliseconds a client may take for its headers, and for a whole request. */
const HEADERS_TIMEOUT = 10_000;
const REQUEST_TIMEOUT = 60_000;
/** Milliseconds an idle connection is kept; longer than clients usually keep theirs, so that they close first. */
const KEEP_ALIVE_TIMEOUT = 65_000;

export interface ListenOptions {
  /** `127.0.0.1` when absent. */
  readonly host?: string;
  /** 0, or absent, for any free port. */
  readonly port?: number;
  /** PEM texts; absent for plain HTTP. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Writes replies in another way than the sound one. */
  readonly write?: WriteReply;
  /** Milliseconds before a finished reply is sent. */
  readonly latency?: (request: ServerRequest, reply: FinishedReply) => number;
}

/** Node's own reply object, for those who write replies in a way of their own. */
export type RawReply = ServerResponse;

/** Writes one finished reply to its socket; `sound` writes it, or another one in its place, as it should be. */
export type WriteReply = (
  outgoing: RawReply,
  reply: FinishedReply,
  sound: (reply: FinishedReply) => void,
) => void;

export interface Listening {
  /** The base URL, base path included. */
  readonly url: string;
  /** Stops listening and ends all connections. */
  close(): Promise<void>;
}

/**
 * Puts a reference server on a socket.
 * @throws the socket's own error when the address cannot be had.
 */
export async function listen(server: ReferenceServer, options: ListenOptions = {}): Promise<Listening> {
  const { host = "127.0.0.1", port = 0, tls } = options;
  const scheme = tls === undefined ? "http" : "https";
  const listener: RequestListener = (incoming, outgoing) => {
    serve(server, scheme, incoming, outgoing, (request, reply) => {
      answer(options, request, reply, outgoing);
    });
  };
  const sockets: Server =
    tls === undefined ? createServer(listener) : createSecureServer({ ...tls }, listener);
  sockets.headersTimeout = HEADERS_TIMEOUT;
  sockets.requestTimeout = REQUEST_TIMEOUT;
  sockets.keepAliveTimeout = KEEP_ALIVE_TIMEOUT;
  sockets.on("clientError", (_error, socket) => {
    if (socket.writable) socket.end(rawRefusal());
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    sockets.once("error", reject);
    sockets.listen(port, host, () => {
      sockets.off("error", reject);
      resolve();
    });
  });
  const address = sockets.address() as AddressInfo;
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    url: `${scheme}://${name}:${address.port}${server.settings.basePath}`,
    close: () => closed(sockets),
  };
}

/** Every reply is made in one turn, so a connection that is open now is idle or still sending its request. */
function closed(sockets: Server): Promise<void> {
  return new Promise((resolve) => {
    sockets.close(() => resolve());
    sockets.closeAllConnections();
  });
}

function serve(
  server: ReferenceServer,
  scheme: "http" | "https",
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answered: (request: ServerRequest, reply: FinishedReply) => void,
): void {
  const limit = server.settings.maxBodyBytes;
  const chunks: Buffer[] = [];
  let bytes = 0;
  incoming.on("error", () => outgoing.destroy());
  incoming.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    // What is over the limit is read and dropped: a client that is cut off while sending never sees the 413.
    if (bytes <= limit) chunks.push(chunk);
    else chunks.length = 0;
    if (bytes > 2 * limit + 1_000_000) outgoing.destroy();
  });
  incoming.on("end", () => {
    if (bytes > limit) {
      refuse(outgoing, new ScimFailure(413, `A request may have ${limit} bytes.`));
      return;
    }
    const { host } = incoming.headers;
    const request: ServerRequest = {
      method: incoming.method ?? "GET",
      target: incoming.url ?? "/",
      headers: headersOf(incoming.rawHeaders),
      body: Buffer.concat(chunks).toString("utf8"),
      ...(scheme === "https" && isAuthority(host) ? { origin: `https://${host}` } : {}),
    };
    answered(request, server.handle(request));
  });
}

function answer(
  { write, latency }: ListenOptions,
  request: ServerRequest,
  reply: FinishedReply,
  outgoing: ServerResponse,
): void {
  const sound = ({ status, headers, body }: FinishedReply) => send(outgoing, status, headers, body);
  const written = () => (write === undefined ? sound(reply) : write(outgoing, reply, sound));
  const wait = latency?.(request, reply) ?? 0;
  if (wait > 0) setTimeout(written, wait).unref();
  else written();
}

function refuse(outgoing: ServerResponse, failure: ScimFailure): void {
  const headers: Headers = [
    ["Content-Type", "application/scim+json;charset=utf-8"],
    ["Connection", "close"],
  ];
  send(outgoing, failure.status, headers, JSON.stringify(errorBody(failure)));
}

function send(outgoing: ServerResponse, status: number, headers: Headers, body: string): void {
  const bodiless = status === 204 || status === 304;
  const length: Headers = bodiless ? [] : [["Content-Length", String(Buffer.byteLength(body))]];
  outgoing.writeHead(status, [...headers, ...length].flat());
  outgoing.end(bodiless ? undefined : body);
}

function headersOf(raw: readonly string[]): Headers {
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) headers.push([raw[at] ?? "", raw[at + 1] ?? ""]);
  return headers;
}

function isAuthority(host: string | undefined): boolean {
  return host !== undefined && /^[A-Za-z0-9.:_[\]-]+$/.test(host);
}

/** For what is not even HTTP, so that a client that expects JSON gets JSON. */
function rawRefusal(): string {
  const body = JSON.stringify(errorBody(new ScimFailure(400, "This is no HTTP request.", "invalidSyntax")));
  return [
    "HTTP/1.1 400 Bad Request",
    "Content-Type: application/scim+json;charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
    "",
    body,
  ].join("\r\n");
}
