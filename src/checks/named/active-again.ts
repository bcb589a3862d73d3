import type { Check, Judgement } from "../../model/evidence.ts";
import { broken, brokenBy, difference, show, showOutcome, unknown } from "../answer.ts";
import { objectShown, shownEarlier } from "./shown.ts";

/** Whoever was never seen inactive cannot be seen to come back. */
export const activeAgain: Check = {
  name: "active-again",
  summary:
    "The user is read with the same `id` and `active: true`; open unless step `was` showed the user inactive.",
  takes: ["id", "was"],
  judge(evidence, given): Judgement {
    const before = shownEarlier(evidence, given.was)?.active;
    if (before !== false) {
      return unknown(`step ${String(given.was)} did not show the user inactive, but active ${show(before)}`, {
        neutral: true,
      });
    }
    const user = objectShown(evidence);
    if (user === undefined) return broken(difference("answer", "200 with the user", showOutcome(evidence)));
    const wrong = (["id", "active"] as const).flatMap((name) => {
      const wanted = name === "id" ? (given.id ?? null) : true;
      return user[name] === wanted ? [] : [difference(`body ${name}`, show(wanted), show(user[name]))];
    });
    return brokenBy(wrong);
  },
};
