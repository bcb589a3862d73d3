import {
  bodyLine,
  drip,
  type Fault,
  head,
  pour,
  type SoundAnswer,
  someBody,
  whole,
  withoutFraming,
} from "../fault.ts";

const OURS =
  "RFC 9110 5.4 sets no limit and lets a client refuse more than it wants to read: the limit (64 KiB) is ours, so the verdict stays open.";
const SYNTAX = "RFC 9112 5 says what a header line is. Repeated, with the credential test answered.";

/** The sound answer with lines of its own among the headers. */
const withLines = (sound: SoundAnswer, lines: string) => {
  const bytes = whole(sound);
  const firstEnd = bytes.indexOf("\r\n") + 2;
  return Buffer.concat([bytes.subarray(0, firstEnd), Buffer.from(lines, "latin1"), bytes.subarray(firstEnd)]);
};

const odd = (name: string, lines: string, does: string, rest: Partial<Fault> = {}): Fault => ({
  name,
  phase: "headers",
  does,
  strike: ({ client, sound }) => client.write(withLines(sound, lines)),
  verdict: "fail",
  preflight: "malformed",
  because: SYNTAX,
  told: /is not an HTTP answer/,
  ...rest,
});

const permitted = (because: string): Partial<Fault> => ({
  verdict: "pass",
  preflight: "judged",
  because,
  told: /./,
});

const tooLarge: Partial<Fault> = {
  isHeavy: true,
  verdict: "unknown",
  preflight: "too-large",
  because: OURS,
  told: /headers of the answer of .* are larger than is read/,
};

