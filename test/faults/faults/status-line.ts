import { type Fault, head, pour, type SoundAnswer, statusLine, whole, withoutFraming } from "../fault.ts";

const NOT_HTTP =
  "RFC 9112 4 says what a status line is. Repeated on a fresh connection, with the credential test answered.";
const ENDED =
  "RFC 9112 8: an answer that is cut short is incomplete. Repeated, with the credential test answered.";

const rest = (sound: SoundAnswer) => whole(sound).subarray(statusLine(sound).length);

/** The answer under another first line. */
const under = (name: string, line: string, does: string): Fault => ({
  name,
  phase: "status line",
  does,
  strike: ({ client, sound }) => client.write(Buffer.concat([Buffer.from(line), rest(sound)])),
  verdict: "fail",
  preflight: "malformed",
  because: NOT_HTTP,
  told: /is not an HTTP answer/,
});

const interim = (status: number, times: number, reason: string) =>
  Buffer.from(`HTTP/1.1 ${status} ${reason}\r\n\r\n`.repeat(times));

/** Faults of the first line, and of what may come before it. */
export const statusLines: readonly Fault[] = [
  under("status-line-noise", "%PDF-1.4 \u0001\u0002", "begins its answer with noise"),
  under("status-line-icy", "ICY 200 OK", "speaks another protocol's status line"),
  under("status-line-http-9", "HTTP/9.9 200 OK", "claims a version of HTTP that there is none of"),
  under("status-of-words", "HTTP/1.1 OK", "gives no status code"),
  under("status-of-four-digits", "HTTP/1.1 2000 OK", "gives a status code of four digits"),
  {
    name: "http-2-preface",
    phase: "status line",
    does: "answers with frames of HTTP/2",
    strike: ({ client }) => client.write(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0, 13, 10, 13, 10])),
    verdict: "fail",
    preflight: "malformed",
    because: NOT_HTTP,
    told: /is not an HTTP answer/,
  },
  {
    name: "no-status-line",
    phase: "status line",
    does: "sends the body alone, as HTTP/0.9 did",
    strike: ({ client, sound }) => client.end(sound.body.length > 0 ? sound.body : "{}"),
    verdict: "fail",
    preflight: "malformed",
    because: NOT_HTTP,
    told: /is not an HTTP answer/,
  },
  {
    name: "half-a-status-line-then-closes",
    phase: "status line",
    does: "closes in the middle of the status line",
    strike: ({ client }) => client.end("HTTP/1.1 2"),
    verdict: "fail",
    preflight: "malformed",
    because: ENDED,
    told: /in the middle of the headers/,
  },
  {
    name: "half-a-status-line-then-silence",
    phase: "status line",
    does: "stalls in the middle of the status line",
    strike: ({ client }) => client.write("HTTP/1.1 2"),
    verdict: "fail",
    preflight: "timed-out",
    because: "Okta waits 60 seconds. Repeated, with the credential test answered.",
    told: /within \d+ ms|after \d+ ms/,
  },
  {
    name: "http-1.0",
    phase: "status line",
    does: "answers as HTTP/1.0",
    strike: ({ client, sound }) => client.end(whole(sound, { line: `HTTP/1.0 ${sound.status} Fine` })),
    verdict: "pass",
    preflight: "judged",
    because: "RFC 9110 2.5: a client understands every answer of the same major version.",
    told: /./,
  },
  {
    name: "no-reason",
    phase: "status line",
    does: "leaves the reason phrase out",
    strike: ({ client, sound }) => client.write(whole(sound, { line: `HTTP/1.1 ${sound.status} ` })),
    verdict: "pass",
    preflight: "judged",
    because: "RFC 9112 4: the reason phrase may be empty, and says nothing.",
    told: /./,
  },
  {
    name: "switches-protocols",
    phase: "status line",
    does: "switches to another protocol without being asked",
    strike: ({ client }) =>
      client.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"),
    verdict: "fail",
    preflight: "malformed",
    because: "RFC 9110 7.8: a server must not switch to a protocol that the client did not name.",
    told: /switched to another protocol without being asked/,
  },
  {
    name: "a-thousand-continues",
    phase: "status line",
    does: "sends 100 Continue 5,000 times, then its answer",
    strike: ({ client, sound }) =>
      client.write(Buffer.concat([interim(100, 5_000, "Continue"), whole(sound)])),
    verdict: "pass",
    preflight: "judged",
    because: "RFC 9110 15.2: a client has to be able to parse one or more 1xx answers, wanted or not.",
    told: /./,
  },
  {
    name: "a-thousand-early-hints",
    phase: "status line",
    does: "sends 103 Early Hints 5,000 times, then its answer",
    strike: ({ client, sound }) =>
      client.write(Buffer.concat([interim(103, 5_000, "Early Hints"), whole(sound)])),
    verdict: "pass",
    preflight: "judged",
    because: "RFC 9110 15.2: a client has to be able to parse one or more 1xx answers, wanted or not.",
    told: /./,
  },
  {
    name: "continues-without-end",
    isHeavy: true,
    phase: "status line",
    does: "sends 100 Continue without end",
    strike: ({ client }) => pour(client, interim(100, 500, "Continue")),
    verdict: "fail",
    preflight: "timed-out",
    because: "An interim answer is none; the final one never comes. Okta waits 60 seconds.",
    told: /within \d+ ms|after \d+ ms/,
  },
  {
    name: "processing-without-end",
    isHeavy: true,
    phase: "status line",
    does: "sends 102 Processing without end",
    strike: ({ client }) => pour(client, interim(102, 500, "Processing")),
    verdict: "fail",
    preflight: "timed-out",
    because: "An interim answer is none; the final one never comes. Okta waits 60 seconds.",
    told: /within \d+ ms|after \d+ ms/,
  },
  {
    name: "status-of-999",
    phase: "status line",
    does: "answers with the status 999",
    strike: ({ client, sound }) =>
      client.write(
        Buffer.concat([
          Buffer.from(head("HTTP/1.1 999 What", [...withoutFraming(sound), ["Content-Length", "2"]])),
          Buffer.from("{}"),
        ]),
      ),
    verdict: "fail",
    preflight: "judged",
    because: "RFC 9110 15: a client treats it as a server error, and no step expects one.",
    told: /999/,
  },
];
