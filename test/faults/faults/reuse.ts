import { type Fault, whole } from "../fault.ts";

/** Faults of connections that carry more than one request. */
export const reuse: readonly Fault[] = [
  {
    name: "connection-close-on-each",
    phase: "reuse",
    does: "answers with Connection: close each time, and closes",
    strike: ({ client, sound }) => client.end(whole(sound, { headers: [["Connection", "close"]] })),
    verdict: "pass",
    preflight: "judged",
    because: "RFC 9112 9.6: a server may close after any answer.",
    told: /./,
  },
  {
    name: "closes-without-a-word",
    races: true,
    phase: "reuse",
    does: "keeps the connection open in words, and closes it a moment after each answer",
    strike: ({ client, sound }) => client.write(whole(sound), () => setTimeout(() => client.end(), 3)),
    verdict: "pass",
    preflight: "judged",
    because:
      "RFC 9112 9.5: an idle connection may be closed at any time, and clients have to put up with it.",
    told: /./,
  },
  {
    name: "resets-used-connections",
    phase: "reuse",
    does: "answers the first request of a connection and resets it at the second",
    strike: ({ client, sound, earlier }) => {
      if (earlier > 0) client.resetAndDestroy();
      else client.write(whole(sound));
    },
    verdict: "pass",
    races: true,
    preflight: "judged",
    because:
      "RFC 9112 9.5: a connection may end at any time, and a GET or PUT is sent again over a new one. A POST or PATCH may have been carried out (RFC 9110 9.2.2), so what its repetition shows stays open.",
    told: /./,
  },
  {
    name: "bytes-behind-the-answer",
    phase: "reuse",
    does: "sends bytes behind a whole answer that belong to none",
    strike: ({ client, sound }) =>
      client.write(Buffer.concat([whole(sound), Buffer.from("\r\n\r\ngarbage\r\n")])),
    verdict: "pass",
    preflight: "judged",
    because:
      "RFC 9112 6.3: what follows a whole answer must not be taken for another; it may be dropped with the connection.",
    told: /./,
  },
  {
    name: "answers-twice",
    phase: "reuse",
    does: "sends every answer twice",
    strike: ({ client, sound }) => client.write(Buffer.concat([whole(sound), whole(sound)])),
    verdict: "pass",
    preflight: "judged",
    because:
      "RFC 9112 6.3 and 9.2: an answer that nobody waits for is dropped, and not taken for the next request's.",
    told: /./,
  },
  {
    name: "answers-nobody",
    races: true,
    phase: "reuse",
    does: "sends an answer over the idle connection that nobody asked for",
    strike: ({ client, sound }) =>
      client.write(whole(sound), () => {
        setTimeout(() => client.write("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n"), 3);
      }),
    verdict: "pass",
    preflight: "judged",
    because:
      "RFC 9112 9.2: an answer that comes without a request is an error of the connection, which is dropped.",
    told: /./,
  },
  {
    name: "keep-alive-of-nothing",
    phase: "reuse",
    does: "promises to keep the connection for 0 seconds",
    strike: ({ client, sound }) =>
      client.write(whole(sound, { headers: [["Keep-Alive", "timeout=0, max=1"]] })),
    verdict: "pass",
    preflight: "judged",
    because: "Keep-Alive is a hint; a request is sent over a new connection.",
    told: /./,
  },
];
