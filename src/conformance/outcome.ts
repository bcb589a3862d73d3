import type { Level, OktaApp } from "../model/behaviour.ts";
import type { KnownReport } from "../model/known-deviation.ts";
import { placeText } from "../model/problem.ts";
import type {
  BehaviourReport,
  ClaimReport,
  Counts,
  Fitness,
  RfcStanding,
  RunOutcome,
  Stopped,
} from "../model/report.ts";
import type { Verdict } from "../model/verdict.ts";

export interface OutcomeInput {
  readonly behaviours: readonly BehaviourReport[];
  readonly apps: readonly OktaApp[];
  readonly strict: boolean;
  readonly interrupted: boolean;
  /** The deadline passed before everything was asked. */
  readonly deadlineReached?: boolean;
  readonly stopped?: Stopped;
  /** The list of known deviations, and what became of each. */
  readonly known?: readonly KnownReport[];
}

/** What a run amounts to. The exit code follows the precedence 4, 130, 2, 1, 3, 0; 4 and 2 never get this far. */
export function outcomeOf(input: OutcomeInput): RunOutcome {
  const { behaviours, apps, strict } = input;
  const okta = behaviours.filter(({ standard }) => standard === "okta");
  const standings = apps.map((app) => standingOf(app, okta, strict));
  const rfc = standingBeside("rfc", behaviours, apps, strict);
  const target = standingBeside("target", behaviours, apps, strict);
  const fitness = standings.map((standing) => standing.fitness);
  const claims = behaviours.flatMap((behaviour) => behaviour.claims);
  return {
    ...decide(
      input,
      standings.filter(({ asked }) => asked).map((standing) => standing.fitness),
      [
        [withoutKnown(rfc), "of the RFCs"],
        [withoutKnown(target), "that the product documents"],
      ],
    ),
    fitness,
    ...(rfc === undefined ? {} : { rfc }),
    ...(target === undefined ? {} : { target }),
    behaviours: countVerdicts(behaviours.map(({ verdict }) => verdict)),
    claims: countVerdicts(claims.map(({ verdict }) => verdict)),
    broken: countBroken(behaviours),
    judged: behaviours.filter(({ judged }) => judged).length,
  };
}

/** Decides from the kinds of app that something was asked about: the others neither help nor harm. */
function decide(
  { interrupted, deadlineReached, stopped, behaviours, strict, known = [] }: OutcomeInput,
  fitnessWithKnown: readonly Fitness[],
  beside: readonly (readonly [RfcStanding | undefined, string])[],
): Pick<RunOutcome, "exitCode" | "why" | "listIsStale"> {
  if (interrupted)
    return { exitCode: 130, why: "The run was interrupted; this report holds what was seen until then." };
  if (stopped !== undefined)
    return { exitCode: 3, why: `Nothing could be judged: ${stopped.why.replace(/\.$/, "")}.` };
  const fitness = fitnessWithKnown.map(gated);
  const unfit = fitness.filter(({ fit }) => fit === "no");
  if (fitness.length > 0 && unfit.length === fitness.length) {
    return {
      exitCode: 1,
      why: `${strict ? "A must or a should" : "A must"} is broken for every kind of Okta app that was asked about.`,
    };
  }
  const broken = beside.find(([standing]) => standing !== undefined && standing.brokenMusts.length > 0);
  if (broken !== undefined) {
    return { exitCode: 1, why: `${strict ? "A must or a should" : "A must"} ${broken[1]} is broken.` };
  }
  const outOfDate = listOutOfDate(known);
  if (outOfDate !== undefined) return { exitCode: 1, listIsStale: true, why: outOfDate };
  if (deadlineReached === true) {
    return {
      exitCode: 3,
      why: "The deadline passed before everything was asked; nothing that was is broken.",
    };
  }
  const asked = behaviours.some(({ claims }) =>
    claims.some(({ level, verdict }) => level === "must" && isAnswer(verdict)),
  );
  if (!asked) return { exitCode: 3, why: "No must was judged, so nothing can be said about this endpoint." };
  const open = fitness.filter(({ fit }) => fit === "unknown");
  if (
    open.length > 0 ||
    beside.some(([standing]) => standing !== undefined && standing.unknownMusts.length > 0)
  ) {
    return { exitCode: 3, why: "Some musts could not be told." };
  }
  const fit = fitness.filter(({ fit }) => fit === "yes").map(({ app }) => app.toUpperCase());
  return {
    exitCode: 0,
    why:
      fit.length === fitness.length
        ? `Every must that was judged is kept${butFor([...fitnessWithKnown, ...beside.map(([standing]) => standing)])}.`
        : `Every must that was judged is kept for one kind of app (${fit.join(", ")}); use the endpoint with that kind only.`,
  };
}

/** Why the list of known deviations has to be changed, when it has to. */
function listOutOfDate(known: readonly KnownReport[]): string | undefined {
  const stale = known.find(({ state }) => state === "mended");
  if (stale !== undefined) {
    return `${listed(stale)} is listed as a known deviation and is kept now: take it off the list.`;
  }
  const expired = known.find(({ state }) => state === "expired");
  if (expired === undefined) return undefined;
  return `The known deviation ${listed(expired)} was accepted until ${expired.until}: mend it, or agree on another day.`;
}

