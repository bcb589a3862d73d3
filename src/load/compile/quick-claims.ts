import { statusFits } from "../../checks/status.ts";
import type { BodyTemplate, Expectation, Matcher, StatusPattern, Step } from "../../model/scenario.ts";
import { type DocumentedAnswers, isStatusDocumented } from "../documented-answers.ts";

/** A value at the root of the body that has to equal what a template gives. */
export interface RootTest {
  readonly key: string;
  readonly equals: BodyTemplate;
}

/** What can be told of one claim from every answer, without parsing it. */
export interface QuickClaim {
  readonly claim: string;
  /** What `judge` is asked when the quick look does not say yes: everything but the named checks. */
  readonly matcher: Matcher;
  /** Statuses that do not break it; undefined when every status is fine. */
  readonly statuses: readonly StatusPattern[] | undefined;
  readonly tests: readonly RootTest[];
  /** A yes of the quick look is the whole truth; otherwise the rest is told in sampled plays. */
  readonly isWhole: boolean;
}

/** The claims of a step that can be told from every answer, at least in part. */
export function quickClaims(expectations: readonly Expectation[]): readonly QuickClaim[] {
  return expectations
    .map(({ claim, matcher }): QuickClaim => {
      const tests = matcher.anyOf === undefined ? rootTests(matcher) : [];
      return {
        claim,
        matcher: inlineOnly(matcher),
        statuses: statusesOf(matcher),
        tests,
        isWhole: isWhole(matcher, tests),
      };
    })
    .filter(({ statuses, tests }) => statuses !== undefined || tests.length > 0);
}

/**
 * By status from 0 to 999, 1 where no claim on the status is broken; undefined when there is no such claim, unless the
 * step may be refused. What a product documents to answer otherwise it may refuse.
 */
export function statusTable(
  claims: readonly QuickClaim[],
  { mayBeRefused }: Pick<Step, "mayBeRefused">,
  documented: DocumentedAnswers | undefined,
): Uint8Array | undefined {
  const bound = claims.flatMap(({ claim, statuses }) => {
    if (statuses === undefined) return [];
    return [isStatusDocumented(claim, documented) ? [...statuses, ...REFUSALS] : statuses];
  });
  if (bound.length === 0 && mayBeRefused === true) bound.push([...SUCCESSES, ...REFUSALS, 501]);
  if (bound.length === 0) return undefined;
  return Uint8Array.from({ length: 1000 }, (_, status) =>
    bound.every((patterns) => patterns.some((pattern) => statusFits(status, pattern))) ? 1 : 0,
  );
}

/** But for 429, which is no answer to what was asked. */
const REFUSALS: readonly StatusPattern[] = Array.from({ length: 100 }, (_, at) => 400 + at).filter(
  (status) => status !== 429,
);

const SUCCESSES: readonly StatusPattern[] = ["2xx"];

/** Statuses under which a matcher can still hold. */
function statusesOf(matcher: Matcher): readonly StatusPattern[] | undefined {
  if (matcher.anyOf === undefined) return matcher.status;
  const alternatives = matcher.anyOf.map(statusesOf);
  return alternatives.some((patterns) => patterns === undefined)
    ? undefined
    : alternatives.flatMap((patterns) => patterns ?? []);
}

function rootTests(matcher: Matcher): readonly RootTest[] {
  return (matcher.body ?? []).flatMap(([path, value]) => {
    const { equals, ...others } = value;
    const isRoot = /^[A-Za-z]\w*$/.test(path);
    return isRoot && equals !== undefined && Object.keys(others).length === 0 && isScalar(equals)
      ? [{ key: path, equals }]
      : [];
  });
}

const isScalar = (template: BodyTemplate) =>
  template.kind === "text" || (template.kind === "literal" && typeof template.value !== "object");

function isWhole(matcher: Matcher, tests: readonly RootTest[]): boolean {
  if (matcher.anyOf !== undefined) return matcher.anyOf.every((one) => isWhole(one, []));
  const { check, header, body, emptyBody, withinMs, ifAccepted } = matcher;
  return (
    check === undefined &&
    // What an earlier step was answered is not kept.
    ifAccepted === undefined &&
    header === undefined &&
    emptyBody === undefined &&
    withinMs === undefined &&
    (body ?? []).length === tests.length
  );
}

/** A matcher without its named checks, which look at earlier steps that a compiled play does not keep. */
function inlineOnly(matcher: Matcher): Matcher {
  const { check: _check, anyOf, ...inline } = matcher;
  return anyOf === undefined ? inline : { ...inline, anyOf: anyOf.map(inlineOnly) };
}
