import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import { Sockets } from "../../../../src/load/wire/sockets.ts";
import type { Asker, Sendable, WireAnswer, WireFailure } from "../../../../src/load/wire/wire.ts";
import type { WireOptions } from "../../../../src/load/wire/wire-options.ts";
import type { Exchange, Request } from "../../../../src/model/exchange.ts";
import { Secret } from "../../../../src/model/secret.ts";
import { type WireSettings, wireOptions } from "../../../../src/wiring/wire.ts";

export const TOKEN = "wire-test-0123456789abcdef";

/** A server that does with each connection whatever the test says. */
export interface RawServer {
  readonly url: URL;
  readonly sockets: readonly Socket[];
  /** The most connections that were open at once. */
  readonly most: () => number;
  close(): Promise<void>;
}

export async function rawServer(onConnection: (socket: Socket, number: number) => void): Promise<RawServer> {
  const sockets: Socket[] = [];
  let open = 0;
  let most = 0;
  const server: Server = createServer((socket) => {
    open += 1;
    most = Math.max(most, open);
    socket.on("error", () => {});
    socket.on("close", () => {
      open -= 1;
    });
    sockets.push(socket);
    onConnection(socket, sockets.length);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}/scim`),
    sockets,
    most: () => most,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Calls back for every whole request on a connection, whatever pieces it comes in. */
export function onRequest(socket: Socket, answer: (request: string, number: number) => void): void {
  let held = Buffer.alloc(0);
  let number = 0;
  socket.on("data", (piece: Buffer) => {
    held = Buffer.concat([held, piece]);
    for (;;) {
      const end = held.indexOf("\r\n\r\n");
      if (end === -1) return;
      const length = Number(/content-length: (\d+)/i.exec(held.toString("latin1", 0, end))?.[1] ?? 0);
      if (held.length < end + 4 + length) return;
      const request = held.toString("latin1", 0, end + 4 + length);
      held = held.subarray(end + 4 + length);
      answer(request, ++number);
    }
  });
}

export const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{"id":"abcd"}';

export async function sockets(
  baseUrl: URL,
  settings: Partial<WireSettings> = {},
  options: Partial<WireOptions> = {},
): Promise<Sockets> {
  const made = await wireOptions({
    baseUrl,
    credential: { kind: "bearer", token: new Secret(TOKEN) },
    connections: 8,
    ...settings,
  });
  return new Sockets({ ...made, ...options });
}

export type Came =
  | { readonly answer: Exchange; readonly bytesIn: number }
  | { readonly failure: WireFailure };

export const get = (path = "/Users"): Request => ({
  method: "GET",
  path,
  headers: [["Accept", "application/scim+json"]],
});
export const post = (body: string): Request => ({
  method: "POST",
  path: "/Users",
  headers: [["Content-Type", "application/scim+json; charset=utf-8"]],
  body,
});

/** Sends one request and resolves with what came of it. */
export function ask(wire: Sockets, request: Request, changes: Partial<Sendable> = {}): Promise<Came> {
  return new Promise((resolve) => {
    askThen(wire, request, resolve, changes);
  });
}

/** Sends one request; calls back from within the wire's own call, as plays are called. */
export function askThen(
  wire: Sockets,
  request: Request,
  then: (came: Came) => void,
  changes: Partial<Sendable> = {},
): Asker {
  const asker: Asker = {
    sentAt: 0,
    answered: (answer: WireAnswer) => then({ answer: answer.toExchange(request), bytesIn: answer.bytesIn }),
    failed: (failure) => then({ failure }),
  };
  wire.send(
    {
      head: wire.headOf(request),
      body: request.body,
      isAscii: request.body === undefined || Buffer.byteLength(request.body) === request.body.length,
      isHead: request.method === "HEAD",
      isIdempotent: request.method === "GET",
      freshConnection: false,
      timeoutMs: 0,
      request: () => request,
      ...changes,
    },
    asker,
  );
  return asker;
}
