import { gzipSync } from "node:zlib";
import {
  bodyLine,
  drip,
  type Fault,
  head,
  onBodies,
  pour,
  type Struck,
  someBody,
  whole,
  withoutFraming,
} from "../fault.ts";

const CUT =
  "RFC 9112 8: an answer that is cut short is incomplete. Repeated, with the credential test answered.";
const CHUNKS = "RFC 9112 7.1 says what a chunk is. Repeated, with the credential test answered.";
const SLOW = "Okta waits 60 seconds for a whole answer. Repeated, with the credential test answered.";
const OURS =
  "No rule sets a limit; 20 MB is ours. Whether Okta would have read it to the end cannot be told, so the verdict stays open.";

type Headers = readonly (readonly [string, string])[];

/** Begins an answer with these headers, and hands back the body it should have had. */
function begin({ client, sound }: Struck, framing: Headers): Buffer {
  client.write(head(bodyLine(sound), [...withoutFraming(sound), ...framing]));
  return someBody(sound);
}

const CHUNKED: Headers = [["Transfer-Encoding", "chunked"]];
const long = (body: Buffer): Headers => [["Content-Length", String(body.length + 100)]];
const chunk = (bytes: Buffer) =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);

const coded = (
  name: string,
  coding: string,
  make: (body: Buffer) => Buffer,
  rest: Partial<Fault> & Pick<Fault, "does">,
): Fault => ({
  name,
  phase: "body",
  strike: (rest.verdict === "pass" ? onBodies : asItIs)(({ client, sound }) => {
    client.write(whole(sound, { body: make(someBody(sound)), headers: [["Content-Encoding", coding]] }));
  }),
  verdict: "fail",
  preflight: "malformed",
  because:
    "RFC 9110 8.4: the body has to be what its Content-Encoding says. Repeated, with the credential test answered.",
  told: /cannot be used/,
  ...rest,
});

const asItIs = (strike: (struck: Struck) => void) => strike;

/** 2 GB of zeros in 2 MB: gzip members may follow one another, and inflate one after another. */
const bomb = (() => {
  let made: Buffer | undefined;
  return () => {
    if (made === undefined) {
      const member = gzipSync(Buffer.alloc(64_000_000));
      made = Buffer.concat(Array.from({ length: 32 }, () => member));
    }
    return made;
  };
})();

