import { connect, createServer, type Server, type Socket } from "node:net";
import { createServer as createSecureServer } from "node:tls";
import { listening } from "./proxy.ts";
import { AUTHORITY, pem } from "./server.ts";

/** How a client reaches the faulty server: through TLS that ends in front of it, or through TLS in a proxy's tunnel. */
export type Way = "tls" | "tunnel";

/** What stands in front of the faulty server, and passes every byte and every end of a connection on. */
export interface Front {
  readonly baseUrl: URL;
  readonly options: { readonly ca: string; readonly proxy?: string };
  close(): Promise<void>;
}

export async function standInFront(way: Way, port: number): Promise<Front> {
  const sockets = new Set<Socket>();
  const secure = ending(port, sockets);
  let tunnels = 0;
  const tunnel = tunnelling(sockets, () => {
    tunnels += 1;
  });
  const [own, proxy] = [await listening(secure), await listening(tunnel)];
  const trust = { ca: AUTHORITY };
  return {
    baseUrl: new URL(`https://localhost:${own}/scim/v2`),
    options: way === "tls" ? trust : { ...trust, proxy: `http://127.0.0.1:${proxy}` },
    close: async () => {
      const closed = [secure, tunnel].map((server) => new Promise((resolve) => server.close(resolve)));
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
      if (way === "tunnel" && tunnels === 0) throw new Error("the proxy was passed by");
    },
  };
}

function ending(port: number, sockets: Set<Socket>): Server {
  const keys = { cert: pem("localhost.pem"), key: pem("localhost.key") };
  return createSecureServer(keys, (client) => join(client, connect(port, "127.0.0.1"), sockets));
}

function tunnelling(sockets: Set<Socket>, onTunnel: () => void): Server {
  return createServer((client) => {
    client.on("error", () => {});
    client.once("data", (bytes) => {
      const to = /^CONNECT localhost:(\d+) /.exec(bytes.toString("latin1"))?.[1];
      if (to === undefined) throw new Error("the proxy was asked for something else than a tunnel");
      onTunnel();
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      join(client, connect(Number(to), "127.0.0.1"), sockets);
    });
  });
}

/** What ends, or breaks, on one side does on the other. */
function join(client: Socket, upstream: Socket, sockets: Set<Socket>): void {
  for (const [one, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    sockets.add(one);
    one.pipe(other);
    one.on("error", () => other.destroy());
    one.on("close", () => {
      sockets.delete(one);
      other.destroySoon();
    });
  }
}
