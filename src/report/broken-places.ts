import type { Exchange } from "../model/exchange.ts";
import type { BehaviourReport, ClaimReport, RunReport, StepReport, VerdictPlace } from "../model/report.ts";
import type { Finding } from "../model/verdict.ts";
import { brokenClaims } from "./standing.ts";

export interface BrokenClaim {
  readonly claim: ClaimReport;
  readonly findings: readonly Finding[];
}

/** A scenario's step at which claims broke. */
export interface BrokenPlace {
  readonly scenario: string;
  readonly step: string;
  readonly claims: readonly BrokenClaim[];
  /** Other places where the same claims broke, as `scenario, step`. */
  readonly also: readonly string[];
}

/** Every broken claim once, at the first place where it broke, places in the order they were played. */
export function brokenPlaces(behaviour: BehaviourReport): readonly BrokenPlace[] {
  const places = new Map<string, { first: VerdictPlace; claims: ClaimReport[]; also: Set<string> }>();
  for (const claim of brokenClaims(behaviour)) {
    const [first, ...others] = failedPlaces(behaviour, claim);
    if (first === undefined) continue;
    const place = places.get(placeName(first)) ?? { first, claims: [], also: new Set<string>() };
    places.set(placeName(first), place);
    place.claims.push(claim);
    for (const other of others) if (placeName(other) !== placeName(first)) place.also.add(placeName(other));
  }
  return [...places.values()].map(({ first, claims, also }) => ({
    scenario: first.scenario,
    step: first.step,
    claims: claims.map((claim) => ({ claim, findings: findingsAt(behaviour, claim, first) })),
    also: [...also],
  }));
}

/** Broken claims of which no place is known, as in a report that was put together by hand. */
export function unplacedClaims(behaviour: BehaviourReport): readonly BrokenClaim[] {
  return brokenClaims(behaviour)
    .filter((claim) => failedPlaces(behaviour, claim).length === 0)
    .map((claim) => ({
      claim,
      findings: claim.verdict.kind === "fail" ? claim.verdict.findings : [],
    }));
}

export const placeName = (place: { readonly scenario: string; readonly step: string }) =>
  `${place.scenario}, step ${place.step}`;

const failedPlaces = (behaviour: BehaviourReport, claim: ClaimReport) =>
  behaviour.places.filter((place) => place.claim === claim.id && place.verdict.kind === "fail");

function findingsAt(behaviour: BehaviourReport, claim: ClaimReport, at: VerdictPlace): readonly Finding[] {
  return failedPlaces(behaviour, claim)
    .filter((place) => placeName(place) === placeName(at))
    .flatMap((place) => (place.verdict.kind === "fail" ? place.verdict.findings : []));
}

/** What a place was judged by, and the write before it where it only reads. */
export interface PlaceEvidence {
  /** The write before a step that only reads: it is what did not show. */
  readonly write?: Exchange;
  /** In the order they were sent. */
  readonly exchanges: readonly Exchange[];
  /** The one that shows what is broken: the last, which is the step's answer, unless the difference names another. */
  readonly shown?: Exchange;
}

export function evidenceAt(
  report: RunReport,
  { scenario, step, claims }: Pick<BrokenPlace, "scenario" | "step" | "claims">,
): PlaceEvidence {
  const steps = report.scenarios.find((played) => played.id === scenario)?.steps ?? [];
  const index = steps.findIndex((played) => played.id === step);
  const exchanges = steps[index]?.exchanges ?? [];
  const finding = claims[0]?.findings[0];
  const other = steps.find(({ id }) => id !== step && id === stepNamedIn(finding))?.exchanges ?? [];
  const refused = other.at(-1);
  if (refused !== undefined) return { exchanges: [...other, ...exchanges], shown: refused };
  const shown = exchanges[finding?.exchange ?? -1] ?? exchanges.at(-1);
  const write = shown?.request.method === "GET" ? writeBehind(shown, steps.slice(0, index)) : undefined;
  return {
    exchanges,
    ...(shown === undefined ? {} : { shown }),
    ...(write === undefined ? {} : { write }),
  };
}

/** The step whose answer is at fault, where a difference names one. */
const stepNamedIn = (finding: Finding | undefined) => /^status of step (.+)$/.exec(finding?.where ?? "")?.[1];

/** The last write before a read; not the create of something else, where another write has what the read is about. */
function writeBehind(read: Exchange, steps: readonly StepReport[]): Exchange | undefined {
  const writes = steps
    .flatMap(({ exchanges }) => exchanges)
    .filter(({ request }) => request.method !== "GET");
  const last = writes.at(-1);
  const subject = subjectOf(read.request.path);
  if (last === undefined || subject === undefined || last.request.method !== "POST") return last;
  const names = ({ request, outcome }: Exchange) =>
    [request.path, request.body ?? "", outcome.kind === "answer" ? outcome.body : ""].some((text) =>
      text.includes(subject),
    );
  return writes.findLast(names) ?? last;
}

/** The id or the name that a read asks for, as it stands in JSON. */
function subjectOf(path: string): string | undefined {
  const [address = "", query = ""] = path.split("?", 2);
  const id = /^\/[^/]+\/(.+)$/.exec(address)?.[1];
  return id ?? /"(.+)"/.exec(new URLSearchParams(query).get("filter") ?? "")?.[1];
}
