import type { Check } from "../../../model/evidence.ts";
import { broken, difference, showOutcome } from "../../answer.ts";
import { listIn, resourcesIn } from "../listed.ts";

/** How many resources one page shows. */
export const pageOfAtMost: Check = {
  name: "page-of-at-most",
  summary: "A list answered 2xx shows at most `most` resources, and at least `least`.",
  takes: ["most", "least?"],
  judge(evidence, { most, least }) {
    const list = listIn(evidence);
    if (list === undefined) return broken(difference("answer", "a list", showOutcome(evidence)));
    const shown = resourcesIn(list)?.length ?? 0;
    if (shown > Number(most)) return broken(difference("body Resources", `at most ${most}`, String(shown)));
    if (least !== undefined && shown < Number(least)) {
      return broken(difference("body Resources", `at least ${least}`, String(shown)));
    }
    return broken();
  },
};
