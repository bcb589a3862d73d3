import { didYouMean } from "../decode/index.ts";
import { DURATION_WORDS, durationMs } from "../model/duration.ts";
import { COUNTED_METRICS, type Threshold, type ThresholdMetric } from "../model/load-plan.ts";

/** A threshold without the place where it was written, or why it is none and where in the text. */
export type ParsedThreshold =
  | { readonly ok: true; readonly threshold: Omit<Threshold, "place"> }
  | { readonly ok: false; readonly offset: number; readonly what: string; readonly next: string };

const WHOLE = /^\s*(.*?)\s*(<=|>=|==|<|>)\s*(.*?)\s*$/;
const EXAMPLES = "Write it like create.response.p99 < 300ms, errors.rate < 1% or lost == 0.";

/** Reads one condition such as `create.response.p99 < 300ms`. */
export function parseThreshold(text: string): ParsedThreshold {
  const match = WHOLE.exec(text);
  const [, left = "", comparison = "", right = ""] = match ?? [];
  if (match === null) return refused(0, `\`${text}\` compares nothing.`, EXAMPLES);
  const subject = subjectOf(left);
  if (subject === undefined) {
    return refused(text.indexOf(left), `There is no measure \`${left}\`.`, nextForSubject(left));
  }
  const limit = limitOf(right, subject.metric);
  if (limit === undefined) {
    const at = right === "" ? text.length : text.lastIndexOf(right);
    return refused(at, `\`${right}\` is not what ${left} is measured in.`, nextForLimit(subject.metric));
  }
  if (holdsForNothing(comparison, limit, subject.metric)) {
    return refused(0, `\`${text.trim()}\` can hold for no server.`, EXAMPLES);
  }
  return {
    ok: true,
    threshold: {
      text: text.trim(),
      ...subject,
      comparison: comparison as Threshold["comparison"],
      limit,
    },
  };
}

/** Whether a condition is a slip of the finger: nothing is less than none, and no share more than all. */
function holdsForNothing(comparison: string, limit: number, { kind }: ThresholdMetric): boolean {
  const isShare = kind === "share" || kind === "achieved";
  return comparison === "<" ? limit === 0 : comparison === ">" && isShare && limit === 1;
}

const refused = (offset: number, what: string, next: string): ParsedThreshold => ({
  ok: false,
  offset: Math.max(0, offset),
  what,
  next,
});

type Subject = Pick<Threshold, "operation" | "metric">;

function subjectOf(left: string): Subject | undefined {
  if (left === "rate.achieved") return { metric: { kind: "achieved" } };
  const time = /^(?:(.+)\.)?(response|service)\.(mean|max|p\d+(?:\.\d+)?)$/.exec(left);
  if (time !== null) return withOperation(time[1], timeMetric(time[2] ?? "", time[3] ?? ""));
  const share = /^(?:(.+)\.)?(errors|429|broken)\.rate$/.exec(left);
  if (share !== null) {
    return withOperation(share[1], { kind: "share", of: share[2] as "errors" | "429" | "broken" });
  }
  const counted = COUNTED_METRICS.find((one) => left === one || left.endsWith(`.${one}`));
  if (counted === undefined) return undefined;
  const operation = left === counted ? undefined : left.slice(0, -counted.length - 1);
  // Only requests are counted by operation; the rest is about the run as a whole.
  const perOperation = counted === "errors" || counted === "429" || counted === "broken";
  if (operation !== undefined && !perOperation) return undefined;
  return withOperation(operation, { kind: "count", of: counted });
}

function withOperation(
  operation: string | undefined,
  metric: ThresholdMetric | undefined,
): Subject | undefined {
  if (metric === undefined) return undefined;
  return { ...(operation === undefined ? {} : { operation }), metric };
}

function timeMetric(of: string, stat: string): ThresholdMetric | undefined {
  const kind = "time" as const;
  const which = of as "response" | "service";
  if (stat === "mean" || stat === "max") return { kind, of: which, stat };
  const percentile = Number(stat.slice(1));
  return percentile > 100 ? undefined : { kind, of: which, stat: "percentile", percentile };
}

function limitOf(right: string, metric: ThresholdMetric): number | undefined {
  if (metric.kind === "time") return durationMs(right);
  if (metric.kind === "count") return /^\d+$/.test(right) ? Number(right) : undefined;
  const percent = /^(\d+(?:\.\d+)?)\s*%$/.exec(right);
  if (percent !== null) return Number(percent[1]) <= 100 ? Number(percent[1]) / 100 : undefined;
  const share = /^(0(?:\.\d+)?|1(?:\.0+)?)$/.exec(right);
  return share === null ? undefined : Number(share[1]);
}

function nextForSubject(left: string): string {
  const last = left.split(".").at(-1) ?? left;
  const hint = didYouMean(last, ["response", "service", "errors", "rate", "achieved", ...COUNTED_METRICS]);
  return hint.startsWith("Did you mean") ? `${hint} ${EXAMPLES}` : EXAMPLES;
}

function nextForLimit({ kind }: ThresholdMetric): string {
  if (kind === "time") return `Write ${DURATION_WORDS}.`;
  return kind === "count" ? "Write a whole number." : "Write a share such as 1% or 0.01, of at most 100%.";
}
