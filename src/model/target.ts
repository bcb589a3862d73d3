import type { Citation } from "./citation.ts";
import type { LimitSubject, Observable } from "./observable.ts";
import type { Place } from "./problem.ts";
import type { RatePool } from "./rate-pool.ts";

/** How firmly the maker of the product says it. `open` facts are observations and never fail a target. */
export type Grade = "must" | "may" | "open";

/** A claim of Okta or an RFC that a product breaks, by its own documentation. */
export interface Deviation {
  /** For example `OKTA-READ-02.name`. */
  readonly claim: string;
  /** Only findings at such a part of the answer are excused: a beginning such as `body.name`. All when absent. */
  readonly at?: string;
}

/** One sentence of a product's documentation. */
export interface Fact {
  /** For example `TFE-106`. */
  readonly id: string;
  readonly statement: string;
  readonly grade: Grade;
  /** At least one; the first is the one that says it most plainly. */
  readonly citations: readonly [Citation, ...Citation[]];
  readonly since?: string;
  readonly until?: string;
  /** What a client can see of it; empty for what is not observed or shown with another fact. */
  readonly observables: readonly Observable[];
  /** Why a client cannot see it. */
  readonly notObserved?: string;
  /** What cannot be asked, and is known: the server that plays the product keeps it, and the planner counts with it. */
  readonly stated: readonly Observable[];
  /** The fact whose observables show this one too. */
  readonly shownWith?: string;
  readonly breaks: readonly Deviation[];
  readonly place: Place;
}

/** A failure that administrators know, as the product's troubleshooting pages tell it. */
export interface Trouble {
  readonly symptom: string;
  readonly cause: string;
  readonly remedy: string;
  readonly citation: Citation;
  /** All that is given has to fit. */
  readonly when: TroubleSigns;
}

/** What a run has to have seen. */
export interface TroubleSigns {
  /** A behaviour or claim that failed, or could not be told; `*` stands for anything. */
  readonly behaviour?: string;
  /** Why the run stopped before it began: `unauthorised`, `timed-out`, `throttled` … */
  readonly stopped?: string;
  /** An exchange with this answer, or this silence. */
  readonly status?: number;
  readonly silence?: string;
  readonly method?: string;
  /** A beginning of the path below the base URL, for example `/Users`. */
  readonly path?: string;
}

/** What one product documents about itself. */
export interface TargetProfile {
  /** The file's name: `terraform-enterprise`. */
  readonly id: string;
  readonly product: string;
  readonly facts: readonly Fact[];
  readonly troubles: readonly Trouble[];
}

/** Whether a release lies between the first and the last that a fact holds for; all do when no release is named. */
export function holdsFor(
  { since, until }: Pick<Fact, "since" | "until">,
  release: string | undefined,
): boolean {
  if (release === undefined) return until === undefined;
  const isBefore = (one: string, other: string) => compareReleases(one, other) < 0;
  return (
    !(since !== undefined && isBefore(release, since)) && !(until !== undefined && isBefore(until, release))
  );
}

/** Releases are compared part by part: numbers as numbers, anything else as text. */
export function compareReleases(one: string, other: string): number {
  const [left, right] = [one.split(/[._-]/), other.split(/[._-]/)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [a = "0", b = "0"] = [left[at], right[at]];
    const difference =
      /^\d+$/.test(a) && /^\d+$/.test(b) ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Every observable of the facts that bind the product: open ones bind nobody. */
export function bindingObservables(profile: TargetProfile): readonly Observable[] {
  return profile.facts.flatMap(({ grade, observables }) => (grade === "open" ? [] : observables));
}

/** Everything that binds a server that plays the product: what is asked, and what is only stated. */
export const playedObservables = (profile: TargetProfile): readonly Observable[] => [
  ...bindingObservables(profile),
  ...statedObservables(profile),
];

const statedObservables = (profile: TargetProfile): readonly Observable[] =>
  profile.facts.flatMap(({ grade, stated }) => (grade === "open" ? [] : stated));

/** The facts that bind the product and speak of something, in what is asked or in what is only stated. */
export const factsAbout = (profile: TargetProfile, isAbout: (one: Observable) => boolean): readonly Fact[] =>
  profile.facts.filter(
    ({ grade, observables, stated }) => grade !== "open" && [...observables, ...stated].some(isAbout),
  );

/** A documented rate of some requests: how many a second on average, and how many at once. */
export interface DocumentedRate {
  readonly perSecond: number;
  readonly burst: number;
  readonly pool: RatePool;
}

/** Every rate a minute, with what shares it. */
export function ratesOf(profile: TargetProfile | undefined): readonly DocumentedRate[] {
  if (profile === undefined) return [];
  return playedObservables(profile).flatMap((one) =>
    one.kind === "limit" && one.subject === "requests-per-minute"
      ? [{ perSecond: one.value / 60, burst: one.burst ?? 1, pool: one.pool ?? "all" }]
      : [],
  );
}

/** A limit as the product documents it: the smallest where several facts name one; open facts bind nobody. */
export const limitOf = (profile: TargetProfile | undefined, subject: LimitSubject): number | undefined =>
  profile === undefined ? undefined : smallestLimit(bindingObservables(profile), subject);

/** As `limitOf`, and of limits that no run can ask about as well. */
export const playedLimitOf = (
  profile: TargetProfile | undefined,
  subject: LimitSubject,
): number | undefined =>
  profile === undefined ? undefined : smallestLimit(playedObservables(profile), subject);

function smallestLimit(all: readonly Observable[], subject: LimitSubject): number | undefined {
  const values = all.flatMap((one) => (one.kind === "limit" && one.subject === subject ? [one.value] : []));
  return values.length === 0 ? undefined : Math.min(...values);
}
