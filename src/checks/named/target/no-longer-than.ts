import type { Check } from "../../../model/evidence.ts";
import { valueAt } from "../../../model/path.ts";
import { broken, difference, lastAnswer, showOutcome } from "../../answer.ts";
import { objectShown } from "../shown.ts";

/** A text that is longer than documented is not taken whole. */
export const noLongerThan: Check = {
  name: "no-longer-than",
  summary: "The request is refused with a 4xx, or the text shown `at` a path has at most `most` characters.",
  takes: ["at", "most"],
  judge(evidence, { at, most }) {
    const status = lastAnswer(evidence)?.status ?? 0;
    if (status >= 400 && status <= 499) return broken();
    const shown = objectShown(evidence);
    if (shown === undefined) return broken(difference("status", "4xx", showOutcome(evidence)));
    const found = valueAt(shown, String(at));
    const length = typeof found === "string" ? found.length : 0;
    return length > Number(most)
      ? broken(difference(`body ${at}`, `at most ${most} characters, or a 4xx`, `${length} characters`))
      : broken();
  },
};
