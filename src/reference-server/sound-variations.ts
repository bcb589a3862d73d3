import { URN } from "../model/scim.ts";
import type { Handle } from "./message.ts";
import type { Variation } from "./variation.ts";

/** Sound servers: as they are, and with the limits switched on that some claims need to be shown at all. */
export const soundVariations: readonly Variation[] = [
  {
    name: "sound",
    title: "The sound server",
    layer: "app",
    make: () => ({}),
  },
  {
    name: "sound-with-rate-limit",
    title: "The sound server answers 429 when requests come too fast",
    layer: "app",
    make: () => ({ rateLimit: { perSecond: 2000, burst: 6 } }),
  },
  {
    name: "sound-with-member-limit",
    title: "The sound server refuses groups of more than 300 members",
    layer: "app",
    make: () => ({ maxGroupMembers: 300 }),
  },
  {
    name: "sound-with-content-location",
    title: "The sound server says in Content-Location which resource an answer shows",
    layer: "app",
    make: () => ({ wrap: withContentLocation }),
  },
  {
    name: "sound-on-a-socket",
    title: "The sound server, reached over a real socket",
    layer: "wire",
    make: () => ({}),
  },
];

const withContentLocation =
  (handle: Handle): Handle =>
  (request) => {
    const reply = handle(request);
    const location = /"location":("[^"]*")/.exec(reply.body)?.[1];
    // A list shows many resources; only the answer about one has an address of its own.
    if (location === undefined || reply.body.includes(`"${URN.listResponse}"`)) return reply;
    return { ...reply, headers: [...reply.headers, ["Content-Location", JSON.parse(location) as string]] };
  };
