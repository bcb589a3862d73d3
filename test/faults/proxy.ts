import { connect, createServer, type Server, type Socket } from "node:net";
import type { SoundAnswer, Struck } from "./fault.ts";

export interface Asked {
  readonly method: string;
  readonly target: string;
  /** The Authorization header as it came. */
  readonly authorization: string | undefined;
}

/** Decides over one request: what is to be done instead of passing the answer on, if anything. */
export type Decide = (asked: Asked) => ((struck: Struck) => void) | undefined;

export interface FaultyProxy {
  readonly port: number;
  /** Every request, in the order they came. */
  readonly asked: readonly Asked[];
  /** How many requests a fault struck. */
  struck(): number;
  /** Whether every request that is not answered yet was struck by a fault, and there is one. */
  isStuck(): boolean;
  /** Stops listening and breaks every connection off, as a server that dies does. */
  die(): void;
  /** Connections to the client that are open now. */
  open(): number;
  close(): Promise<void>;
}

/**
 * A proxy in front of a sound server. It reads one request after the other, has the sound server carry it out, and
 * passes the answer on, or hands it to a fault with the socket.
 */
export async function faultyProxy(upstreamPort: number, decide: Decide): Promise<FaultyProxy> {
  const asked: Asked[] = [];
  const clients = new Set<Socket>();
  const upstream = new Upstream(upstreamPort);
  const stalled = new Set<Socket>();
  let struck = 0;
  let underWay = 0;
  const server = createServer({ allowHalfOpen: false }, (client) => {
    clients.add(client);
    client.on("error", () => {});
    client.on("close", () => {
      clients.delete(client);
      stalled.delete(client);
    });
    let seen: Buffer = Buffer.alloc(0);
    let earlier = 0;
    client.on("data", (bytes) => {
      seen = Buffer.concat([seen, bytes]);
      for (let end = messageEnd(seen); end !== undefined; end = messageEnd(seen)) {
        const request = seen.subarray(0, end);
        seen = seen.subarray(end);
        const one = askedIn(request);
        asked.push(one);
        const strike = decide(one);
        if (strike !== undefined) struck += 1;
        const before = earlier;
        earlier += 1;
        underWay += 1;
        void upstream.carryOut(request).then(
          (answer) => {
            underWay -= 1;
            if (client.destroyed) return;
            if (strike === undefined) {
              client.write(answer.raw);
              return;
            }
            stalled.add(client);
            strike({ client, sound: answer, earlier: before });
          },
          () => {
            underWay -= 1;
            client.destroy();
          },
        );
      }
    });
  });
  const port = await listening(server);
  return {
    port,
    asked,
    struck: () => struck,
    isStuck: () => underWay === 0 && stalled.size > 0,
    open: () => clients.size,
    die: () => {
      server.close();
      for (const client of clients) client.resetAndDestroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        upstream.close();
        for (const client of clients) client.destroy();
      }),
  };
}

interface Carried extends SoundAnswer {
  readonly raw: Buffer;
}

/** The way to the sound server: connections that carry one request after the other. */
class Upstream {
  readonly #port: number;
  readonly #idle: Socket[] = [];

  constructor(port: number) {
    this.#port = port;
  }

  /** Sends a request, and reads the whole answer. */
  carryOut(request: Buffer): Promise<Carried> {
    const socket = this.#idle.pop() ?? connect(this.#port, "127.0.0.1").setNoDelay(true);
    return new Promise((resolve, reject) => {
      let seen: Buffer = Buffer.alloc(0);
      const fail = () => reject(new Error("the sound server hung up"));
      const onData = (bytes: Buffer) => {
        seen = seen.length === 0 ? bytes : Buffer.concat([seen, bytes]);
        const end = messageEnd(seen);
        if (end === undefined) return;
        socket.off("data", onData).off("close", fail);
        this.#idle.push(socket);
        resolve(answerIn(seen.subarray(0, end)));
      };
      socket.on("data", onData).on("close", fail);
      if (socket.listenerCount("error") === 0) socket.on("error", () => {});
      socket.write(request);
    });
  }

  close(): void {
    for (const socket of this.#idle) socket.destroy();
  }
}

/** Where a message ends whose body, if it has one, says its length. */
function messageEnd(bytes: Buffer): number | undefined {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd === -1) return undefined;
  const head = bytes.subarray(0, headEnd).toString("latin1");
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  const end = headEnd + 4 + length;
  return bytes.length >= end ? end : undefined;
}

function askedIn(request: Buffer): Asked {
  const head = request.subarray(0, request.indexOf("\r\n\r\n")).toString("latin1");
  const [method = "", target = ""] = head.split(" ", 2);
  return { method, target, authorization: /\r\nauthorization: *(.*)/i.exec(head)?.[1] };
}

function answerIn(raw: Buffer): Carried {
  const headEnd = raw.indexOf("\r\n\r\n");
  const [line = "", ...lines] = raw.subarray(0, headEnd).toString("latin1").split("\r\n");
  const headers = lines.map((one) => {
    const colon = one.indexOf(":");
    return [one.slice(0, colon), one.slice(colon + 1).trim()] as const;
  });
  return { raw, status: Number(line.split(" ")[1]), headers, body: raw.subarray(headEnd + 4) };
}

/** The port of a server once it accepts connections. */
export function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("the server has no port"));
      else resolve(address.port);
    });
  });
}
