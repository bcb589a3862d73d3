import type { Check } from "../../../model/evidence.ts";
import { valueAt } from "../../../model/path.ts";
import { broken, difference, lastAnswer, showOutcome, unknown } from "../../answer.ts";
import { objectShown } from "../shown.ts";

/** A text that is longer than documented is not taken whole. */
export const noLongerThan: Check = {
  name: "no-longer-than",
  summary: "The request is refused with a 4xx, or the text shown `at` a path has at most `most` characters.",
  takes: ["at", "most"],
  judge(evidence, { at, most }) {
    const status = lastAnswer(evidence)?.status ?? 0;
    if (status >= 400 && status <= 499) return broken();
    if (status < 200 || status > 299) return broken(difference("status", "4xx", showOutcome(evidence)));
    const shown = objectShown(evidence);
    const found = shown === undefined ? undefined : valueAt(shown, String(at));
    if (typeof found !== "string") return unknown(`it was accepted, and the answer shows no ${at}`);
    return found.length > Number(most)
      ? broken(difference(`body ${at}`, `at most ${most} characters, or a 4xx`, `${found.length} characters`))
      : broken();
  },
};
