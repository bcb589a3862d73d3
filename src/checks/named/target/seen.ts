import type { Check, StepEvidence } from "../../../model/evidence.ts";
import { type Exchange, headerValue } from "../../../model/exchange.ts";
import type { Json } from "../../../model/json.ts";
import { valueAt } from "../../../model/path.ts";
import { lastAnswer, parsedBody, show, unknown } from "../../answer.ts";
import { textsOf } from "../shown.ts";

/** For what the documentation leaves open: tells what was seen, and judges nobody. */
export const seen: Check = {
  name: "seen",
  summary:
    "Tells the status, and of the answer the `headers` and the values at the paths `values`. Blames nobody.",
  takes: ["headers?", "values?", "of?"],
  judgesSilence: true,
  judge(evidence, { headers, values, of }) {
    const step: Pick<StepEvidence, "exchanges"> =
      of === undefined ? evidence : (evidence.earlier.get(String(of)) ?? evidence);
    const told = [
      statusOf(step.exchanges.at(-1)),
      ...headersOf(step, textsOf(headers)),
      ...valuesOf(step, textsOf(values)),
    ];
    return unknown(`the documentation leaves it open; seen: ${told.join(", ")}`, { neutral: true });
  },
};

function statusOf(exchange: Exchange | undefined): string {
  if (exchange === undefined) return "nothing was sent";
  const { outcome } = exchange;
  return outcome.kind === "answer" ? `status ${outcome.status}` : `no answer (${outcome.reason})`;
}

function headersOf(step: Pick<StepEvidence, "exchanges">, names: readonly string[]): readonly string[] {
  const answer = lastAnswer(step);
  return names.map((name) => `${name}: ${(answer && headerValue(answer.headers, name)) ?? "none"}`);
}

function valuesOf(step: Pick<StepEvidence, "exchanges">, paths: readonly string[]): readonly string[] {
  const answer = lastAnswer(step);
  const body = answer === undefined ? undefined : parsedBody(answer);
  const value: Json | undefined = body?.ok === true ? body.value : undefined;
  return paths.map((path) => `${path} ${show(valueAt(value, path))}`);
}
