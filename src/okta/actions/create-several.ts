import type { Action } from "../../model/play.ts";
import { likewise } from "../likewise.ts";
import { countArgument, objectArgument, textArgument } from "./arguments.ts";
import { SentInTurn, statusOf } from "./told.ts";

/** Facts: `statuses`, a number each in the order sent (0 where no answer came). */
export const createSeveral: Action = {
  name: "create-several",
  summary:
    "Creates `count` resources at `path`, one after the other, each like `like` under names of its own.",
  takes: ["path", "count", "like"],
  reads: false,
  *perform(given, context) {
    const path = textArgument(given, "path");
    const like = objectArgument(given, "like");
    const sent = new SentInTurn(context);
    for (let number = 1; number <= countArgument(given, "count"); number += 1) {
      const body = likewise(like, context.unique, `several${number}`);
      const reply = yield { kind: "send", request: context.request("POST", path, body) };
      sent.add(reply.exchanges);
    }
    const exchanges = sent.all;
    return { exchanges, facts: { statuses: exchanges.map(statusOf) } };
  },
};
