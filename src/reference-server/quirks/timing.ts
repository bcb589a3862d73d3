import type { Quirk } from "./quirk.ts";

const SIXTY = "OKTA-HTTP-06: every answer has 60 seconds";

/** How long answers take. Of several the last one counts. */
export const timing: readonly Quirk[] = [
  {
    name: "slow-answers",
    title: "Every answer takes 5 seconds.",
    permittedBy: SIXTY,
    layer: "app",
    make: () => ({ latency: () => 5_000 }),
  },
  {
    name: "very-slow-writes",
    title: "A write takes 55 seconds, a read 1 second.",
    permittedBy: SIXTY,
    layer: "app",
    make: () => ({ latency: ({ method }) => (method === "GET" ? 1_000 : 55_000) }),
  },
  {
    name: "uneven-answers",
    title:
      "Answers take between 1 ms and 4 seconds, so that those of requests sent together come in any order.",
    permittedBy: SIXTY,
    layer: "app",
    make: ({ random }) => ({ latency: () => 1 + Math.floor(random.next() * 4_000) }),
  },
  {
    name: "honest-rate-limit",
    title: "More than 100 requests a second are answered 429, with the seconds to wait.",
    permittedBy: "RFC 6585 section 4; OKTA-RATE-01: a 429 pauses Okta's task",
    layer: "app",
    make: () => ({ rateLimit: { perSecond: 100, burst: 25 } }),
  },
];
