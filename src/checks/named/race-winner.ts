import type { Check, Judgement } from "../../model/evidence.ts";
import type { Exchange } from "../../model/exchange.ts";
import { broken, difference } from "../answer.ts";

/** The status of each exchange of a race, or 0 where no answer came. */
export const statusesOf = (exchanges: readonly Exchange[]) =>
  exchanges.map(({ outcome }) => (outcome.kind === "answer" ? outcome.status : 0));

/** Of several creates sent at once, one has to win. */
export const raceWinner: Check = {
  name: "race-winner",
  summary: "Of the requests sent at once exactly one was answered with 201, and no other with success.",
  takes: [],
  judge({ exchanges }): Judgement {
    const statuses = statusesOf(exchanges);
    const created = statuses.filter((status) => status >= 200 && status < 300);
    if (created.length === 1 && created[0] === 201) return broken();
    return broken(difference("statuses", "one 201", statuses.join(", ")));
  },
};
