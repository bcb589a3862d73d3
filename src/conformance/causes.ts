import type { Exchange } from "../model/exchange.ts";
import type { PlayResult } from "../model/play.ts";
import type { BehaviourReport, Cause } from "../model/report.ts";
import type { Finding, Verdict } from "../model/verdict.ts";

const LEVELS = ["must", "should", "field", "may"] as const;

/**
 * Failures by what lies behind them, most harmful to Okta first. One request that is refused, one attribute that no
 * answer shows, or one write whose members are never seen again, may break a dozen behaviours, and is one thing to
 * mend; any other wrong answer stands for itself. What the product documents is nothing that its users could mend.
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
    const trace = traces.get(`${place.scenario} ${place.step}`);
    const notShown = notShownIn(place.verdict, trace);
    const refusal = notShown === undefined ? refusalIn(trace?.last) : undefined;
    const key = refusal === undefined ? (notShown ?? behaviour.id) : `${refusal.request} ${refusal.answer}`;
    const known = causes.get(key) ?? {
      cause: {
        ...(refusal === undefined ? {} : { refusal }),
        ...(notShown === undefined ? {} : { notShown }),
        behaviours: [],
        scenario: place.scenario,
        step: place.step,
      },
      members: [],
    };
    known.members.push(behaviour);
    causes.set(key, known);
  }
  return [...causes.values()]
    .toSorted(
      (one, other) => weigh(one.members) - weigh(other.members) || other.members.length - one.members.length,
    )
    .map(({ cause, members }) => ({ ...cause, behaviours: sorted(members).map(({ id }) => id) }));
}

// Any must weighs more than every should, and the worst of a cause speaks for it.
const weight = ({ brokenLevel = "may", harm }: BehaviourReport) => LEVELS.indexOf(brokenLevel) * 1_000 + harm;
const weigh = (members: readonly BehaviourReport[]) => Math.min(...members.map(weight));
const sorted = (members: readonly BehaviourReport[]) =>
  members.toSorted((one, other) => weight(one) - weight(other));

/** What a step ended with, and the last write of its play up to there. */
interface Trace {
  readonly last?: Exchange;
  readonly write?: Exchange;
}

function tracesOf(plays: readonly PlayResult[]): ReadonlyMap<string, Trace> {
  const traces = new Map<string, Trace>();
  for (const { scenario, steps } of plays) {
    let write: Exchange | undefined;
    for (const step of steps) {
      const last = step.exchanges.at(-1);
      write = step.exchanges.findLast(({ request }) => request.method !== "GET") ?? write;
      traces.set(`${scenario} ${step.step}`, {
        ...(last === undefined ? {} : { last }),
        ...(write === undefined ? {} : { write }),
      });
    }
  }
  return traces;
}

const isUndocumentedFail = (verdict: Verdict) => verdict.kind === "fail" && verdict.documented === undefined;

/** What answers lack, in words before "is not shown", when that is all that is wrong. */
function notShownIn(verdict: Verdict, { last, write }: Trace = {}): string | undefined {
  if (verdict.kind !== "fail") return undefined;
  const { findings } = verdict;
  const lacked = lackedBy(findings);
  const status = last?.outcome.kind === "answer" ? last.outcome.status : undefined;
  if (last === undefined || (status !== undefined && status < 300)) {
    return lacked ?? (write !== undefined && lacksEveryMember(findings) ? sentWith(write) : undefined);
  }
  if (status === undefined || status < 400) return undefined;
  // A refusal of which nothing but the body is at fault is right in itself.
  if (lacked !== undefined) return `${lacked} of an error`;
  return lacksError(findings) ? `the SCIM error of a ${status}` : undefined;
}

const lacksError = (findings: readonly Finding[]) =>
  findings.length > 0 &&
  findings.every(({ where, expected }) => where === "body" && expected === "a SCIM error");

/** `name.givenName` for `body Resources[0].name.givenName`, when it is the first of what is absent, and all else is right. */
function lackedBy(findings: readonly Finding[]): string | undefined {
  const lacked = findings.map(({ where, actual }) =>
    actual === "absent" ? /^body (?:Resources\[\d+\]\.)?([^:]+)$/.exec(where)?.[1] : undefined,
  );
  return lacked.every((name) => name !== undefined) ? lacked[0] : undefined;
}

/** Whether a read of a group shows nobody of those who ought to be there. */
const lacksEveryMember = (findings: readonly Finding[]) =>
  findings.length > 0 &&
  findings.every(
    ({ where, expected, actual }) =>
      where === "body members" && expected === `${/^(\d+) missing: /.exec(actual)?.[1] ?? "?"} members`,
  );

const sentWith = ({ request }: Exchange) =>
  `what ${request.method} ${kindOfPath(request.path)} sends as members`;

function refusalIn(exchange: Exchange | undefined): Cause["refusal"] {
  if (exchange === undefined) return undefined;
  const { request, outcome } = exchange;
  if (outcome.kind === "answer" && outcome.status < 300) return undefined;
  return {
    request: `${request.method} ${kindOfPath(request.path)}`,
    answer: outcome.kind === "answer" ? String(outcome.status) : outcome.reason,
  };
}

/** `/Users/{id}` for any user, and `/Users?filter=userName` for any look-up by name. */
function kindOfPath(path: string): string {
  const [address = "", query = ""] = path.split("?", 2);
  const kind = address.replace(/^(\/[^/]+)\/.+$/, "$1/{id}");
  const filtered = /(?:^|&)filter=([A-Za-z.]+)/.exec(query)?.[1];
  return filtered === undefined ? kind : `${kind}?filter=${filtered}`;
}
