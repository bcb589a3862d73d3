import type { Check } from "../../model/evidence.ts";
import { broken, difference, holds, lastAnswer, parsedBody, show, unknown, valueAt } from "../answer.ts";
import { statusFits } from "../status.ts";
import { sameJson } from "../value.ts";

/** A server may refuse what it cannot do. What it must not do is to say yes and leave everything as it was. */
export const appliedIfAcknowledged: Check = {
  name: "applied-if-acknowledged",
  summary: "Unless step `write` was refused, this read shows `value` at `path`, letter case apart.",
  takes: ["write", "path", "value"],
  judge(evidence, given) {
    const step = String(given.write);
    const write = evidence.earlier.get(step);
    const status = write === undefined ? undefined : lastAnswer(write)?.status;
    if (status === undefined) return unknown(`step ${step} got no answer`);
    if (status >= 300) {
      // Any other answer neither says yes nor refuses.
      const isRefusal = status === 501 || statusFits(status, "4xx");
      return isRefusal ? holds : unknown(`step ${step} got ${status}`, { neutral: true });
    }
    const answer = lastAnswer(evidence);
    const body = answer === undefined || answer.status > 299 ? undefined : parsedBody(answer);
    if (body?.ok !== true) return unknown("the answer shows no resource");
    const path = String(given.path);
    const actual = valueAt(body.value, path);
    const wanted = given.value ?? null;
    const isSame =
      sameJson(actual, wanted) ||
      (typeof actual === "string" &&
        typeof wanted === "string" &&
        actual.toLowerCase() === wanted.toLowerCase());
    if (isSame) return holds;
    return broken(
      difference(
        `body ${path}`,
        `${show(wanted)}, because step ${step} was answered with ${status}`,
        show(actual),
      ),
    );
  },
};
