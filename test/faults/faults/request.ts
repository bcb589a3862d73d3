import { bodyLine, type Fault, head, onBodies, someBody, whole } from "../fault.ts";

const REPEATED =
  "Silence on a fresh connection too, while the credential test is answered in between: Okta's task fails as well (design, section 6).";

/** Faults while the server takes the request, or before it says the first word. */
export const request: readonly Fault[] = [
  {
    name: "closes-after-request",
    phase: "request",
    does: "takes the request and closes the connection",
    strike: ({ client }) => client.end(),
    verdict: "fail",
    preflight: "reset",
    because: REPEATED,
    told: /closed the connection without an answer/,
  },
  {
    name: "resets-after-request",
    phase: "request",
    does: "takes the request and resets the connection",
    strike: ({ client }) => client.resetAndDestroy(),
    verdict: "fail",
    preflight: "reset",
    because: REPEATED,
    told: /closed the connection without an answer/,
  },
  {
    name: "silent-after-request",
    phase: "request",
    does: "takes the request and says nothing",
    strike: () => {},
    verdict: "fail",
    preflight: "timed-out",
    because: `${REPEATED} Okta waits 60 seconds.`,
    told: /did not begin to answer within/,
  },
  {
    name: "half-closes-and-answers",
    phase: "request",
    does: "answers in full and closes its half of the connection at once",
    strike: ({ client, sound }) => client.end(whole(sound)),
    verdict: "pass",
    preflight: "judged",
    because: "RFC 9112 9.6: a server may close after any answer; the answer is whole.",
    told: /./,
  },
  {
    name: "answers-early-and-closes",
    races: true,
    phase: "request",
    does: "answers with Connection: close before it has read on, and resets afterwards",
    strike: ({ client, sound }) => {
      client.write(whole(sound, { headers: [["Connection", "close"]] }), () => {
        setTimeout(() => client.destroy(), 20);
      });
    },
    verdict: "pass",
    preflight: "judged",
    because: "RFC 9112 9.5: a server may answer before it has read the whole request; the answer is whole.",
    told: /./,
  },
  {
    name: "answers-byte-by-byte",
    phase: "request",
    does: "sends a whole answer in pieces of one byte",
    strike: ({ client, sound }) => {
      client.setNoDelay(true);
      for (const byte of whole(sound)) client.write(Buffer.from([byte]));
    },
    verdict: "pass",
    preflight: "judged",
    because: "RFC 9112 2.2: where a message is cut into packets means nothing.",
    told: /./,
  },
  {
    name: "body-to-the-end-of-the-connection",
    phase: "request",
    does: "gives no length and ends the body by closing",
    strike: onBodies(({ client, sound }) => {
      const headers = sound.headers.filter(([name]) => /^content-type$/i.test(name));
      client.end(Buffer.concat([Buffer.from(head(bodyLine(sound), headers)), someBody(sound)]));
    }),
    verdict: "pass",
    preflight: "judged",
    because: "RFC 9112 6.3, rule 8: an answer without a length ends with the connection.",
    told: /./,
  },
];
