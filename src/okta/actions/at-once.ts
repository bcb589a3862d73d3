import type { Action } from "../../model/play.ts";
import { objectsArgument } from "./arguments.ts";
import { idOf, statusOf } from "./told.ts";

/**
 * Facts: `statuses` (a number each, 0 where no answer came) and `ids` (the id in each successful answer, or null),
 * both in the order of the requests.
 */
export const atOnce: Action = {
  name: "at-once",
  summary: "Sends several requests at the same time, each `{ method, path, body? }`.",
  takes: ["requests"],
  reads: false,
  *perform(given, context) {
    const requests = objectsArgument(given, "requests").map(({ method, path, body }) => {
      if (typeof method !== "string" || typeof path !== "string") {
        throw new TypeError("each of the requests needs a method and a path");
      }
      return context.request(method, path, body);
    });
    const { exchanges } = yield { kind: "send-at-once", requests };
    return { exchanges, facts: { statuses: exchanges.map(statusOf), ids: exchanges.map(idOf) } };
  },
};
