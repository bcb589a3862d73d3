import type { Socket } from "node:net";

/** How far a connection has come when the fault strikes. */
export const PHASES = [
  "connect",
  "tls",
  "request",
  "status line",
  "headers",
  "body",
  "content",
  "redirect",
  "reuse",
] as const;
export type Phase = (typeof PHASES)[number];

/** The answer of a sound server, which a fault spoils. */
export interface SoundAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

/** One request that a fault strikes. */
export interface Struck {
  /** The connection to the client under test. */
  readonly client: Socket;
  /** What the sound server answered; the request was carried out. */
  readonly sound: SoundAnswer;
  /** How many requests this connection had carried before. */
  readonly earlier: number;
}

/** What scim-check has to say. `pass`: just what it says of the sound server. */
export type Expected = "fail" | "unknown" | "pass";

/** One thing a server, or something in front of it, can do to an exchange. */
export interface Fault {
  readonly name: string;
  readonly phase: Phase;
  /** What the server does, as the rest of a sentence that begins with "The server". */
  readonly does: string;
  /** Spoils one exchange. Absent for what happens before there is a request (see `server.ts`). */
  readonly strike?: (struck: Struck) => void;
  /** What every step says that meets it again and again while the credential test is answered. */
  readonly verdict: Expected;
  /** Whether the next request meets it depends on who is first; what may not be sent twice (POST, PATCH) may stay open. */
  readonly races?: true;
  /** It moves many bytes, so that trials of it do not run side by side. */
  readonly isHeavy?: true;
  /** What the first request of a run says when the server does it to all: a cause of stopping, or "judged". */
  readonly preflight: string;
  /** Another cause that is as good: which of them is seen first is up to the network. */
  readonly orPreflight?: string;
  /** The clause or reason behind the verdict. */
  readonly because: string;
  /** Words that a person finds in the cause; the reports hold them. */
  readonly told: RegExp;
}

const CRLF = "\r\n";

/** A status line and header lines, with the empty line that ends them. */
export function head(statusLine: string, headers: readonly (readonly [string, string])[]): string {
  return [statusLine, ...headers.map(([name, value]) => `${name}: ${value}`), "", ""].join(CRLF);
}

const FRAMING = /^(content-length|transfer-encoding|connection|keep-alive)$/i;

/** The headers of the sound answer without those that say how its body travels. */
export function withoutFraming({ headers }: SoundAnswer): readonly (readonly [string, string])[] {
  return headers.filter(([name]) => !FRAMING.test(name));
}

/** `HTTP/1.1 200 OK` for the sound answer. */
export const statusLine = ({ status }: SoundAnswer) => `HTTP/1.1 ${status} Any Reason`;

/** The whole answer as it should be, with other headers or another body where they are given. */
export function whole(
  sound: SoundAnswer,
  changes: {
    readonly line?: string;
    readonly headers?: readonly (readonly [string, string])[];
    readonly body?: Buffer | string;
  } = {},
): Buffer {
  const body = Buffer.from(changes.body ?? sound.body);
  const bodiless = sound.status === 204 && changes.body === undefined;
  const length: readonly (readonly [string, string])[] = bodiless
    ? []
    : [["Content-Length", String(body.length)]];
  const line = changes.line ?? (sound.status === 204 && !bodiless ? "HTTP/1.1 200 OK" : statusLine(sound));
  const headers = [...withoutFraming(sound), ...(changes.headers ?? []), ...length];
  return Buffer.concat([Buffer.from(head(line, headers), "latin1"), body]);
}

/**
 * A strike on how a body travels, or on what it says, that harms nobody: an answer without a body (204) has nothing
 * to be odd about, and is passed on as it is.
 */
export function onBodies(strike: (struck: Struck) => void): (struck: Struck) => void {
  return (struck) => {
    if (struck.sound.body.length === 0) struck.client.write(whole(struck.sound));
    else strike(struck);
  };
}

/** A body to spoil, also where the sound answer has none. */
export function someBody({ body }: SoundAnswer): Buffer {
  return body.length > 0 ? body : Buffer.from('{"schemas":[]}');
}

/** The status of an answer that has a body. */
export const bodyLine = ({ status }: SoundAnswer) => `HTTP/1.1 ${status === 204 ? 200 : status} Any Reason`;

/** Writes without end, as fast as the client reads, until it hangs up. */
export function pour(client: Socket, chunk: Buffer, bytes = Number.POSITIVE_INFINITY): void {
  let left = bytes;
  const write = () => {
    while (!client.destroyed && left > 0) {
      left -= chunk.length;
      if (!client.write(chunk)) {
        client.once("drain", write);
        return;
      }
    }
  };
  write();
}

/** Writes one byte every `ms`, without end when the text is used up. */
export function drip(client: Socket, text: Buffer, ms: number): void {
  let at = 0;
  const timer = setInterval(() => {
    if (client.destroyed) return clearInterval(timer);
    client.write(text.subarray(at % text.length, (at % text.length) + 1));
    at += 1;
  }, ms);
  client.on("close", () => clearInterval(timer));
}
