import type { Action } from "../../model/play.ts";
import { countArgument } from "./arguments.ts";

/** Facts: none. A time stamp in whole seconds tells a change apart only when a second has passed. */
export const pause: Action = {
  name: "pause",
  summary: "Sends nothing for `ms` milliseconds.",
  takes: ["ms"],
  reads: true,
  *perform(given) {
    yield { kind: "wait", ms: countArgument(given, "ms") };
    return { exchanges: [], facts: {} };
  },
};
