import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { silenceOf } from "../../../src/http/silence.ts";
import {
  answered,
  byteServer,
  GET,
  listening,
  ManualClock,
  NEVER,
  ok,
  once,
  senderTo,
  silenceAfter,
  silent,
} from "./wire.ts";

describe("silence", () => {
  it("refused: nothing listens", async () => {
    const server = createServer();
    const port = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    const silence = silent(await once(new URL(`http://127.0.0.1:${port}`)));
    expect(silence.reason).toBe("refused");
    expect(silence.detail).toBe(`No connection is accepted at 127.0.0.1:${port} (ECONNREFUSED).`);
  });

  it("unresolved: the host has no address", async () => {
    // RFC 6761 keeps `.invalid` free; where there is no name server either, the error is EAI_AGAIN.
    const silence = silent(await once(new URL("http://nowhere.invalid/scim")));
    expect(silence.reason).toBe("unresolved");
    expect(silence.detail).toContain("nowhere.invalid");
  });

  it("timed-out: the server takes the request and says nothing", async () => {
    const clock = new ManualClock();
    const server = await byteServer(() => clock.pass(60_000));
    const silence = silent(await once(server.url, { clock }));
    expect(silence.reason).toBe("timed-out");
    expect(silence.detail).toMatch(/did not begin to answer within 60000 ms/);
    await server.closed();
  });

  it("timed-out: a request's own patience counts before the sender's", async () => {
    const clock = new ManualClock();
    const server = await byteServer(() => clock.pass(1_000));
    const exchange = await once(server.url, { clock, timeoutMs: 60_000 }, { ...GET, timeoutMs: 1_000 });
    expect(silent(exchange).detail).toMatch(/within 1000 ms/);
    await server.closed();
  });

  it("timed-out: the answer drips and never ends", async () => {
    const clock = new ManualClock();
    let drips = 0;
    const server = await byteServer((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
      const drip = () => {
        drips += 1;
        if (drips === 100) clock.pass(60_000);
        if (!socket.destroyed) socket.write("x", () => setImmediate(drip));
      };
      drip();
    });
    const silence = silent(await once(server.url, { clock }));
    expect(silence.reason).toBe("timed-out");
    expect(silence.detail).toMatch(/had not finished its answer after 60000 ms; \d+ bytes/);
    expect(drips).toBeGreaterThanOrEqual(100);
    await server.closed();
  });

  it("timed-out: the connection does not come to stand", async () => {
    const clock = new ManualClock();
    // Accepts the connection and never answers the TLS handshake.
    const server = createServer((socket) => {
      socket.on("error", () => {});
      // Whoever reads nothing does not see that the other side has left.
      socket.resume();
      clock.pass(15_000);
    });
    const port = await listening(server);
    const silence = silent(await once(new URL(`https://127.0.0.1:${port}`), { clock }));
    expect(silence.reason).toBe("timed-out");
    expect(silence.detail).toMatch(/could not be connected to within 15000 ms/);
    await new Promise((resolve) => server.close(resolve));
  });

  it("reset: the server hangs up before it answers", async () => {
    const closing = await byteServer((socket) => socket.end());
    expect(silent(await once(closing.url)).reason).toBe("reset");
    await closing.closed();
    const resetting = await byteServer((socket) => socket.resetAndDestroy());
    const silence = silent(await once(resetting.url));
    expect(silence.reason).toBe("reset");
    expect(silence.detail).toMatch(/closed the connection without an answer/);
    await resetting.closed();
  });

  it("malformed: the server closes before the length it announced", async () => {
    for (const connection of ["", "Connection: close\r\n"]) {
      const silence = await silenceAfter(`HTTP/1.1 200 OK\r\n${connection}Content-Length: 100\r\n\r\n{"a":`);
      expect([connection, silence.reason]).toEqual([connection, "malformed"]);
    }
  });

  it("malformed: a chunked body is cut short", async () => {
    const silence = await silenceAfter('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\n{"a":');
    expect(silence.reason).toBe("malformed");
  });

  it.each([
    ["no HTTP at all", "SSH-2.0-OpenSSH_9.6\r\n"],
    ["a chunk size that is no number", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"],
    [
      "another protocol",
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    ],
    ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"],
  ])("malformed: %s", async (_, bytes) => {
    expect((await silenceAfter(bytes)).reason).toBe("malformed");
  });

  it("too-large: the body exceeds the limit, with or without an announced length", async () => {
    const long = "x".repeat(2_000);
    const announced = await silenceAfter(ok(long), { maxBodyBytes: 1_000 });
    expect(announced).toMatchObject({
      reason: "too-large",
      detail: expect.stringMatching(/more than 1000 bytes/),
    });
    const endless = `HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${long}`;
    expect((await silenceAfter(endless, { maxBodyBytes: 1_000 })).reason).toBe("too-large");
  });

  it("takes a body of exactly the limit", async () => {
    const server = await byteServer((socket) => socket.end(ok("x".repeat(1_000))));
    expect(answered(await once(server.url, { maxBodyBytes: 1_000 })).body).toHaveLength(1_000);
    await server.closed();
  });

  it("too-large: the headers exceed the limit", async () => {
    const bytes = ok("{}", `X-Long: ${"x".repeat(70_000)}\r\n`);
    expect((await silenceAfter(bytes)).reason).toBe("too-large");
    const server = await byteServer((socket) => socket.end(bytes));
    expect(answered(await once(server.url, { maxHeaderBytes: 100_000 })).body).toBe("{}");
    await server.closed();
  });

  it("aborted: before, while waiting, and when the sender is closed", async () => {
    const server = await byteServer(() => aborting.abort());
    const aborting = new AbortController();
    const { send, close } = senderTo(server.url);
    expect(silent(await send(GET, AbortSignal.abort())).reason).toBe("aborted");
    expect(silent(await send(GET, aborting.signal)).reason).toBe("aborted");
    await close();
    expect(silent(await send(GET, NEVER)).reason).toBe("aborted");
    await server.closed();
    expect(server.requests).toHaveLength(1);
  });

  it("aborted: closing the sender ends what is under way", async () => {
    const server = await byteServer(() => void sender.close());
    const sender = senderTo(server.url);
    expect(silent(await sender.send(GET, NEVER)).reason).toBe("aborted");
    await server.closed();
  });

  it("aborted: a request that cannot be written is not blamed on the server", async () => {
    const server = await byteServer((socket) => socket.end(ok("{}")));
    const bad = { ...GET, headers: [["X-Bad", "a\nb"]] } as const;
    const silence = silent(await once(server.url, {}, bad));
    expect(silence.reason).toBe("aborted");
    expect(silence.detail).toMatch(/could not be sent/);
    await server.closed();
    expect(server.requests).toEqual([]);
  });
});

describe("silenceOf", () => {
  const reasonFor = (code: string | undefined, name = "Error") => {
    const error = Object.assign(new Error("words"), code === undefined ? {} : { code }, { name });
    const failure = { error, phase: "waiting", bodyBytes: 0, reused: false } as const;
    return silenceOf(failure, { host: "a.example", port: 443 }).reason;
  };

  it.each([
    ["EHOSTUNREACH", "refused"],
    ["ENOTFOUND", "unresolved"],
    ["EAI_AGAIN", "unresolved"],
    ["ETIMEDOUT", "timed-out"],
    ["UND_ERR_CONNECT_TIMEOUT", "timed-out"],
    ["UND_ERR_HEADERS_TIMEOUT", "timed-out"],
    ["UND_ERR_BODY_TIMEOUT", "timed-out"],
    ["EPIPE", "reset"],
    ["UND_ERR_SOCKET", "reset"],
    ["UND_ERR_RES_EXCEEDED_MAX_SIZE", "too-large"],
    ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", "malformed"],
    ["HPE_INVALID_CONSTANT", "malformed"],
    ["EPROTO", "tls"],
    ["CERT_REVOKED", "tls"],
    ["ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", "tls"],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "tls"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "tls"],
    ["E_NOBODY_KNOWS", "reset"],
  ])("%s is %s", (code, reason) => expect(reasonFor(code)).toBe(reason));

  it("goes by the name where there is no code", () => {
    expect(reasonFor(undefined, "HTTPParserError")).toBe("malformed");
  });
});
