import { deflateSync, gzipSync } from "node:zlib";
import type { RawReply, WriteReply } from "../listen.ts";
import type { ServerResponse } from "../message.ts";
import { consistency } from "./consistency.ts";
import type { Quirk } from "./quirk.ts";
import { timing } from "./timing.ts";

const isBodiless = ({ status, body }: ServerResponse) => status === 204 || status === 304 || body === "";

function compressed(encoding: "gzip" | "deflate", pack: (text: string) => Buffer): WriteReply {
  return (outgoing, reply, sound) => {
    const accepted = String(outgoing.req.headers["accept-encoding"] ?? "");
    if (isBodiless(reply) || !accepted.includes(encoding)) return sound(reply);
    const body = pack(reply.body);
    start(outgoing, reply, [
      ["Content-Encoding", encoding],
      ["Content-Length", String(body.length)],
    ]);
    outgoing.end(body);
  };
}

function start(
  outgoing: RawReply,
  { status, headers }: ServerResponse,
  more: ServerResponse["headers"],
): void {
  outgoing.writeHead(status, [...headers, ...more].flat());
}

/** On a socket time is real: what waits is played in virtual time alone. */
const contradicts = [...timing, ...consistency].map(({ name }) => name);

/** How a reply travels. Of several the last one counts. */
export const wire: readonly Quirk[] = [
  {
    name: "gzip-answers",
    title: "Bodies are compressed with gzip where the client takes that, as Okta does.",
    permittedBy: "RFC 9110 section 12.5.3: Okta sends Accept-Encoding: gzip,deflate",
    contradicts,
    layer: "wire",
    make: () => ({ write: compressed("gzip", gzipSync) }),
  },
  {
    name: "deflate-answers",
    title: "Bodies are compressed with deflate where the client takes that, as Okta does.",
    permittedBy: "RFC 9110 section 12.5.3: Okta sends Accept-Encoding: gzip,deflate",
    contradicts,
    layer: "wire",
    make: () => ({ write: compressed("deflate", deflateSync) }),
  },
  {
    name: "chunked-bodies",
    title: "Bodies come in chunks, cut in the middle of a character, with a trailer.",
    permittedBy: "RFC 9112 section 7.1: chunked transfer coding",
    contradicts,
    layer: "wire",
    make: () => ({
      write: (outgoing, reply, sound) => {
        if (isBodiless(reply)) return sound(reply);
        const bytes = Buffer.from(reply.body);
        start(outgoing, reply, [["Trailer", "X-Checksum"]]);
        for (let at = 0; at < bytes.length; at += 61) outgoing.write(bytes.subarray(at, at + 61));
        outgoing.addTrailers([["X-Checksum", "0"]]);
        outgoing.end();
      },
    }),
  },
  {
    name: "connection-closed-after-each-answer",
    title: "Every answer closes its connection.",
    permittedBy: "RFC 9112 section 9.6: a server may close a connection after any answer, if it says so",
    contradicts,
    layer: "wire",
    make: () => ({
      write: (_outgoing, reply, sound) =>
        sound({ ...reply, headers: [...reply.headers, ["Connection", "close"]] }),
    }),
  },
  {
    name: "early-hints-first",
    title: "An informational reply precedes every answer, whose reason phrase is a word of the server's own.",
    permittedBy:
      "RFC 9110 section 15.2 and RFC 9112 section 4: clients pass over 1xx replies and the reason phrase",
    contradicts,
    layer: "wire",
    make: () => ({
      write: (outgoing, reply, sound) => {
        outgoing.writeProcessing();
        outgoing.statusMessage = "As You Wish";
        sound(reply);
      },
    }),
  },
];
