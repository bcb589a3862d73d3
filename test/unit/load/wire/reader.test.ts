import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AnswerReader } from "../../../../src/load/wire/answer-reader.ts";
import { KnownHeads } from "../../../../src/load/wire/known-heads.ts";
import {
  answers,
  damaged,
  type Heard,
  isLlhttpsOwnWay,
  LIMITS,
  pieceSizes,
  readByNode,
  readByUs,
} from "./answers.ts";

const WHOLE = [1_000_000];
const ofHead = (text: string) => Buffer.from(text, "latin1");

/** Where we differ from Node's parser on purpose: all of it is said here. */
function isOurOwnWay(bytes: Buffer, ours: Heard, theirs: Heard): boolean {
  const text = bytes.toString("latin1");
  // What follows a whole answer is nobody's: Node makes an error of it, we close the connection.
  if (ours.ok && ours.left > 0) return true;
  // Versions that nobody speaks over such a connection, and statuses below 100.
  if (!ours.ok && theirs.ok && (theirs.status < 100 || !/^[\r\n]*HTTP\/1\.[01] /.test(text))) return true;
  if (isLlhttpsOwnWay(text)) return true;
  // An interim answer of HTTP/1.0 ends the connection for Node, though it is none that ends anything.
  if (theirs.ok === false && theirs.why === "HPE_CLOSED_CONNECTION" && /HTTP\/1\.0 1\d\d/.test(text))
    return true;
  // A second protocol is not asked for; Node hands the socket over.
  return theirs.ok === false && theirs.why === "upgrade";
}

const comparable = (heard: Heard) => (heard.ok ? { ...heard, left: 0 } : { ok: false });

describe("an answer", () => {
  it("is read as Node's own client reads it, in whatever pieces it comes", async () => {
    await fc.assert(
      fc.asyncProperty(answers, pieceSizes, async (bytes, sizes) => {
        const [ours, theirs] = [readByUs(bytes, sizes), await readByNode(bytes)];
        if (!isOurOwnWay(bytes, ours, theirs)) expect(comparable(ours)).toEqual(comparable(theirs));
      }),
      { numRuns: 500 },
    );
  });

  it("is read behind 50,000 interim answers in one piece, which are read over", () => {
    const interim = ofHead("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(50_000));
    const bytes = Buffer.concat([interim, ofHead("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")]);
    for (const sizes of [[bytes.length], [65_536]]) {
      expect(readByUs(bytes, sizes)).toMatchObject({ ok: true, status: 200, left: 0 });
    }
  });

  it("is refused where Node's own client refuses it, when bytes of it are damaged", async () => {
    await fc.assert(
      fc.asyncProperty(damaged, pieceSizes, async (bytes, sizes) => {
        const [ours, theirs] = [readByUs(bytes, sizes), await readByNode(bytes)];
        if (!isOurOwnWay(bytes, ours, theirs)) expect(comparable(ours)).toEqual(comparable(theirs));
      }),
      { numRuns: 1_000 },
    );
  });

  it("is the same in one piece and in many, also when it is refused", () => {
    fc.assert(
      fc.property(fc.oneof(answers, damaged), pieceSizes, (bytes, sizes) => {
        const [whole, pieces] = [readByUs(bytes, WHOLE), readByUs(bytes, sizes)];
        expect(pieces).toEqual(whole);
      }),
      { numRuns: 1_500 },
    );
  });

  it.each([
    ["a body longer than is read", `Content-Length: 100001\r\n\r\n`, /announced a body of 100001 bytes/],
    [
      "a chunked body longer than is read",
      `Transfer-Encoding: chunked\r\n\r\n186a1\r\n${"x".repeat(100_001)}`,
      /body of more than 100000/,
    ],
    ["a body without end", `\r\n${"x".repeat(100_001)}`, /body of more than 100000/],
    ["a head without end", `X: ${"x".repeat(20_000)}`, /head of more than 16000/],
    [
      "chunk extensions without end",
      `Transfer-Encoding: chunked\r\n\r\n1;${"x".repeat(20_000)}`,
      /extensions or trailers without end/,
    ],
    [
      "trailers without end",
      `Transfer-Encoding: chunked\r\n\r\n0\r\n${"X: y\r\n".repeat(4_000)}`,
      /extensions or trailers without end/,
    ],
  ])("with %s is given up", (_what, rest, why) => {
    for (const sizes of [WHOLE, [700], [1]]) {
      const heard = readByUs(ofHead(`HTTP/1.1 200 OK\r\n${rest}`), sizes);
      expect(heard).toEqual({ ok: false, why: expect.stringMatching(why) });
    }
  });

  it("keeps its head while its body is under way, whatever other connections read meanwhile", () => {
    const known = new KnownHeads();
    const [one, other] = [new AnswerReader(LIMITS, known), new AnswerReader(LIMITS, known)];
    const answer = (body: string) =>
      ofHead(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    const read = (reader: AnswerReader, bytes: Buffer) => reader.read(bytes, 0, bytes.length);
    const begin = (reader: AnswerReader) => reader.begin(false);
    begin(one);
    expect(read(one, answer("12345678"))).toBe(true);
    begin(one);
    expect(read(one, answer("12345678").subarray(0, -4))).toBe(false);
    begin(other);
    expect(read(other, answer("12"))).toBe(true);
    expect(read(one, ofHead("5678"))).toBe(true);
    expect(one.head.contentLength).toBe(8);
    expect(one.body.toString("latin1", one.bodyStart, one.bodyEnd)).toBe("12345678");
  });

  it("that is no HTTP at all is refused at its first byte that could not be one", () => {
    expect(readByUs(ofHead("HTTQ"), WHOLE)).toMatchObject({ ok: false, why: /not an HTTP\/1.1 answer/ });
    expect(readByUs(ofHead("SSH-2.0-OpenSSH"), [1])).toMatchObject({ ok: false });
  });
});
