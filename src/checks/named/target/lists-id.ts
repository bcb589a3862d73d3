import type { Check } from "../../../model/evidence.ts";
import { isJsonObject } from "../../../model/json.ts";
import { broken, difference, lastAnswer, show, showOutcome } from "../../answer.ts";
import { listIn, resourcesIn } from "../listed.ts";

/** Whether a list, whole on one page, shows the resource with this id. */
export const listsId: Check = {
  name: "lists-id",
  summary: "A list answered 200 shows the resource `id`, or with `shown: false` does not.",
  takes: ["id", "shown?"],
  judge(evidence, { id, shown }) {
    const list = listIn(evidence);
    if (list === undefined) return broken(difference("answer", "a list", showOutcome(evidence)));
    const resources = resourcesIn(list) ?? [];
    const isShown = resources.some((one) => isJsonObject(one) && one.id === id);
    if (isShown === (shown !== false)) return broken();
    const answer = lastAnswer(evidence);
    const what = shown === false ? "not to show" : "to show";
    return broken(
      difference(
        "body Resources",
        `${what} ${show(id)}`,
        `${resources.length} resources, ${answer?.status ?? "-"}`,
      ),
    );
  },
};