const listed = ({ behaviour, claim, oktaApp, place }: KnownReport) =>
  `${claim ?? behaviour}${oktaApp === undefined ? "" : ` (${oktaApp.toUpperCase()})`} (${placeText(place)})`;

/** How a kind of app fares when what is known does not count. Nothing but known deviations is still an answer. */
function gated(fitness: Fitness): Fitness {
  const known = fitness.knownMusts ?? [];
  const brokenMusts = fitness.brokenMusts.filter((id) => !known.includes(id));
  if (fitness.fit !== "no" || brokenMusts.length > 0) return { ...fitness, brokenMusts };
  return { ...fitness, brokenMusts, fit: fitness.unknownMusts.length > 0 ? "unknown" : "yes" };
}

function withoutKnown(standing: RfcStanding | undefined): RfcStanding | undefined {
  if (standing === undefined) return undefined;
  const { knownMusts = [], brokenMusts } = standing;
  return { ...standing, brokenMusts: brokenMusts.filter((id) => !knownMusts.includes(id)) };
}

function butFor(standings: readonly (Pick<RfcStanding, "knownMusts"> | undefined)[]): string {
  const known = new Set(standings.flatMap((standing) => standing?.knownMusts ?? []));
  if (known.size === 0) return "";
  return `, but for ${known.size} known ${known.size === 1 ? "deviation" : "deviations"}`;
}

const isAnswer = (verdict: Verdict) => verdict.kind === "pass" || verdict.kind === "fail";

/** What others than Okta ask: the RFCs, or the product's own documentation. */
function standingBeside(
  standard: "rfc" | "target",
  behaviours: readonly BehaviourReport[],
  apps: readonly OktaApp[],
  strict: boolean,
): RfcStanding | undefined {
  const asked = behaviours.filter((behaviour) => behaviour.standard === standard);
  if (asked.length === 0) return undefined;
  const standings = apps.map((app) => standingOf(app, asked, strict).fitness);
  const ids = (list: (fitness: Fitness) => readonly string[]) => [...new Set(standings.flatMap(list))];
  return {
    brokenMusts: ids(({ brokenMusts }) => brokenMusts),
    unknownMusts: ids(({ unknownMusts }) => unknownMusts),
    ...knownAmong(
      ids(({ brokenMusts }) => brokenMusts).filter((id) =>
        standings.every(
          ({ brokenMusts, knownMusts = [] }) => !brokenMusts.includes(id) || knownMusts.includes(id),
        ),
      ),
    ),
  };
}

/** Broken as the product's documentation says it would be: shown, and not counted. */
const isDocumented = ({ verdict }: ClaimReport) =>
  verdict.kind === "fail" && verdict.documented !== undefined;

interface Standing {
  readonly fitness: Fitness;
  readonly asked: boolean;
}

function standingOf(app: OktaApp, behaviours: readonly BehaviourReport[], strict: boolean): Standing {
  const binding = (claim: ClaimReport) =>
    !isDocumented(claim) && (claim.level === "must" || (strict && claim.level === "should"));
  const idsWhere = (condition: (claim: ClaimReport) => boolean) =>
    behaviours
      .filter(
        ({ apps, claims }) =>
          apps.includes(app) && claims.some((claim) => binding(claim) && condition(claim)),
      )
      .map(({ id }) => id);
  const brokenMusts = idsWhere((claim) => claim.byApp[app] === "fail");
  const counted = idsWhere((claim) => claim.byApp[app] === "fail" && claim.knownFor?.includes(app) !== true);
  const unknownMusts = idsWhere((claim) => claim.openFor?.includes(app) === true);
  // Where no must was judged nothing is known: having asked nothing must not read as a pass.
  const keptMusts = idsWhere((claim) => claim.byApp[app] === "pass");
  const isOpenCase = unknownMusts.length > 0 || keptMusts.length === 0;
  return {
    fitness: {
      app,
      fit: brokenMusts.length > 0 ? "no" : isOpenCase ? "unknown" : "yes",
      brokenMusts,
      unknownMusts,
      ...knownAmong(brokenMusts.filter((id) => !counted.includes(id))),
    },
    asked: brokenMusts.length + unknownMusts.length + keptMusts.length > 0,
  };
}

const knownAmong = (ids: readonly string[]) => (ids.length === 0 ? {} : { knownMusts: ids });

function countVerdicts(verdicts: readonly Verdict[]): Counts {
  const count = (kind: Verdict["kind"]) => verdicts.filter((verdict) => verdict.kind === kind).length;
  return { pass: count("pass"), fail: count("fail"), unknown: count("unknown"), skip: count("skip") };
}

function countBroken(behaviours: readonly BehaviourReport[]): Readonly<Record<Level, number>> {
  const count = (level: Level) => behaviours.filter(({ brokenLevel }) => brokenLevel === level).length;
  return { must: count("must"), should: count("should"), field: count("field"), may: count("may") };
}
