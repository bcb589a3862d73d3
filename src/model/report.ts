import type { Behaviour, Claim, Flow, Level, OktaApp, OktaApps } from "./behaviour.ts";
import type { Citation } from "./citation.ts";
import type { Comparison } from "./comparison.ts";
import type { Exchange } from "./exchange.ts";
import type { KnownDeviation, KnownReport } from "./known-deviation.ts";
import type { Leftover } from "./play.ts";
import type { Verdict } from "./verdict.ts";

export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130;

/** Where a verdict was come by: which step of which scenario. */
export interface VerdictPlace {
  readonly scenario: string;
  readonly step: string;
  readonly claim: string;
  readonly verdict: Verdict;
}

/** Verdicts per kind of app, for the kinds that were played. */
export type ByApp = Readonly<Partial<Record<OktaApp, Verdict["kind"]>>>;

export interface ClaimReport extends Claim {
  readonly verdict: Verdict;
  readonly byApp: ByApp;
  /** The kinds of app for which it was asked and could not be told: an unknown with weight, or blocked. */
  readonly openFor?: readonly OktaApp[];
  /** The kinds of app under which it is broken, and that is a known deviation: it does not count there. */
  readonly knownFor?: readonly OktaApp[];
}

/** One behaviour under one kind of Okta app. Carries its own wording, so that a saved report needs no catalogue. */
export interface BehaviourReport
  extends Pick<
    Behaviour,
    | "id"
    | "standard"
    | "harm"
    | "harmIfRefused"
    | "statement"
    | "flow"
    | "citations"
    | "consequence"
    | "remedy"
    | "goodAnswer"
    | "sides"
  > {
  readonly level: Level;
  readonly okta: OktaApps;
  /** The kinds of app under which it was judged in this run. */
  readonly apps: readonly OktaApp[];
  /** Over all apps. Broken advice (`field`, `may`) beside kept requirements does not make it a fail. */
  readonly verdict: Verdict;
  /** The level of the strongest claim that is broken, advice included. */
  readonly brokenLevel?: Level;
  readonly byApp: ByApp;
  /** True when every claim was asserted somewhere and came to pass or fail. */
  readonly judged: boolean;
  readonly claims: readonly ClaimReport[];
  readonly places: readonly VerdictPlace[];
  /** Why some or all of what is broken does not count; see `knownFor` of its claims. */
  readonly known?: readonly Pick<KnownDeviation, "why" | "until" | "link">[];
}

export interface StepReport {
  readonly id: string;
  readonly status: "played" | "blocked";
  readonly why?: string;
  readonly note?: string;
  readonly settledAfterMs?: number;
  readonly exchanges: readonly Exchange[];
}

export interface ScenarioReport {
  readonly id: string;
  /** Where it is written, for scenarios of the user's own. */
  readonly file?: string;
  readonly title: string;
  readonly flow: Flow;
  readonly oktaApp: OktaApps;
  readonly status: "played" | "skipped" | "interrupted";
  readonly why?: string;
  readonly durationMs: number;
  readonly steps: readonly StepReport[];
}

/** How a kind of app would fare with this endpoint. */
export interface Fitness {
  readonly app: OktaApp;
  readonly fit: "yes" | "no" | "unknown";
  readonly brokenMusts: readonly string[];
  readonly unknownMusts: readonly string[];
  /** Those of the broken musts that are broken for nothing but known deviations. */
  readonly knownMusts?: readonly string[];
}

/** Why a run stopped before anything could be judged. */
export interface Stopped {
  /** A stable word, for example `unresolved`, `refused`, `tls`, `unauthorised`, `html`, `proxy`. */
  readonly cause: string;
  readonly why: string;
  readonly remedy: string;
  readonly exchange?: Exchange;
}

export interface Counts {
  readonly pass: number;
  readonly fail: number;
  readonly unknown: number;
  readonly skip: number;
}

/** What the RFCs ask beyond what Okta depends on; judged with `--standard rfc`. */
export interface RfcStanding {
  readonly brokenMusts: readonly string[];
  readonly unknownMusts: readonly string[];
  readonly knownMusts?: readonly string[];
}

export interface RunOutcome {
  readonly exitCode: ExitCode;
  /** One sentence that says why the exit code is what it is. */
  readonly why: string;
  /** The list of known deviations no longer fits what was seen; nothing else made the exit code 1. */
  readonly listIsStale?: boolean;
  readonly fitness: readonly Fitness[];
  readonly rfc?: RfcStanding;
  /** What the product documents about itself; judged with a target profile. */
  readonly target?: RfcStanding;
  /** Behaviours by verdict, and the fails by level. */
  readonly behaviours: Counts;
  readonly claims: Counts;
  readonly broken: Readonly<Record<Level, number>>;
  /** Behaviours whose claims were all asserted. */
  readonly judged: number;
}

/** What lies behind one or more failures. */
export interface Cause {
  /** The request that was refused, where that is what broke them: `PATCH /Groups/{id}` and `501` or `400 invalidPath`, say. */
  readonly refusal?: { readonly request: string; readonly answer: string };
  /** The part of a request that answers pay no heed to: `filter=userName of GET /Users`, or `attributes`, say. */
  readonly notHeeded?: string;
  /** The schema after which an object is named that holds what belongs at the root of a resource. */
  readonly misplaced?: string;
  /** The attribute that answers lack, where that is what broke them: `name.givenName`, say. */
  readonly notShown?: string;
  /** Ids of the behaviours it breaks, the most harmful first. */
  readonly behaviours: readonly string[];
  /** Where it can be seen. */
  readonly scenario: string;
  readonly step: string;
}

/** A failure that the product's own documentation knows: what it means, and what to do about it. */
export interface Diagnosis {
  readonly symptom: string;
  readonly cause: string;
  readonly remedy: string;
  readonly citation: Citation;
  /** What this run saw of it. */
  readonly seen: string;
}

/** Everything one run found out, as plain JSON. Every output format is a pure function of it. */
export interface RunReport {
  readonly format: "scim-check/run@1";
  readonly tool: { readonly name: "scim-check"; readonly version: string };
  readonly target: {
    readonly url: string;
    readonly kind: "embedded" | "remote";
    /** The target profile, when one was chosen. */
    readonly profile?: string;
    /** Users the server said it had before the run. */
    readonly usersBefore?: number;
  };
  readonly run: {
    readonly id: string;
    readonly seed: number;
    readonly startedAt: string;
    readonly durationMs: number;
    readonly interrupted: boolean;
    readonly requests: number;
    readonly oktaApps: readonly OktaApp[];
    /** The longest wait for a write to show, in milliseconds; 0 when every write showed at once. */
    readonly settledAfterMs: number;
  };
  readonly stopped?: Stopped;
  readonly outcome: RunOutcome;
  readonly behaviours: readonly BehaviourReport[];
  /** Documented troubles of the product that the run has run into; with a target profile alone. */
  readonly diagnoses?: readonly Diagnosis[];
  /** What to mend, most harmful first. */
  readonly causes: readonly Cause[];
  readonly scenarios: readonly ScenarioReport[];
  readonly leftovers: readonly Leftover[];
  /** The list of known deviations, where one was given, and what became of each. */
  readonly known?: readonly KnownReport[];
  /** What changed since an earlier run, where one was given. */
  readonly comparison?: Comparison;
  /** Sentences a reader should know, for example that TLS was not verified. */
  readonly notes: readonly string[];
}
