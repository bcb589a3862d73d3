import type { Check } from "../../../model/evidence.ts";
import type { Json } from "../../../model/json.ts";
import { broken, difference, lastAnswer, showOutcome } from "../../answer.ts";

/** The answer has one of the statuses that a fact names. */
export const answered: Check = {
  name: "answered",
  summary: "The answer has this status, or one of these; `refused` is any 4xx, `taken` any 2xx.",
  takes: ["status"],
  judge(evidence, { status }) {
    const answer = lastAnswer(evidence);
    const wanted: readonly Json[] = Array.isArray(status) ? status : [status ?? null];
    if (answer !== undefined && wanted.some((one) => fits(answer.status, one))) return broken();
    return broken(difference("status", wanted.map(words).join(" or "), showOutcome(evidence)));
  },
};

const CLASSES: Readonly<Record<string, number>> = { taken: 2, refused: 4 };

function fits(status: number, wanted: Json): boolean {
  const digit = typeof wanted === "string" ? CLASSES[wanted] : undefined;
  return digit === undefined ? status === Number(wanted) : Math.floor(status / 100) === digit;
}

const words = (wanted: Json) => (wanted === "taken" ? "2xx" : wanted === "refused" ? "4xx" : String(wanted));
