import type { Check, Evidence } from "../../model/evidence.ts";
import { broken, difference, lastAnswer, parsedBody, show, unknown, valueAt } from "../answer.ts";

/** What a framework says when nobody wrote a message: the status again, in words. */
const PHRASE =
  /^[^\p{L}\p{N}]*(\d{3}[^\p{L}\p{N}]*)?(bad request|conflict|not found|error|internal server error|unauthorized)?[^\p{L}\p{N}]*$/iu;

/** Traces of Java, .NET, JavaScript, Python, Ruby and Go programs, and of SQL databases. */
const INTERNALS = [
  /\bat [\w$.<>]+\([\w$. ]+\.(java|kt|scala|cs|m?[jt]s):\d+/,
  /\bat .+ in .+:line \d+/,
  /\bat .+\.[cm]?[jt]s:\d+:\d+/,
  /Traceback \(most recent call last\)/,
  /\.(rb|py|php|go):\d+(:|\b)/,
  /goroutine \d+ \[/,
  /\bSQLSTATE\b|\bORA-\d{5}\b/,
  // Capitals, because "select a name from the list" is a fair sentence.
  /\b(INSERT INTO|SELECT .+ FROM|UPDATE .+ SET|DELETE FROM)\s+["`[]?\w+/,
  /\binsert into \S+ ?\(.*\) values/i,
  /\b(java|javax|org|com)(\.\w+){2,}(Exception|Error)\b/,
];

export const wordedDetail: Check = {
  name: "worded-detail",
  summary: "A refusal's `detail` says more than the status does.",
  takes: [],
  judge(evidence) {
    const refusal = detailOf(evidence);
    if (refusal === undefined) return unknown("nothing was refused", { neutral: true });
    const { detail } = refusal;
    return typeof detail === "string" && !PHRASE.test(detail)
      ? broken()
      : broken(difference("body detail", "a sentence that names the reason", show(detail)));
  },
};

export const noInternals: Check = {
  name: "no-internals",
  summary: "A refusal's `detail` has no stack trace and no SQL in it.",
  takes: [],
  judge(evidence) {
    const refusal = detailOf(evidence);
    if (refusal === undefined) return unknown("nothing was refused", { neutral: true });
    const { detail } = refusal;
    return typeof detail === "string" && INTERNALS.some((trace) => trace.test(detail))
      ? broken(difference("body detail", "no stack trace and no SQL", show(detail)))
      : broken();
  },
};

function detailOf(evidence: Pick<Evidence, "exchanges">) {
  const answer = lastAnswer(evidence);
  if (answer === undefined || answer.status < 400) return undefined;
  const body = parsedBody(answer);
  return { detail: body.ok ? valueAt(body.value, "detail") : undefined };
}
