import type { Check, Difference, Evidence, Judgement } from "../model/evidence.ts";
import { type Answer, headerValue } from "../model/exchange.ts";
import type { Json } from "../model/json.ts";
import type { BodyTemplate, Matcher, StatusPattern } from "../model/scenario.ts";
import {
  broken,
  brokenBy,
  difference,
  holds,
  lastAnswer,
  parsedBody,
  showOutcome,
  unknown,
  valueAt,
} from "./answer.ts";
import { leftOpen, SHOWS_NOTHING, showsItsSubject } from "./evidence.ts";
import { statusFits } from "./status.ts";
import { differencesOfValue } from "./value.ts";

/** What judging needs from outside: values for slots, and the named checks. */
export interface JudgeContext {
  /** The value of a template in this play. Throws when a slot was never yielded; the player calls that blocked. */
  readonly fill: (template: BodyTemplate) => Json;
  readonly checks: ReadonlyMap<string, Check>;
}

/** Tells one claim from the evidence of one step. */
export function judge(matcher: Matcher, evidence: Evidence, context: JudgeContext): Judgement {
  const open = leftOpen(matcher, evidence);
  if (open !== undefined) return open;
  if (matcher.anyOf !== undefined) return judgeAnyOf(matcher.anyOf, evidence, context);
  const answer = lastAnswer(evidence);
  if (answer === undefined && needsAnswer(matcher)) {
    return broken(difference("answer", "an answer", showOutcome(evidence)));
  }
  const differences = answer === undefined ? [] : differencesOfAnswer(matcher, answer, evidence, context);
  const inline = brokenBy(differences);
  if (inline.kind === "broken") return inline;
  const check = matcher.check && context.checks.get(matcher.check.name);
  const judgement =
    matcher.check === undefined ? inline : judgeByName(matcher.check, check, evidence, context);
  const isAboutBody = matcher.body !== undefined || (check !== undefined && check.ofTheExchange !== true);
  return judgement.kind === "holds" && isAboutBody && !showsItsSubject(evidence)
    ? unknown(SHOWS_NOTHING)
    : judgement;
}

const needsAnswer = (matcher: Matcher) =>
  matcher.status !== undefined ||
  matcher.header !== undefined ||
  matcher.body !== undefined ||
  matcher.emptyBody !== undefined ||
  matcher.withinMs !== undefined;

function judgeAnyOf(matchers: readonly Matcher[], evidence: Evidence, context: JudgeContext): Judgement {
  const judgements = matchers.map((matcher) => judge(matcher, evidence, context));
  const open = judgements.find((judgement) => judgement.kind === "unknown");
  if (judgements.some((judgement) => judgement.kind === "holds")) return holds;
  if (open !== undefined) return open;
  const notOffered = judgements.find((judgement) => judgement.kind === "not-offered");
  if (notOffered !== undefined) return notOffered;
  // The alternative that came closest explains most.
  const closest = judgements
    .map((judgement) => (judgement.kind === "broken" ? judgement.differences : []))
    .toSorted((one, other) => farness(one) - farness(other) || one.length - other.length)[0];
  return broken(
    ...(closest ?? [difference("answer", "one of the permitted answers", showOutcome(evidence))]),
  );
}

/** A body that cannot be read explains everything; another status is another answer altogether. */
function farness(differences: readonly Difference[]): number {
  if (differences.some(({ expected }) => expected === A_JSON_BODY)) return 0;
  return differences.some(({ where }) => where === "status") ? 2 : 1;
}

const A_JSON_BODY = "a JSON body";

function judgeByName(
  call: NonNullable<Matcher["check"]>,
  check: Check | undefined,
  evidence: Evidence,
  context: JudgeContext,
): Judgement {
  if (check === undefined) return unknown(`scim-check has no check named ${call.name}`);
  return check.judge(
    evidence,
    Object.fromEntries(call.with.map(([name, value]) => [name, context.fill(value)])),
  );
}

function differencesOfAnswer(
  matcher: Matcher,
  answer: Answer,
  evidence: Evidence,
  context: JudgeContext,
): readonly Difference[] {
  return [
    ...statusDifferences(matcher.status, answer),
    ...headerDifferences(matcher.header, answer, context),
    ...bodyDifferences(matcher.body, answer, context),
    ...emptyBodyDifferences(matcher.emptyBody, answer),
    ...timeDifferences(matcher.withinMs, evidence),
  ];
}

function statusDifferences(
  wanted: readonly StatusPattern[] | undefined,
  answer: Answer,
): readonly Difference[] {
  if (wanted === undefined || wanted.some((pattern) => statusFits(answer.status, pattern))) return [];
  return [difference("status", wanted.join(" or "), String(answer.status))];
}

function headerDifferences(
  wanted: Matcher["header"],
  answer: Answer,
  context: JudgeContext,
): readonly Difference[] {
  return (wanted ?? []).flatMap(([name, matcher]) =>
    differencesOfValue(headerValue(answer.headers, name), matcher, `header ${name}`, context.fill),
  );
}

function bodyDifferences(
  wanted: Matcher["body"],
  answer: Answer,
  context: JudgeContext,
): readonly Difference[] {
  if (wanted === undefined) return [];
  const body = parsedBody(answer);
  if (!body.ok) return [difference("body", A_JSON_BODY, body.problem)];
  return wanted.flatMap(([path, matcher]) =>
    differencesOfValue(
      valueAt(body.value, path),
      matcher,
      path === "$" ? "body" : `body ${path}`,
      context.fill,
    ),
  );
}

function emptyBodyDifferences(wanted: boolean | undefined, answer: Answer): readonly Difference[] {
  if (wanted === undefined) return [];
  const empty = answer.body.trim() === "";
  if (wanted === empty) return [];
  return [
    difference("body", wanted ? "no body" : "a body", empty ? "no body" : `${answer.body.length} characters`),
  ];
}

function timeDifferences(withinMs: number | undefined, evidence: Evidence): readonly Difference[] {
  const took = evidence.exchanges.at(-1)?.timing.totalMs;
  if (withinMs === undefined || took === undefined || took <= withinMs) return [];
  return [difference("time", `at most ${withinMs} ms`, `${Math.round(took)} ms`)];
}