/** Faults in how the body travels. */
export const bodies: readonly Fault[] = [
  {
    name: "length-too-long-then-closes",
    phase: "body",
    does: "announces more bytes than it sends, and closes",
    strike: (struck) => {
      const body = someBody(struck.sound);
      begin(struck, long(body));
      struck.client.end(body);
    },
    verdict: "fail",
    preflight: "malformed",
    because: `RFC 9110 8.6: a Content-Length must be the true one. ${CUT}`,
    told: /before the end it had announced/,
  },
  {
    name: "length-too-long-then-silence",
    phase: "body",
    does: "announces more bytes than it sends, and stalls",
    strike: (struck) => {
      const body = someBody(struck.sound);
      begin(struck, long(body));
      struck.client.write(body);
    },
    verdict: "fail",
    preflight: "timed-out",
    because: SLOW,
    told: /had not finished its answer after \d+ ms; \d+ bytes/,
  },
  {
    name: "length-too-short",
    phase: "body",
    does: "announces fewer bytes than it sends",
    strike: (struck) => {
      const body = someBody(struck.sound);
      begin(struck, [["Content-Length", String(Math.max(1, body.length - 7))]]);
      struck.client.write(body);
    },
    verdict: "fail",
    preflight: "judged",
    because: "RFC 9112 6.3: the body ends where its length says, and what is left is no JSON (RFC 7644 3.1).",
    told: /is not JSON/,
  },
  {
    name: "resets-in-the-body",
    phase: "body",
    does: "resets the connection in the middle of the body",
    strike: (struck) => {
      const body = begin(struck, [["Content-Length", String(someBody(struck.sound).length)]]);
      const half = body.subarray(0, body.length / 2);
      struck.client.write(half, () => setTimeout(() => struck.client.resetAndDestroy(), 10));
    },
    verdict: "fail",
    preflight: "reset",
    orPreflight: "malformed",
    because: CUT,
    told: /in the middle of its answer|before the end it had announced/,
  },
  {
    name: "stalls-in-the-body",
    phase: "body",
    does: "stalls in the middle of the body",
    strike: (struck) => {
      const body = begin(struck, [["Content-Length", String(someBody(struck.sound).length)]]);
      struck.client.write(body.subarray(0, body.length / 2));
    },
    verdict: "fail",
    preflight: "timed-out",
    because: SLOW,
    told: /had not finished its answer after \d+ ms; \d+ bytes/,
  },
  {
    name: "drips-without-end",
    phase: "body",
    does: "sends a byte of the body every now and then, and would go on for hours",
    strike: (struck) => {
      begin(struck, [["Content-Length", "100000"]]);
      drip(struck.client, Buffer.from(" "), 20);
    },
    verdict: "fail",
    preflight: "timed-out",
    because: `A drip never is silent, and is no answer. ${SLOW}`,
    told: /had not finished its answer after \d+ ms; \d+ bytes/,
  },
  {
    name: "chunk-size-of-words",
    phase: "body",
    does: "gives a chunk a size that is no number",
    strike: (struck) => {
      const body = begin(struck, CHUNKED);
      struck.client.write(Buffer.concat([Buffer.from("many\r\n"), body, Buffer.from("\r\n0\r\n\r\n")]));
    },
    verdict: "fail",
    preflight: "malformed",
    because: CHUNKS,
    told: /is not an HTTP answer/,
  },
  {
    name: "chunk-size-too-small",
    phase: "body",
    does: "gives a chunk a size that is too small",
    strike: (struck) => {
      const body = begin(struck, CHUNKED);
      struck.client.write(
        Buffer.concat([
          Buffer.from(`${(body.length - 2).toString(16)}\r\n`),
          body,
          Buffer.from("\r\n0\r\n\r\n"),
        ]),
      );
    },
    verdict: "fail",
    preflight: "malformed",
    because: CHUNKS,
    told: /is not an HTTP answer/,
  },
  {
    name: "chunk-size-of-exabytes",
    phase: "body",
    does: "announces a chunk of more bytes than a number can count, and closes",
    strike: (struck) => {
      const body = begin(struck, CHUNKED);
      struck.client.end(Buffer.concat([Buffer.from("fffffffffffffffff\r\n"), body]));
    },
    verdict: "fail",
    preflight: "malformed",
    because: CHUNKS,
    told: /is not an HTTP answer|before the end it had announced/,
  },
  {
    name: "last-chunk-missing-then-closes",
    phase: "body",
    does: "closes without the last chunk",
    strike: (struck) => {
      const body = begin(struck, CHUNKED);
      struck.client.end(chunk(body));
    },
    verdict: "fail",
    preflight: "malformed",
    because: `RFC 9112 7.1: a chunked body ends with an empty chunk. ${CUT}`,
    told: /before the end it had announced|is not an HTTP answer/,
  },
  {
    name: "last-chunk-missing-then-silence",
    phase: "body",
    does: "stalls without the last chunk",
    strike: (struck) => {
      const body = begin(struck, CHUNKED);
      struck.client.write(chunk(body));
    },
    verdict: "fail",
    preflight: "timed-out",
    because: SLOW,
    told: /had not finished its answer after \d+ ms; \d+ bytes/,
  },
  {
    name: "chunks-of-one-byte",
    phase: "body",
    does: "sends the body in chunks of one byte, with extensions and a trailer",
    strike: onBodies((struck) => {
      const body = begin(struck, CHUNKED);
      const chunks = [...body].map((byte) =>
        Buffer.concat([Buffer.from("1;a=b\r\n"), Buffer.from([byte]), Buffer.from("\r\n")]),
      );
      struck.client.write(Buffer.concat([...chunks, Buffer.from("0\r\nX-Trailer: t\r\n\r\n")]));
    }),
    verdict: "pass",
    preflight: "judged",
    because: "RFC 9112 7.1: chunks of any size, with extensions and trailers, are one body.",
    told: /./,
  },
  {
    name: "body-of-5-gb",
    isHeavy: true,
    phase: "body",
    does: "announces 5 GB and sends them",
    strike: (struck) => {
      begin(struck, [["Content-Length", "5000000000"]]);
      pour(struck.client, Buffer.alloc(65_536, " "), 5_000_000_000);
    },
    verdict: "unknown",
    preflight: "too-large",
    because: OURS,
    told: /sent a body of more than \d+ bytes/,
  },
  {
    name: "body-without-end",
    isHeavy: true,
    phase: "body",
    does: "sends chunks without end",
    strike: (struck) => {
      begin(struck, CHUNKED);
      pour(struck.client, chunk(Buffer.alloc(65_536, " ")));
    },
    verdict: "unknown",
    preflight: "too-large",
    because: OURS,
    told: /sent a body of more than \d+ bytes/,
  },
  coded("gzip", "gzip", gzipSync, {
    does: "compresses its answer",
    verdict: "pass",
    preflight: "judged",
    because: "RFC 9110 12.5.3: Okta sends Accept-Encoding: gzip,deflate, so this was asked for.",
    told: /./,
  }),
  coded("gzip-bomb", "gzip", bomb, {
    isHeavy: true,
    does: "sends 2 MB that inflate to 2 GB",
    verdict: "unknown",
    preflight: "too-large",
    because: OURS,
    told: /it inflates to more than \d+ bytes/,
  }),
  coded(
    "gzip-damaged",
    "gzip",
    (body) => {
      const bytes = gzipSync(body);
      bytes.fill(0x55, 12, 24);
      return bytes;
    },
    {
      does: "damages the compressed body",
      told: /its gzip coding is damaged or cut short/,
    },
  ),
  coded("gzip-cut-short", "gzip", (body) => gzipSync(body).subarray(0, -10), {
    does: "cuts the compressed body short",
    told: /its gzip coding is damaged or cut short/,
  }),
  coded("gzip-in-name-only", "gzip", (body) => body, {
    does: "calls an answer compressed that is not",
    told: /its gzip coding is damaged or cut short/,
  }),
  coded("coding-of-its-own", "compress", (body) => body, {
    does: "uses a content coding that was not asked for",
    because:
      "RFC 9110 12.5.3: only gzip and deflate were offered. Repeated, with the credential test answered.",
    told: /the content coding compress was not asked for/,
  }),
];
