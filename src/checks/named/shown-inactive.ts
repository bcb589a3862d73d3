import type { Check } from "../../model/evidence.ts";
import {
  broken,
  difference,
  lastAnswer,
  parsedBody,
  show,
  showOutcome,
  unknown,
  valueAt,
} from "../answer.ts";

/** A deactivation that was refused is another claim's failure, and leaves nothing to see here. */
export const shownInactive: Check = {
  name: "shown-inactive",
  summary:
    "The user at the path `at` has `active: false`, once the step `after` was acknowledged; open where another than `id` is shown.",
  takes: ["at", "after", "id?"],
  judge(evidence, given) {
    const step = String(given.after);
    const write = evidence.earlier.get(step);
    const status = write === undefined ? undefined : lastAnswer(write)?.status;
    if (status === undefined || status < 200 || status > 299) {
      const outcome = write === undefined ? "was not sent" : `got ${showOutcome(write)}`;
      return unknown(`step ${step} ${outcome}, so nobody was deactivated`);
    }
    const answer = lastAnswer(evidence);
    const body = answer === undefined || answer.status > 299 ? undefined : parsedBody(answer);
    const at = String(given.at);
    const user = body?.ok === true ? valueAt(body.value, at) : undefined;
    if (user === undefined) return unknown(`the answer shows no user at ${at}`);
    if (given.id !== undefined && valueAt(user, "id") !== given.id) {
      return unknown(`the user at ${at} is another one`);
    }
    const active = valueAt(user, "active");
    if (active === false) return broken();
    return broken(difference(`body ${at === "$" ? "" : `${at}.`}active`, "false", show(active)));
  },
};
