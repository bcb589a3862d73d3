import type { Answer, Exchange } from "../model/exchange.ts";
import { isJsonObject } from "../model/json.ts";
import { jsonBody } from "../model/json-body.ts";
import { lacksEverybody } from "../model/members-told.ts";
import type { PlayResult } from "../model/play.ts";
import type { BehaviourReport, Cause } from "../model/report.ts";
import { SCIM_TYPES } from "../model/scim.ts";
import type { Finding, Verdict } from "../model/verdict.ts";
import { misplacedIn } from "./misplaced.ts";
import { unheededIn } from "./unheeded.ts";

const LEVELS = ["must", "should", "field", "may"] as const;

/**
 * Failures by what lies behind them, most harmful to Okta first. One request that is refused, one parameter that is not
 * looked at, one attribute that no answer shows, or one write whose members are never seen again, may break a dozen
 * behaviours, and is one thing to mend; any other wrong answer stands for itself. What the product documents is nothing
 * that its users could mend.
 */
export function causesOf(
  behaviours: readonly BehaviourReport[],
  plays: readonly PlayResult[],
): readonly Cause[] {
  const traces = tracesOf(plays);
  const causes = new Map<string, { cause: Cause; members: BehaviourReport[] }>();
  for (const behaviour of behaviours) {
    const place = behaviour.places.find(({ verdict }) => isUndocumentedFail(verdict));
    if (behaviour.verdict.kind !== "fail" || place === undefined) continue;
    const { key = behaviour.id, ...behind } = behindOf(place, traces);
    const known = causes.get(key) ?? {
      cause: { ...behind, behaviours: [], scenario: place.scenario, step: place.step },
      members: [],
    };
    known.members.push(behaviour);
    causes.set(key, known);
  }
  const weighed = [...causes.values()].map(({ cause, members }) => {
    const weightOf = weightIn(cause);
    const sorted = members.toSorted((one, other) => weightOf(one) - weightOf(other));
    // The worst of a cause speaks for it.
    return { cause, sorted, weight: Math.min(...members.map(weightOf)) };
  });
  return weighed
    .toSorted((one, other) => one.weight - other.weight || other.sorted.length - one.sorted.length)
    .map(({ cause, sorted }) => ({ ...cause, behaviours: sorted.map(({ id }) => id) }));
}

/** Any must weighs more than every should, and to refuse the plain request more than to answer it wrongly. */
const weightIn =
  ({ refusal }: Cause) =>
  ({ brokenLevel = "may", harm, harmIfRefused = harm }: BehaviourReport) =>
    LEVELS.indexOf(brokenLevel) * 1_000 + (refusal === undefined ? harm : Math.min(harm, harmIfRefused));

type Behind = Pick<Cause, "refusal" | "notHeeded" | "notShown" | "misplaced"> & { readonly key?: string };

/** What lies behind one failure, and by what it is known again behind another; nothing where it stands for itself. */
function behindOf(
  { scenario, step, verdict }: BehaviourReport["places"][number],
  traces: ReadonlyMap<string, Trace>,
): Behind {
  const findings = verdict.kind === "fail" ? verdict.findings : [];
  const trace = traceShown(traces.get(`${scenario} ${step}`), findings);
  const misplaced = misplacedIn(findings, trace?.last);
  if (misplaced !== undefined) return { key: "misplaced", misplaced };
  const notHeeded = unheededIn(findings, trace?.last);
  if (notHeeded !== undefined) return { key: `${notHeeded} is not heeded`, notHeeded };
  const notShown = notShownIn(findings, trace);
  if (notShown !== undefined) return { key: notShown, notShown };
  const named = findings.map(({ where }) => /^status of step (.+)$/.exec(where)?.[1]).find((name) => name);
  const refused = named === undefined ? trace : traces.get(`${scenario} ${named}`);
  const refusal = isRightInItself(findings) ? undefined : refusalIn(refused?.last);
  return refusal === undefined ? {} : { key: `${refusal.request} ${refusal.answer}`, refusal };
}

/** What a step ended with, and the last write of its play up to there. */
interface Trace {
  readonly exchanges: readonly Exchange[];
  readonly last?: Exchange;
  readonly write?: Exchange;
}

/** With the exchange that the first difference names in place of the last one. */
function traceShown(trace: Trace | undefined, [finding]: readonly Finding[]): Trace | undefined {
  const last = trace?.exchanges[finding?.exchange ?? -1];
  return trace === undefined || last === undefined ? trace : { ...trace, last };
}

