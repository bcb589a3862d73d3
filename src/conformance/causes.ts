import type { Exchange } from "../model/exchange.ts";
import type { PlayResult } from "../model/play.ts";
import type { BehaviourReport, Cause } from "../model/report.ts";
import type { Verdict } from "../model/verdict.ts";

const LEVELS = ["must", "should", "field", "may"] as const;

/**
 * Failures by what lies behind them, most harmful to Okta first. One request that is refused, or one attribute that no
 * answer shows, may break a dozen behaviours, and is one thing to mend; any other wrong answer stands for itself. What
 * the product documents is nothing that its users could mend.
 */
export function causesOf(
  behaviours: readonly BehaviourReport[],
  plays: readonly PlayResult[],
): readonly Cause[] {
  const exchanges = lastExchanges(plays);
  const causes = new Map<string, { cause: Cause; members: BehaviourReport[] }>();
  for (const behaviour of behaviours) {
    const place = behaviour.places.find(({ verdict }) => isUndocumentedFail(verdict));
    if (behaviour.verdict.kind !== "fail" || place === undefined) continue;
    const refusal = refusalIn(exchanges.get(`${place.scenario} ${place.step}`));
    const notShown = refusal === undefined ? lackedBy(place.verdict) : undefined;
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

function lastExchanges(plays: readonly PlayResult[]): ReadonlyMap<string, Exchange> {
  const exchanges = new Map<string, Exchange>();
  for (const { scenario, steps } of plays) {
    for (const step of steps) {
      const last = step.exchanges.at(-1);
      if (last !== undefined) exchanges.set(`${scenario} ${step.step}`, last);
    }
  }
  return exchanges;
}

const isUndocumentedFail = (verdict: Verdict) => verdict.kind === "fail" && verdict.documented === undefined;

/** `name.givenName` for `body Resources[0].name.givenName`, when its absence is all that is wrong. */
function lackedBy(verdict: Verdict): string | undefined {
  if (verdict.kind !== "fail" || verdict.findings.length === 0) return undefined;
  const lacked = verdict.findings.map(({ where, actual }) =>
    actual === "absent" ? /^body (?:Resources\[\d+\]\.)?([^:]+)$/.exec(where)?.[1] : undefined,
  );
  return lacked.every((name) => name === lacked[0]) ? lacked[0] : undefined;
}

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
