import type { Check } from "../../../model/evidence.ts";
import type { Json } from "../../../model/json.ts";
import { valueAt } from "../../../model/path.ts";
import { broken, difference, show, showOutcome } from "../../answer.ts";
import { isUnassigned, objectShown } from "../shown.ts";

/** What became of a change, seen in the resource afterwards. */
export const changeTook: Check = {
  name: "change-took",
  summary:
    "The value `at` a path is `after` when the `effect` is applied, kept or true, and `before` when it is ignored, refused, cleared or false. A missing `after` or `before` means that nothing is there.",
  takes: ["effect", "at", "before?", "after?"],
  judge(evidence, { effect, at, before, after }) {
    const shown = objectShown(evidence);
    if (shown === undefined) return broken(difference("answer", "the resource", showOutcome(evidence)));
    const wanted = TOOK.has(effect ?? null) ? after : before;
    const found = valueAt(shown, String(at));
    if (same(found, wanted)) return broken();
    const expected = isUnassigned(wanted) ? "nothing" : show(wanted);
    return broken(difference(`body ${at}`, expected, show(found)));
  },
};

const TOOK: ReadonlySet<Json> = new Set<Json>(["applied", "kept", true]);

/** The letter case of a name is another fact's business. */
function same(found: Json | undefined, wanted: Json | undefined): boolean {
  if (isUnassigned(wanted)) return isUnassigned(found);
  const [one, other] = [found, wanted].map((value) =>
    typeof value === "string" ? value.toLowerCase() : value,
  );
  return one === other;
}