function tracesOf(plays: readonly PlayResult[]): ReadonlyMap<string, Trace> {
  const traces = new Map<string, Trace>();
  for (const { scenario, steps } of plays) {
    let write: Exchange | undefined;
    for (const step of steps) {
      const last = step.exchanges.at(-1);
      write = step.exchanges.findLast(({ request }) => request.method !== "GET") ?? write;
      traces.set(`${scenario} ${step.step}`, {
        exchanges: step.exchanges,
        ...(last === undefined ? {} : { last }),
        ...(write === undefined ? {} : { write }),
      });
    }
  }
  return traces;
}

const isUndocumentedFail = (verdict: Verdict) => verdict.kind === "fail" && verdict.documented === undefined;

/** What answers lack, in words before "is not shown", when that is all that is wrong. */
function notShownIn(findings: readonly Finding[], { last, write }: Partial<Trace> = {}): string | undefined {
  const lacked = lackedBy(findings);
  const status = last?.outcome.kind === "answer" ? last.outcome.status : undefined;
  if (last === undefined || (status !== undefined && status < 300)) {
    return lacked ?? (write !== undefined && lacksEveryMember(findings) ? sentWith(write) : undefined);
  }
  if (status === undefined || status < 400) return undefined;
  if (lacked !== undefined && OF_A_REFUSAL.test(lacked)) return `${lacked} of an error`;
  return lacksError(findings) ? `the SCIM error of a ${status}` : undefined;
}

const lacksError = (findings: readonly Finding[]) =>
  findings.length > 0 &&
  findings.every(({ where, expected }) => where === "body" && expected === "a SCIM error");

/** What a refusal ought to carry; anything else is lacked because it is one. */
const OF_A_REFUSAL = /^(?:the header .+|schemas|status|detail|scimType)$/;

/** A refusal of which nothing but its own error or header is at fault; who refuses what is asked for shows no resource. */
const isRightInItself = (findings: readonly Finding[]) =>
  findings.length > 0 &&
  findings.every(({ where }) => /^(?:header .+|body(?: (?:schemas|status|detail|scimType))?)$/.test(where));

/** `name.givenName` for `body Resources[0].name.givenName`, when it is the first of what is absent, and all else is right. */
function lackedBy(findings: readonly Finding[]): string | undefined {
  const lacked = findings.map(({ where, actual }) => {
    if (actual !== "absent") return undefined;
    const [, header, attribute] = /^(?:header (.+)|body (?:Resources\[\d+\]\.)?([^:]+))$/.exec(where) ?? [];
    return header === undefined ? attribute : `the header ${header}`;
  });
  return lacked.every((name) => name !== undefined) ? lacked[0] : undefined;
}

/** Whether a read of a group shows nobody of those who ought to be there. */
const lacksEveryMember = (findings: readonly Finding[]) =>
  findings.length > 0 && findings.every(lacksEverybody);

const sentWith = ({ request }: Exchange) =>
  `what ${request.method} ${kindOfPath(request.path)} sends as members`;

function refusalIn(exchange: Exchange | undefined): Cause["refusal"] {
  if (exchange === undefined) return undefined;
  const { request, outcome } = exchange;
  if (outcome.kind === "answer" && outcome.status < 300) return undefined;
  return {
    request: `${request.method} ${kindOfPath(request.path)}`,
    answer: outcome.kind === "answer" ? [outcome.status, ...reasonIn(outcome)].join(" ") : outcome.reason,
  };
}

/** Who refuses one kind of request for two reasons has two things to mend. */
function reasonIn(answer: Answer): readonly string[] {
  const body = jsonBody(answer);
  const reason = isJsonObject(body) ? body.scimType : undefined;
  return typeof reason === "string" && SCIM_TYPES.includes(reason) ? [reason] : [];
}

/** `/Users/{id}` for any user, `/Users/.search` for the search, and `/Users?filter=userName` for any look-up by name. */
function kindOfPath(path: string): string {
  const [address = "", query = ""] = path.split("?", 2);
  const kind = address.replace(/^(\/[^/]+)\/(?!\.search$).+$/, "$1/{id}");
  const filtered = /(?:^|&)filter=([A-Za-z.]+)/.exec(query)?.[1];
  return filtered === undefined ? kind : `${kind}?filter=${filtered}`;
}
