import { readFileSync } from "node:fs";
import { createServer as createPlainServer, type Server } from "node:net";
import { createServer as createSecureServer, type TlsOptions } from "node:tls";
import type { TrustOptions } from "../../src/http/trust.ts";
import { listening } from "./proxy.ts";

/** A certificate or a key that the tests come with. */
export const pem = (file: string) =>
  readFileSync(new URL(`../unit/http/certificates/${file}`, import.meta.url), "utf8");

export const AUTHORITY = pem("authority.pem");

/** A server that goes wrong before it could answer anything. */
export interface FaultyServer {
  readonly url: URL;
  readonly trust?: TrustOptions;
  /** Bytes of requests that it could read. */
  readonly heard: () => string;
  close(): Promise<void>;
}

type Made = readonly [scheme: "http" | "https", server: Server, trust?: TrustOptions];
type Make = (hear: (bytes: Buffer) => void) => Made;

const plain = (scheme: "http" | "https", onConnection: Parameters<typeof createPlainServer>[1]): Make => {
  return () => [scheme, createPlainServer(onConnection)];
};

const secure =
  (certificate: string, options: TlsOptions = {}, trust: TrustOptions = { ca: AUTHORITY }): Make =>
  (hear) => {
    const keys = { cert: pem(`${certificate}.pem`), key: pem(`${certificate}.key`) };
    const server = createSecureServer({ ...keys, ...options }, (socket) => {
      socket.on("error", () => {});
      socket.on("data", hear);
    });
    server.on("tlsClientError", () => {});
    return ["https", server, trust];
  };

const SERVERS: Readonly<Record<string, Make>> = {
  refuses: plain("http", () => {}),
  "accepts-and-says-nothing": plain("http", (socket) => socket.resume()),
  "accepts-and-hangs-up": plain("http", (socket) => socket.resume().end()),
  "accepts-and-resets": plain("http", (socket) => socket.resetAndDestroy()),
  "certificate-expired": secure("expired"),
  "certificate-of-another-host": secure("other-host"),
  "certificate-self-signed": secure("self-signed"),
  "certificate-of-an-unknown-authority": secure("localhost", {}, {}),
  "old-tls-only": secure("localhost", {
    minVersion: "TLSv1",
    maxVersion: "TLSv1.1",
    // OpenSSL itself refuses old versions unless it is told that safety does not matter.
    ciphers: "DEFAULT@SECLEVEL=0",
  }),
  "no-tls": plain("https", (socket) =>
    socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")),
  ),
  "tls-for-http": (hear) => ["http", secure("localhost")(hear)[1]],
  "handshake-reset": plain("https", (socket) => socket.once("data", () => socket.resetAndDestroy())),
  "handshake-silence": plain("https", (socket) => socket.resume()),
  "handshake-garbage": plain("https", (socket) =>
    socket.once("data", () => socket.write("What?".repeat(100))),
  ),
};

/** Starts the server that does what a fault of the phases connect and TLS says. */
export async function faultyServer(fault: string): Promise<FaultyServer> {
  let heard = "";
  const made = SERVERS[fault]?.((bytes) => {
    heard += bytes.toString("latin1");
  });
  if (made === undefined) throw new Error(`no server does ${fault}`);
  const [scheme, server, trust] = made;
  const sockets = new Set<{ destroy(): unknown }>();
  server.on("connection", (socket) => {
    socket.on("error", () => {});
    sockets.add(socket);
  });
  const port = await listening(server);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  if (fault === "refuses") await close();
  return {
    url: new URL(`${scheme}://localhost:${port}/scim/v2`),
    ...(trust === undefined ? {} : { trust }),
    heard: () => heard,
    close: fault === "refuses" ? async () => {} : close,
  };
}
