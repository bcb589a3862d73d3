import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { answered, answerTo, byteServer, GET, NEVER, ok, once, senderTo, silenceAfter } from "./wire.ts";

const BODY = '{"userName":"zo\u00eb@a.example"}';

describe("an answer", () => {
  it("keeps its headers in order, with their letter case and repeats", async () => {
    const answer = await answerTo(
      "HTTP/1.1 201 Created\r\nX-b: 2\r\nlocation: /a\r\nSet-Cookie: a=1\r\nX-A:  padded \r\nset-cookie: b=2\r\n" +
        "X-Latin: \xe9\r\nContent-Length: 0\r\n\r\n",
    );
    expect(answer.status).toBe(201);
    expect(answer.headers).toEqual([
      ["X-b", "2"],
      ["location", "/a"],
      ["Set-Cookie", "a=«secret»"],
      ["X-A", "padded"],
      ["set-cookie", "b=«secret»"],
      ["X-Latin", "\u00c3\u00a9"],
      ["Content-Length", "0"],
    ]);
  });

  it("is read when it comes in chunks", async () => {
    const chunked =
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n2;x=y\r\n1}\r\n0\r\nX-Trailer: 1\r\n\r\n';
    expect((await answerTo(chunked)).body).toBe('{"a":1}');
  });

  it("is read to the end of the connection from an HTTP/1.0 server", async () => {
    const answer = await answerTo(`HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n${BODY}`);
    expect(answer.body).toBe(BODY);
  });

  it("is read to the end of the connection when no length is given", async () => {
    expect((await answerTo(`HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${BODY}`)).body).toBe(BODY);
  });

  it.each([204, 304])("of %i has no body", async (status) => {
    const answer = await answerTo(
      `HTTP/1.1 ${status} Nothing\r\nETag: "1"\r\nContent-Encoding: gzip\r\n\r\n`,
    );
    expect(answer).toMatchObject({ status, body: "" });
  });

  it.each([
    ["102 Processing", "HTTP/1.1 102 Processing\r\n\r\n"],
    ["103 Early Hints", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"],
    ["100 Continue that was not asked for", "HTTP/1.1 100 Continue\r\n\r\n"],
    ["two of them", "HTTP/1.1 100 Continue\r\nServer: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"],
  ])("is waited for behind %s", async (_, interim) => {
    expect(await answerTo(interim + ok(BODY, "X: 1\r\n"))).toMatchObject({
      status: 200,
      headers: [
        ["X", "1"],
        ["Content-Length", expect.any(String)],
      ],
      body: BODY,
    });
  });

  it("is waited for behind a 100 Continue that comes in pieces, on a used connection as well", async () => {
    const server = await byteServer((socket) => {
      socket.setNoDelay(true);
      socket.write("HTTP/1.1 10", () => {
        socket.write("0 Continue\r\n\r", () => setImmediate(() => socket.write(`\n${ok(BODY)}`)));
      });
    });
    const { send, close } = senderTo(server.url);
    for (const turn of [1, 2, 3]) expect([turn, answered(await send(GET, NEVER)).body]).toEqual([turn, BODY]);
    await close();
    await server.closed();
    expect(server.connections()).toBe(1);
  });

  it("loses a byte order mark and gets U+FFFD for what is not UTF-8", async () => {
    const bytes = Buffer.concat([
      Buffer.from([0xef, 0xbb, 0xbf]),
      Buffer.from('"'),
      Buffer.from([0xff, 0x22]),
    ]);
    const head = Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${bytes.length}\r\n\r\n`);
    expect((await answerTo(Buffer.concat([head, bytes]))).body).toBe('"\ufffd"');
  });

  it.each([301, 302, 307, 308])("of %i is an answer: it is not followed", async (status) => {
    const elsewhere = await byteServer((socket) => socket.end(ok(BODY)));
    const answer = await answerTo(
      `HTTP/1.1 ${status} Moved\r\nLocation: ${elsewhere.url.href}\r\nContent-Length: 0\r\n\r\n`,
    );
    expect(answer.status).toBe(status);
    await elsewhere.closed();
    expect(elsewhere.requests).toEqual([]);
  });

  it("is timed, and says where it came from", async () => {
    const server = await byteServer((socket) => socket.end(ok(BODY)));
    const { timing, url } = await once(server.url);
    expect(url).toBe(`${server.url.href}/Users`);
    expect(timing.totalMs).toBeGreaterThanOrEqual(timing.firstByteMs ?? Number.NaN);
    expect(timing.firstByteMs).toBeGreaterThanOrEqual(0);
    expect(Math.abs(Date.now() - timing.startedAt)).toBeLessThan(60_000);
    await server.closed();
  });
});

function coded(coding: string, bytes: Buffer): Buffer {
  const head = `HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}

describe("a content coding", () => {
  it.each([
    ["gzip", gzipSync(BODY)],
    ["GZip", gzipSync(BODY)],
    ["x-gzip", gzipSync(BODY)],
    ["deflate", deflateSync(BODY)],
    ["deflate", deflateRawSync(BODY)],
    ["br", brotliCompressSync(BODY)],
    ["identity", Buffer.from(BODY)],
    ["deflate, gzip", gzipSync(deflateSync(BODY))],
  ])("%s is taken off", async (coding, bytes) => {
    expect((await answerTo(coded(coding, bytes))).body).toBe(BODY);
  });

  it("that hides a bomb is given up at the limit", async () => {
    const bomb = gzipSync(Buffer.alloc(1_000_000));
    expect(bomb.length).toBeLessThan(2_000);
    const silence = await silenceAfter(coded("gzip", bomb), { maxBodyBytes: 10_000 });
    expect(silence).toMatchObject({ reason: "too-large", detail: expect.stringMatching(/10000 bytes/) });
  });

  it.each([
    ["gzip", Buffer.from("plain text")],
    ["gzip", gzipSync(BODY).subarray(0, 20)],
    ["zstd", Buffer.from(BODY)],
    ["constructor", Buffer.from(BODY)],
  ])("%s that cannot be taken off is a malformed answer", async (coding, bytes) => {
    expect((await silenceAfter(coded(coding, bytes))).reason).toBe("malformed");
  });
});

describe("a request", () => {
  it("travels below the path of the base URL, encoded as the caller wrote it", async () => {
    const server = await byteServer((socket) => socket.end(ok("{}")));
    const path = "/Users?filter=userName%20eq%20%22a%2Bb%40x%22&a=b|c/../d";
    const exchange = await once(server.url, {}, { ...GET, path });
    expect(server.requests[0]).toMatch(/^GET /);
    expect(server.requests[0]?.split(" ")[1]).toBe(`/scim/v2${path}`);
    expect(exchange.url).toBe(server.url.href + path);
    await server.closed();
  });

  it("keeps its headers in order and letter case, and its body byte for byte", async () => {
    const server = await byteServer((socket) => socket.end(ok("{}")));
    const body = '{"userName": "zo\u00eb", broken';
    const headers = [
      ["Accept", "application/scim+json"],
      ["X-odd-Case", "1"],
      ["X-odd-Case", "2"],
      ["Content-Type", "application/scim+json; charset=utf-8"],
    ] as const;
    await once(server.url, {}, { method: "POST", path: "/Users", headers, body });
    const request = Buffer.from(server.requests[0] ?? "", "latin1").toString("utf8");
    expect(request).toMatch(
      /Accept: application\/scim\+json\r\nX-odd-Case: 1\r\nX-odd-Case: 2\r\nContent-Type: application\/scim\+json; charset=utf-8\r\n/,
    );
    expect(request.slice(request.indexOf("\r\n\r\n") + 4)).toBe(body);
    await server.closed();
  });
});