/** Faults of the header lines. */
export const headers: readonly Fault[] = [
  odd(
    "100000-headers",
    Array.from({ length: 100_000 }, (_, index) => `X-${index}: y\r\n`).join(""),
    "sends 100,000 header lines",
    tooLarge,
  ),
  odd("a-header-of-1-mb", `X-Long: ${"x".repeat(1_000_000)}\r\n`, "sends a header line of 1 MB", tooLarge),
  {
    name: "headers-without-end",
    isHeavy: true,
    phase: "headers",
    does: "sends header lines without end",
    strike: ({ client }) => {
      client.write("HTTP/1.1 200 OK\r\n");
      pour(client, Buffer.from("X-More: and more of it\r\n".repeat(500)));
    },
    verdict: "unknown",
    preflight: "too-large",
    because: OURS,
    told: /headers of the answer of .* are larger than is read/,
  },
  odd(
    "many-headers-within-reason",
    "X-Trace: abc\r\n".repeat(1_000),
    "sends 1,000 header lines",
    permitted("RFC 9110 5.4: no limit is set, and these are within ours."),
  ),
  odd("header-without-colon", "This is no header\r\n", "sends a header line without a colon"),
  odd("header-with-nul", "X-Nul: a\0b\r\n", "sends a NUL in a header", {
    because: "RFC 9110 5.5: NUL is invalid in a field value. Repeated, with the credential test answered.",
  }),
  odd("header-name-with-space", "X Spaced: a\r\n", "puts a space into a header's name"),
  odd(
    "header-beyond-ascii",
    "X-Name: J\u00fcrgen\r\n",
    "sends Latin-1 in a header",
    permitted("RFC 9110 5.5: bytes beyond ASCII are opaque data, and permitted."),
  ),
  odd(
    "header-beyond-belief",
    "X-Script: <script>alert(1)</script>\u001b[2J\u009b31m\r\n",
    "sends control characters in a header",
    {
      verdict: "fail",
      preflight: "malformed",
      because:
        "RFC 9110 5.5: control characters are invalid in a field value. Repeated, with the credential test answered.",
      told: /is not an HTTP answer/,
    },
  ),
  {
    name: "headers-never-end-then-closes",
    phase: "headers",
    does: "closes before the empty line that ends the headers",
    strike: ({ client }) => client.end("HTTP/1.1 200 OK\r\nContent-Type: application/scim+json\r\n"),
    verdict: "fail",
    preflight: "malformed",
    because:
      "RFC 9112 8: an answer that is cut short is incomplete. Repeated, with the credential test answered.",
    told: /in the middle of the headers/,
  },
  {
    name: "headers-never-end-then-silence",
    phase: "headers",
    does: "stalls before the empty line that ends the headers",
    strike: ({ client }) => client.write("HTTP/1.1 200 OK\r\nContent-Type: application/scim+json\r\n"),
    verdict: "fail",
    preflight: "timed-out",
    because: "Okta waits 60 seconds. Repeated, with the credential test answered.",
    told: /within \d+ ms|after \d+ ms/,
  },
  {
    name: "headers-reset",
    phase: "headers",
    does: "resets the connection in the middle of the headers",
    strike: ({ client }) =>
      client.write("HTTP/1.1 200 OK\r\nContent-Ty", () => setTimeout(() => client.resetAndDestroy(), 5)),
    verdict: "fail",
    preflight: "reset",
    orPreflight: "malformed",
    because:
      "RFC 9112 8: an answer that is cut short is incomplete. Repeated, with the credential test answered.",
    told: /in the middle of the headers|closed the connection without an answer/,
  },
  {
    name: "headers-byte-by-byte-without-end",
    phase: "headers",
    does: "sends a byte of a header every now and then, without end",
    strike: ({ client }) => {
      client.write("HTTP/1.1 200 OK\r\nX-Slow: ");
      drip(client, Buffer.from("x"), 20);
    },
    verdict: "fail",
    preflight: "timed-out",
    because: "A drip is no answer: Okta waits 60 seconds. Repeated, with the credential test answered.",
    told: /within \d+ ms|after \d+ ms/,
  },
  {
    name: "length-of-words",
    phase: "headers",
    does: "gives a Content-Length that is no number",
    strike: ({ client, sound }) =>
      client.write(
        Buffer.concat([
          Buffer.from(head(bodyLine(sound), [...withoutFraming(sound), ["Content-Length", "many"]])),
          someBody(sound),
        ]),
      ),
    verdict: "fail",
    preflight: "malformed",
    because: "RFC 9112 6.3, rule 5: an invalid Content-Length is an unrecoverable error.",
    told: /is not an HTTP answer/,
  },
  {
    name: "two-lengths",
    phase: "headers",
    does: "gives two Content-Lengths that differ",
    strike: ({ client, sound }) =>
      client.write(
        Buffer.concat([
          Buffer.from(
            head(bodyLine(sound), [
              ...withoutFraming(sound),
              ["Content-Length", String(someBody(sound).length)],
              ["Content-Length", "3"],
            ]),
          ),
          someBody(sound),
        ]),
      ),
    verdict: "fail",
    preflight: "malformed",
    because: "RFC 9112 6.3, rule 5: lengths that differ are an unrecoverable error.",
    told: /is not as long as its Content-Length says|is not an HTTP answer/,
  },
  {
    name: "length-and-chunks",
    phase: "headers",
    does: "gives both a Content-Length and Transfer-Encoding: chunked",
    strike: ({ client, sound }) => {
      const body = someBody(sound);
      client.end(
        Buffer.concat([
          Buffer.from(
            head(bodyLine(sound), [
              ...withoutFraming(sound),
              ["Content-Length", "5"],
              ["Transfer-Encoding", "chunked"],
            ]),
          ),
          Buffer.from(`${body.length.toString(16)}\r\n`),
          body,
          Buffer.from("\r\n0\r\n\r\n"),
        ]),
      );
    },
    verdict: "fail",
    preflight: "malformed",
    because: "RFC 9112 6.1: a sender must not send both, and a client ought to treat it as an error.",
    told: /is not as long as its Content-Length says|is not an HTTP answer/,
  },
];
