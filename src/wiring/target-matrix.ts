import type { RunSettings } from "../conformance/settings.ts";
import type { LimitSubject, Observable } from "../model/observable.ts";
import type { RunReport } from "../model/report.ts";
import type { Scenario } from "../model/scenario.ts";
import { limitOf, playedObservables, ratesOf, type TargetProfile } from "../model/target.ts";
import type { Amiss, BrokenFact, TargetMatrix } from "../model/target-matrix.ts";
import { DISPOSABLE_EMAIL, DISPOSABLE_TEAM } from "../reference-server/character/admin/administration.ts";
import { characterOfFacts } from "../reference-server/character/index.ts";
import { contrariesOf } from "../self-test/contraries.ts";
import { playTargetTrial } from "../self-test/target-trial.ts";
import { type FactScenario, scenariosOf } from "../targets/instantiate.ts";
import type { Library } from "./library.ts";
import { deviationsOf, profileNamed, withTarget } from "./profile.ts";
import { toolVersion } from "./tool.ts";
import { startTrialServer } from "./trial-server.ts";

/** Plays one profile with the server that plays it. `only` chooses scenarios; everything when absent. */
export async function playTarget(
  patterns: Library,
  name: string,
  only: readonly string[] = [],
  standard: RunSettings["standard"] = "okta",
): Promise<RunReport> {
  const bench = await benchFor(patterns, name);
  return bench.play(playedObservables(bench.profile), only, INPUTS, standard);
}

/** Breaks every fact of a profile in turn, in the server that plays it: each has to fail, and nothing else. */
export async function targetMatrix(
  patterns: Library,
  name: string,
  facts?: readonly string[],
): Promise<TargetMatrix> {
  const startedAt = performance.now();
  const whole = await benchFor(patterns, name);
  const sound = await whole.play(
    playedObservables(whole.profile),
    whole.made.filter(({ observable }) => !disables(observable)).map(({ scenario }) => scenario.id),
  );
  const bench = await benchFor(patterns, name, smaller);
  const { profile, made } = bench;
  const broken: BrokenFact[] = [];
  let requests = sound.run.requests;
  for (const fact of profile.facts) {
    if (fact.grade === "open" || (facts !== undefined && !facts.includes(fact.id))) continue;
    for (const observable of fact.observables) {
      for (const { observable: contrary, how } of contrariesOf(observable)) {
        const server = playedObservables(profile).map((one) => (one === observable ? contrary : one));
        const report = disables(observable)
          ? await bench.play(server, own(observable, made), { ...INPUTS, "installation-to-disable": "yes" })
          : await bench.play(server, scenariosFor(observable, made));
        requests += report.run.requests;
        broken.push(judged(fact.id, `${JSON.stringify(observable)} ${how}`, report));
      }
    }
  }
  return {
    target: profile.id,
    facts: profile.facts.length,
    observables: profile.facts.reduce((sum, { observables }) => sum + observables.length, 0),
    soundProblems: amissIn(sound),
    broken,
    requests,
    wallMs: Math.round(performance.now() - startedAt),
  };
}

/**
 * Limits of people, and pages of them, at a tenth of their size: that a thousand and one are refused was seen once, with
 * the sound server, and how a limit is broken does not depend on its number.
 */
function smaller(observable: Observable): Observable {
  switch (observable.kind) {
    case "limit":
      return { ...observable, value: tenthOf(observable.subject, observable.value) };
    case "limit-reached":
      return { ...observable, value: tenthOf(observable.subject, observable.value) };
    case "limit-counts":
      return { ...observable, value: tenthOf("group-members", observable.value) };
    case "page-default":
      return { ...observable, value: tenthOf("page-size", observable.value) };
    default:
      return observable;
  }
}

const OF_PEOPLE: readonly LimitSubject[] = ["group-members", "members-per-request", "page-size"];

const tenthOf = (subject: LimitSubject, value: number) =>
  OF_PEOPLE.includes(subject) && value >= 100 ? Math.ceil(value / 10) : value;

/** What `run` is given by hand. The reference server's installation may be used up. */
const INPUTS = {
  "expired-token": "given",
  "foreign-token": "given",
  "admin-token": "given",
  "disposable-email": DISPOSABLE_EMAIL,
  "disposable-team": DISPOSABLE_TEAM,
  "disposable-installation": "yes",
};

/** What takes everything from the installation plays alone: no other scenario could go on afterwards. */
const disables = (observable: Observable) =>
  observable.kind === "state" && (observable.state === "disabled" || observable.state === "enabled-again");

const own = (observable: Observable, made: readonly FactScenario[]) =>
  made.filter((one) => one.observable === observable).map(({ scenario }) => scenario.id);

interface Bench {
  readonly profile: TargetProfile;
  readonly made: readonly FactScenario[];
  readonly play: (
    server: readonly Observable[],
    only: readonly string[],
    inputs?: Readonly<Record<string, string>>,
    standard?: RunSettings["standard"],
  ) => Promise<RunReport>;
}

