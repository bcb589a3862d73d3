import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { ReferenceServer } from "./app.ts";
import type { ServerResponse as FinishedReply, ServerRequest } from "./message.ts";
import { HeldBytes } from "./socket/held-bytes.ts";
import { SOCKET_LIMITS, type SocketLimits } from "./socket/limits.ts";
import { replyToNoRequest } from "./socket/no-request.ts";
import { receive } from "./socket/receive.ts";
import { send } from "./socket/send-reply.ts";

export interface ListenOptions {
  /** `127.0.0.1` when absent. */
  readonly host?: string;
  /** 0, or absent, for any free port. */
  readonly port?: number;
  /** PEM texts; absent for plain HTTP. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Other limits than the usual ones. */
  readonly limits?: Partial<SocketLimits>;
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
  /** Stops listening and ends all connections, at once. */
  close(): Promise<void>;
}

/**
 * Puts a reference server on a socket.
 * @throws the socket's own error when the address cannot be had, and OpenSSL's when certificate and key are none.
 */
export async function listen(server: ReferenceServer, options: ListenOptions = {}): Promise<Listening> {
  const { host = "127.0.0.1", port = 0, tls } = options;
  const limits = { ...SOCKET_LIMITS, ...options.limits };
  const scheme = tls === undefined ? "http" : "https";
  const held = new HeldBytes(limits.heldBytes);
  const requests = new WeakMap<Socket, number>();
  const listener: RequestListener = (incoming, outgoing) => {
    const nth = (requests.get(incoming.socket) ?? 0) + 1;
    requests.set(incoming.socket, nth);
    // Node's own limit announces the end and then waits for the client to leave.
    if (nth >= limits.requestsPerConnection) outgoing.shouldKeepAlive = false;
    receive({ scheme, held, maxBodyBytes: server.settings.maxBodyBytes }, incoming, outgoing, (request) => {
      answer({ ...options, limits, held }, request, server.handle(request), outgoing);
    });
  };
  const sockets = serverOf(tls, limits, listener);
  const open = connectionsOf(sockets);
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
    close: () =>
      new Promise((resolve) => {
        sockets.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

function serverOf(tls: ListenOptions["tls"], limits: SocketLimits, listener: RequestListener): Server {
  const options = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.idleMs,
    connectionsCheckingInterval: limits.checkMs,
  };
  const sockets: Server =
    tls === undefined
      ? createServer(options, listener)
      : createSecureServer({ ...options, ...tls, handshakeTimeout: limits.headersMs }, listener);
  sockets.maxConnections = limits.connections;
  sockets.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    // A client that is told and does not go is not waited for.
    if (socket.writable) socket.end(replyToNoRequest(error.code), () => socket.destroy());
    else socket.destroy();
  });
  return sockets;
}

/** All connections, also those that have not got as far as TLS, which Node's own `closeAllConnections` leaves open. */
function connectionsOf(sockets: Server): ReadonlySet<Socket> {
  const open = new Set<Socket>();
  sockets.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  return open;
}

interface Answering extends Pick<ListenOptions, "write" | "latency"> {
  readonly limits: SocketLimits;
  readonly held: HeldBytes;
}

function answer(
  { write, latency, limits, held }: Answering,
  request: ServerRequest,
  reply: FinishedReply,
  outgoing: ServerResponse,
): void {
  const sound = (finished: FinishedReply) => send(outgoing, finished, held, limits.replyMs);
  const written = () => (write === undefined ? sound(reply) : write(outgoing, reply, sound));
  const wait = latency?.(request, reply) ?? 0;
  if (wait > 0) setTimeout(written, wait).unref();
  else written();
}
