import { plural } from "../../../model/count.ts";
import type { Check } from "../../../model/evidence.ts";
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import { broken, difference, lastAnswer, show, showOutcome, unknown } from "../../answer.ts";
import { listIn, resourcesIn } from "../listed.ts";

/** Whether a list shows the resource with this id. A page that others follow tells only of those it shows. */
export const listsId: Check = {
  name: "lists-id",
  summary: "A list answered 200 shows the resource `id`, or with `shown: false` does not.",
  takes: ["id", "shown?"],
  judge(evidence, { id, shown }) {
    const list = listIn(evidence);
    if (list === undefined) return broken(difference("answer", "a list", showOutcome(evidence)));
    const resources = resourcesIn(list) ?? [];
    const isShown = resources.some((one) => isJsonObject(one) && one.id === id);
    if (!isShown && goesOn(list, resources.length)) {
      const why = `the list goes on behind the ${plural(resources.length, "resource")} of its first page`;
      // That somebody is in no list of thousands is not to be had from one page, whatever the server does.
      return unknown(why, { neutral: shown === false });
    }
    if (isShown === (shown !== false)) return broken();
    const answer = lastAnswer(evidence);
    const what = shown === false ? "not to show" : "to show";
    return broken(
      difference(
        "body Resources",
        `${what} ${show(id)}`,
        `${plural(resources.length, "resource")}, ${answer?.status ?? "-"}`,
      ),
    );
  },
};

const goesOn = ({ totalResults, nextCursor }: JsonObject, shown: number) =>
  (typeof totalResults === "number" && totalResults > shown) ||
  (typeof nextCursor === "string" && nextCursor !== "");
