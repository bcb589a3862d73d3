import type { Check, Difference, Evidence, StepEvidence } from "../../model/evidence.ts";
import { brokenBy, difference, unknown } from "../answer.ts";

/** 501 says that something is not offered and 503 that it has to wait; both are answers of a server in order. */
const HONEST = [501, 503];

export const noServerErrors: Check = {
  name: "no-server-errors",
  summary: "No request of the play so far was answered with 500 to 599, 501 and 503 apart.",
  takes: [],
  ofTheExchange: true,
  judge(evidence) {
    const steps = [...before(evidence), evidence];
    const isAnswered = steps.some(({ exchanges }) =>
      exchanges.some(({ outcome }) => outcome.kind === "answer"),
    );
    return isAnswered ? brokenBy(steps.flatMap(errorsOf)) : unknown("no request was answered");
  },
};

/** The step that is judged may already stand among the earlier ones. */
const before = ({ earlier, step }: Evidence) => [...earlier.values()].filter((other) => other.step !== step);

function errorsOf({ step, exchanges }: Pick<StepEvidence, "step" | "exchanges">): readonly Difference[] {
  return exchanges.flatMap(({ outcome }) =>
    outcome.kind === "answer" && outcome.status >= 500 && !HONEST.includes(outcome.status)
      ? [difference(`status of step ${step}`, "no error of the server's own", String(outcome.status))]
      : [],
  );
}