/** Everything to play a profile with. The library is the caller's, who may play several. */
async function benchFor(
  patterns: Library,
  name: string,
  change: (observable: Observable) => Observable = (observable) => observable,
): Promise<Bench> {
  const [documented, { speak }] = await Promise.all([profileNamed(name), import("../okta/headers.ts")]);
  const profile: TargetProfile = {
    ...documented,
    facts: documented.facts.map((fact) => ({ ...fact, observables: fact.observables.map(change) })),
  };
  const library: Library = await withTarget(patterns, profile);
  const made = scenariosOf(profile, patterns.scenarios);
  const play: Bench["play"] = (server, only, inputs = INPUTS, standard = "okta") =>
    playTargetTrial({
      ...library,
      speak,
      toolVersion: toolVersion(),
      name: profile.id,
      documented: deviationsOf(profile),
      only,
      settings: { ...settingsFor(profile, inputs), standard },
      startServer: (clock, random) =>
        startTrialServer([{ make: characterOfFacts(server) }], "app", clock, random),
    });
  return { profile, made, play };
}

function settingsFor(
  profile: TargetProfile,
  inputs: Readonly<Record<string, string>>,
): Pick<RunSettings, "maxGroupMembers" | "rate" | "paces" | "burst" | "largeGroup" | "inputs"> {
  const members = limitOf(profile, "group-members");
  const perSecond = limitOf(profile, "requests-per-second");
  return {
    largeGroup: Math.min(257, members ?? 257),
    ...(members === undefined ? {} : { maxGroupMembers: members }),
    ...(perSecond === undefined ? {} : { rate: perSecond * 0.8 }),
    paces: ratesOf(profile).map((one) => ({ ...one, perSecond: one.perSecond * 0.8, burst: one.burst / 2 })),
    burst: 12,
    inputs,
  };
}

/** The scenarios that touch a fact: its own, those about the same kind of thing, and a small core of the others. */
function scenariosFor(observable: Observable, made: readonly FactScenario[]): readonly string[] {
  const isDear = ({ crowd, needs }: Scenario) => crowd !== undefined || needs.includes("burst");
  return made
    .filter((one) => {
      if (one.observable === observable || sameSubject(one.observable, observable)) return true;
      return !isDear(one.scenario) && !disables(one.observable) && isNear(one.observable, observable);
    })
    .map(({ scenario }) => scenario.id);
}

const resourceOf = (observable: Observable) => ("resource" in observable ? observable.resource : undefined);

function isNear(one: Observable, other: Observable): boolean {
  if (one.kind === "open" || one.kind === "state") return one.kind === other.kind;
  return isCore(one) || (one.kind === other.kind && resourceOf(one) === resourceOf(other));
}

/** One of each errand: a create, a look-up, a read, a deactivation, a group and its members, a refusal. */
function isCore(one: Observable): boolean {
  switch (one.kind) {
    case "filter":
      return one.attribute === "userName" && one.operator === "eq";
    case "credential":
      return one.of === "missing";
    case "refused":
      return one.of === "unknown-user";
    case "habit":
      return one.of === "list-envelope" || one.of === "members-of-a-replace-are-the-members";
    case "patch":
      return one.attribute === "active" && one.form === "object" && one.op === "replace";
    case "delete":
    case "resource-types":
      return true;
    default:
      return false;
  }
}

function sameSubject(one: Observable, other: Observable): boolean {
  const subjectOf = (observable: Observable) =>
    "subject" in observable
      ? observable.subject
      : observable.kind === "limit-counts"
        ? "group-members"
        : undefined;
  const subject = subjectOf(one);
  // Rates of different requests have nothing to do with each other, and each takes hundreds of requests.
  if (subject === "requests-per-minute") return false;
  return subject !== undefined && subject === subjectOf(other);
}

function judged(fact: string, how: string, report: RunReport): BrokenFact {
  const own = report.behaviours.find(({ id }) => id === fact);
  const isCaught = own?.verdict.kind === "fail";
  const instead = own === undefined ? "it was not asked" : seenIn(own.verdict);
  return {
    fact,
    how,
    isCaught,
    ...(isCaught ? {} : { instead }),
    // What cannot be asked any more because of it is blocked, and blames nobody.
    others: failedIn(report).filter(({ claim }) => claim !== fact),
  };
}

const failedIn = (report: RunReport): readonly Amiss[] =>
  report.behaviours
    .filter(({ standard, verdict }) => standard === "target" && verdict.kind === "fail")
    .map(({ id, verdict }) => ({ claim: id, seen: seenIn(verdict) }));

/** Facts that failed, or could not be told though they were asked for. */
function amissIn(report: RunReport): readonly Amiss[] {
  return report.behaviours
    .filter(({ standard, verdict }) => {
      if (standard !== "target") return false;
      if (verdict.kind === "unknown") return verdict.neutral !== true;
      return verdict.kind === "fail" || (verdict.kind === "skip" && verdict.because === "blocked");
    })
    .map(({ id, verdict }) => ({ claim: id, seen: seenIn(verdict) }));
}

function seenIn(verdict: RunReport["behaviours"][number]["verdict"]): string {
  switch (verdict.kind) {
    case "pass":
      return "pass";
    case "fail":
      return verdict.findings
        .map(({ where, expected, actual }) => `${where}: ${expected}, was ${actual}`)
        .join("; ");
    default:
      return `${verdict.kind}: ${verdict.why}`;
  }
}
