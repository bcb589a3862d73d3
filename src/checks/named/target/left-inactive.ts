import type { Check } from "../../../model/evidence.ts";
import { broken, difference, lastAnswer, showOutcome } from "../../answer.ts";
import { objectShown, textsOf, valueNamed } from "../shown.ts";

/** What a deactivation left, as a read afterwards sees it. */
export const leftInactive: Check = {
  name: "left-inactive",
  summary: "The person is shown with `active` false (`leaves: inactive`), or is not there any more (`gone`).",
  takes: ["leaves"],
  judge(evidence, { leaves }) {
    const permitted = textsOf(leaves);
    const person = objectShown(evidence);
    const isGone = lastAnswer(evidence)?.status === 404;
    if (permitted.includes("gone") && isGone) return broken();
    if (permitted.includes("inactive") && person !== undefined && valueNamed(person, "active") === false) {
      return broken();
    }
    const wanted = permitted.map((one) => (one === "gone" ? "404" : "active false")).join(" or ");
    const seen =
      person === undefined ? showOutcome(evidence) : `active ${String(valueNamed(person, "active"))}`;
    return broken(difference("the person afterwards", wanted, seen));
  },
};
