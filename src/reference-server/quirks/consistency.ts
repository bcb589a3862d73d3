import type { Context } from "../context.ts";
import type { Make } from "./make.ts";
import type { Quirk } from "./quirk.ts";
import { Replica } from "./replica.ts";

const SETTLES =
  "RFC 7644 says nothing of when a write shows; Okta's CRUD test waits 20 to 40 seconds between a write and the read that judges it";

/** Reads see the store as it was some time ago; writes see it as it is. A read by id may be quicker than a list. */
function readingLate(lag: number, isIndexAlone = false): Make {
  return ({ clock, random, operations }) => {
    const replica = new Replica(clock, random);
    const late = (context: Context): Context => {
      replica.start(context.store);
      return { ...context, store: replica.asOf(lag) };
    };
    const lateById = isIndexAlone ? (context: Context) => context : late;
    return {
      replace: {
        read: (context, type, id, request) => operations.read(lateById(context), type, id, request),
        list: (context, types, request) => operations.list(late(context), types, request),
        search: (context, types, request) => operations.search(late(context), types, request),
        create: (context, type, request) => {
          replica.start(context.store);
          const reply = operations.create(context, type, request);
          const id = reply.body?.id;
          if (typeof id === "string") replica.wrote(context.store, type, id);
          return reply;
        },
        replace: (context, type, id, request) => {
          replica.start(context.store);
          const reply = operations.replace(context, type, id, request);
          replica.wrote(context.store, type, id);
          return reply;
        },
        modify: (context, type, id, request) => {
          replica.start(context.store);
          const reply = operations.modify(context, type, id, request);
          replica.wrote(context.store, type, id);
          return reply;
        },
        remove: (context, type, id, request) => {
          replica.start(context.store);
          const reply = operations.remove(context, type, id, request);
          replica.wrote(context.store, type, id);
          return reply;
        },
      },
    };
  };
}

/** When a write shows in the next read. */
export const consistency: readonly Quirk[] = [
  {
    name: "reads-lag-by-300-ms",
    title: "A write shows in reads and lists after 300 milliseconds.",
    permittedBy: SETTLES,
    contradicts: ["reads-lag-by-1500-ms", "others-are-added-meanwhile"],
    layer: "app",
    make: readingLate(300),
  },
  {
    name: "reads-lag-by-1500-ms",
    title: "A write shows in reads and lists after 1.5 seconds.",
    permittedBy: SETTLES,
    contradicts: ["others-are-added-meanwhile"],
    layer: "app",
    make: readingLate(1_500),
  },
  {
    name: "search-index-lags-by-1-s",
    title: "A write shows in a read by id at once, and in look-ups and lists after a second.",
    permittedBy: SETTLES,
    contradicts: ["reads-lag-by-300-ms", "reads-lag-by-1500-ms", "others-are-added-meanwhile"],
    layer: "app",
    make: readingLate(1_000, true),
  },
];
