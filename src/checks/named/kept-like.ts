import type { Check, Judgement } from "../../model/evidence.ts";
import { broken, difference, show, unknown, valueAt } from "../answer.ts";
import { sameJson } from "../value.ts";
import { acceptedLike } from "./accepted-like.ts";
import { isUnassigned, objectShown, shownEarlier } from "./shown.ts";

/** Blames another spelling of the request only where the usual spelling works. */
export const keptLike: Check = {
  name: "kept-like",
  summary:
    "Accepted like step `as`, and the value at `path` is `value`; open where step `as` showed nothing there, or nothing is shown.",
  takes: ["path", "value", "as"],
  judge(evidence, given): Judgement {
    const accepted = acceptedLike.judge(evidence, { as: given.as ?? null });
    if (accepted.kind !== "holds") return accepted;
    const path = String(given.path);
    const shown = objectShown(evidence);
    if (shown === undefined || isUnassigned(valueAt(shownEarlier(evidence, given.as), path))) {
      return unknown(`${path} is not shown for others either`, { neutral: true });
    }
    const actual = valueAt(shown, path);
    return sameJson(actual, given.value ?? null)
      ? broken()
      : broken(difference(`body ${path}`, show(given.value), show(actual)));
  },
};
