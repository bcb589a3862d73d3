import { createServer, type Server, type Socket } from "node:net";
import { createSend, type Sender, type SendOptions } from "../../../src/http/send.ts";
import type { Clock } from "../../../src/model/clock.ts";
import type { Answer, Exchange, Request, Silence } from "../../../src/model/exchange.ts";

/** Time that passes as it does, with sleeps that end only when the test says so (or when they are called off). */
export class ManualClock implements Clock {
  readonly #sleepers: { readonly ms: number; readonly wake: () => void }[] = [];
  #passed = 0;

  now(): number {
    return Date.now();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted === true || ms <= this.#passed) return resolve();
      signal?.addEventListener("abort", () => resolve(), { once: true });
      this.#sleepers.push({ ms, wake: resolve });
    });
  }

  /** Lets everyone wake who wanted to sleep for at most `ms`, and nobody sleep for as little again. */
  pass(ms: number): void {
    this.#passed = Math.max(this.#passed, ms);
    for (const sleeper of this.#sleepers) if (sleeper.ms <= ms) sleeper.wake();
  }
}

/** A server that speaks bytes: `answer` gets each whole request as text. */
export interface ByteServer {
  readonly url: URL;
  /** Every request as it came, head and body. */
  readonly requests: string[];
  /** How many connections have been made. */
  connections(): number;
  /** Resolves when every connection is closed; nothing is closed from this side. */
  closed(): Promise<void>;
}

export async function byteServer(
  answer: (socket: Socket, request: string, connection: number) => void,
): Promise<ByteServer> {
  const requests: string[] = [];
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    const connection = connections;
    let seen = "";
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      seen += chunk.toString("latin1");
      for (let end = endOfRequest(seen); end !== undefined; end = endOfRequest(seen)) {
        const request = seen.slice(0, end);
        seen = seen.slice(end);
        requests.push(request);
        answer(socket, request, connection);
      }
    });
  });
  const port = await listening(server);
  return {
    url: new URL(`http://127.0.0.1:${port}/scim/v2`),
    requests,
    connections: () => connections,
    closed: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function endOfRequest(text: string): number | undefined {
  const head = text.indexOf("\r\n\r\n");
  if (head === -1) return undefined;
  const length = Number(/content-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? 0);
  return text.length >= head + 4 + length ? head + 4 + length : undefined;
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

/** A sender without a credential and with a clock that stands still, unless told otherwise. */
export function senderTo(baseUrl: URL, options: Partial<SendOptions> = {}): Sender {
  return createSend({ baseUrl, credential: { kind: "none" }, clock: new ManualClock(), ...options });
}

export const GET: Request = { method: "GET", path: "/Users", headers: [["Accept", "application/scim+json"]] };

export const NEVER = new AbortController().signal;

/** What one request brought, over a sender that is closed afterwards. */
export async function once(
  baseUrl: URL,
  options: Partial<SendOptions> = {},
  request: Request = GET,
): Promise<Exchange> {
  const { send, close } = senderTo(baseUrl, options);
  const exchange = await send(request, NEVER);
  await close();
  return exchange;
}

/** The answer to one request, from a server that sends these bytes and then hangs up. */
export async function answerTo(bytes: string | Buffer, options: Partial<SendOptions> = {}): Promise<Answer> {
  return answered(await exchangeOver(bytes, options));
}

export async function silenceAfter(
  bytes: string | Buffer,
  options: Partial<SendOptions> = {},
): Promise<Silence> {
  return silent(await exchangeOver(bytes, options));
}

async function exchangeOver(bytes: string | Buffer, options: Partial<SendOptions>): Promise<Exchange> {
  const server = await byteServer((socket) => socket.end(bytes));
  const exchange = await once(server.url, options);
  await server.closed();
  return exchange;
}

export function answered(exchange: Exchange): Answer {
  if (exchange.outcome.kind === "answer") return exchange.outcome;
  throw new Error(`silence: ${exchange.outcome.reason}: ${exchange.outcome.detail}`);
}

export function silent(exchange: Exchange): Silence {
  if (exchange.outcome.kind === "silence") return exchange.outcome;
  throw new Error(`answer: ${exchange.outcome.status} ${exchange.outcome.body}`);
}

/** A whole answer over a connection that stays open. */
export function ok(body: string, headers = ""): string {
  return `HTTP/1.1 200 OK\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
