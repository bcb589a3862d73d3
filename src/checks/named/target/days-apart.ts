import type { Check } from "../../../model/evidence.ts";
import { valueAt } from "../../../model/path.ts";
import { broken, difference, show, showOutcome } from "../../answer.ts";
import { objectShown } from "../shown.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Two dates of an answer, so many days apart; an hour more or less is the clock's. */
export const daysApart: Check = {
  name: "days-apart",
  summary: "The dates at the paths `from` and `to` are `days` apart.",
  takes: ["from", "to", "days"],
  judge(evidence, { from, to, days }) {
    const shown = objectShown(evidence);
    if (shown === undefined) return broken(difference("answer", "two dates", showOutcome(evidence)));
    const [start, end] = [from, to].map((path) => valueAt(shown, String(path)));
    const apart = (Date.parse(String(end)) - Date.parse(String(start))) / DAY_MS;
    return Math.abs(apart - Number(days)) < 1 / 24
      ? broken()
      : broken(difference(`body ${to}`, `${days} days after ${show(start)}`, show(end)));
  },
};
