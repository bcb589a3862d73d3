import fc from "fast-check";
import { describe, expect } from "vitest";
import { applyKnown, unknownNames } from "../../src/conformance/known.ts";
import { matches } from "../../src/conformance/pattern.ts";
import type { Behaviour, OktaApp } from "../../src/model/behaviour.ts";
import type { KnownDeviation } from "../../src/model/known-deviation.ts";
import type { BehaviourReport } from "../../src/model/report.ts";
import type { Verdict } from "../../src/model/verdict.ts";
import { holds } from "./property.ts";

/** Slow and obvious: a star is nothing, or any one character and then again the star. */
function fits(id: string, pattern: string): boolean {
  const [first, rest] = [pattern[0], pattern.slice(1)];
  if (first === undefined) return id === "";
  if (first === "*") return fits(id, rest) || (id !== "" && fits(id.slice(1), pattern));
  return id[0]?.toLowerCase() === first.toLowerCase() && fits(id.slice(1), rest);
}

/** Few letters, so that much fits; and what a regular expression would take for something else. */
const letter = fc.constantFrom("A", "b", "B", "-", "1", ".", "+", "(", "[", "\\", "$", "^", "|");
const word = fc.array(letter, { maxLength: 8 }).map((letters) => letters.join(""));
const pattern = fc
  .array(fc.oneof({ weight: 2, arbitrary: letter }, { weight: 1, arbitrary: fc.constant("*") }), {
    maxLength: 8,
  })
  .map((letters) => letters.join(""));

describe("a pattern of ids", () => {
  holds(
    "id-pattern",
    "fits what it spells, with anything at all for a star, in either case",
    fc.record({ id: word, pattern }),
    ({ id, pattern: given }) => expect(matches(id, given)).toBe(fits(id, given)),
    { runs: 2_000 },
  );

  holds(
    "id-pattern-of-itself",
    "fits the id that it was made of by putting stars for parts",
    fc.record({ parts: fc.array(word, { minLength: 1, maxLength: 4 }), between: fc.array(word) }),
    ({ parts, between }) => {
      const id = parts
        .map((part, at) => `${part}${at === parts.length - 1 ? "" : (between[at] ?? "")}`)
        .join("");
      expect(matches(id, parts.join("*"))).toBe(true);
    },
  );

  holds(
    "id-pattern-of-many-stars",
    "is decided at once, however many stars it has",
    fc.record({ stars: fc.integer({ min: 20, max: 500 }), length: fc.integer({ min: 50, max: 2_000 }) }),
    ({ stars, length }) => expect(matches("a".repeat(length), `${"*a".repeat(stars)}*b`)).toBe(false),
    { runs: 20 },
  );
});

const KINDS = ["pass", "fail", "unknown", "skip"] as const;
const VERDICTS: Readonly<Record<Verdict["kind"], Verdict>> = {
  pass: { kind: "pass" },
  fail: { kind: "fail", findings: [] },
  unknown: { kind: "unknown", why: "no answer" },
  skip: { kind: "skip", because: "not-chosen", why: "not chosen" },
};
const APPS: readonly OktaApp[] = ["aiw", "oin"];
const TODAY = "2026-06-15";

interface World {
  /** Of `B-0`, `B-1`, …: what each claim was seen to be under the two kinds of app. */
  readonly behaviours: readonly (readonly (readonly [Verdict["kind"], Verdict["kind"]])[])[];
  readonly known: readonly {
    readonly behaviour: string;
    readonly claim?: string | undefined;
    readonly oktaApp?: OktaApp | undefined;
    readonly until?: string | undefined;
  }[];
}

const kind = fc.constantFrom(...KINDS);
const world: fc.Arbitrary<World> = fc.record({
  behaviours: fc.array(fc.array(fc.tuple(kind, kind), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 4,
  }),
  known: fc.array(
    fc.record({
      behaviour: fc.constantFrom("B-0", "b-1", "B-2", "B-*", "*", "*-3", "*1*"),
      claim: fc.option(fc.constantFrom("B-0.a", "B-1.b", "B-2.a"), { nil: undefined }),
      oktaApp: fc.option(fc.constantFrom(...APPS), { nil: undefined }),
      until: fc.option(fc.constantFrom("2026-06-14", TODAY, "2026-12-31"), { nil: undefined }),
    }),
    { maxLength: 4 },
  ),
});

const reportsOf = ({ behaviours }: World) =>
  behaviours.map(
    (claims, index): Partial<BehaviourReport> => ({
      id: `B-${index}`,
      okta: "both",
      apps: APPS,
      claims: claims.map(([aiw, oin], at) => ({
        id: `B-${index}.${"abc"[at]}`,
        level: "must",
        text: "",
        verdict: VERDICTS[aiw],
        byApp: { aiw, oin },
        openFor: APPS.filter((_, app) => [aiw, oin][app] === "unknown"),
      })),
    }),
  ) as readonly BehaviourReport[];

const deviationsOf = ({ known }: World): readonly KnownDeviation[] =>
  known.map(({ behaviour, claim, oktaApp, until }) => ({
    behaviour,
    why: "because",
    place: { file: "deviations.yaml" },
    ...(claim === undefined ? {} : { claim }),
    ...(oktaApp === undefined ? {} : { oktaApp }),
    ...(until === undefined ? {} : { until }),
  }));

describe("a list of known deviations", () => {
  holds(
    "known-deviations",
    "excuses what an entry in force names, and nothing besides; every entry says truly how it stands",
    world,
    (given) => {
      const [reports, entries] = [reportsOf(given), deviationsOf(given)];
      const { behaviours, known } = applyKnown(
        reports,
        entries,
        reports as unknown as readonly Behaviour[],
        TODAY,
      );
      const inForce = (one: KnownDeviation) => one.until === undefined || one.until >= TODAY;
      const names = (one: KnownDeviation, behaviour: string, claim: string, app: OktaApp) =>
        fits(behaviour, one.behaviour) &&
        (one.claim === undefined || one.claim === claim) &&
        (one.oktaApp === undefined || one.oktaApp === app);
      const cells = reports.flatMap(({ id, claims }) =>
        claims.flatMap((claim) => APPS.map((app) => ({ id, claim: claim.id, app, seen: claim.byApp[app] }))),
      );
      for (const { id, claim, app, seen } of cells) {
        const excused = behaviours
          .find((one) => one.id === id)
          ?.claims.find((one) => one.id === claim)
          ?.knownFor?.includes(app);
        const expected = seen === "fail" && entries.some((one) => inForce(one) && names(one, id, claim, app));
        expect([claim, app, excused === true]).toEqual([claim, app, expected]);
      }
      // The verdicts are nobody's to change.
      expect(behaviours.map(({ claims }) => claims.map(({ byApp }) => byApp))).toEqual(
        reports.map(({ claims }) => claims.map(({ byApp }) => byApp)),
      );
      for (const [index, entry] of entries.entries()) {
        const meant = cells.filter(({ id, claim, app }) => names(entry, id, claim, app));
        const claims = [...new Set(meant.map(({ claim }) => claim))];
        const isMended =
          claims.length > 0 &&
          claims.every((id) => {
            const seen = meant.filter(({ claim }) => claim === id).map((one) => one.seen);
            return seen.includes("pass") && seen.every((one) => one === "pass" || one === "skip");
          });
        const state = isMended
          ? "mended"
          : !inForce(entry)
            ? "expired"
            : meant.some(({ seen }) => seen === "fail")
              ? "deviates"
              : "not-judged";
        expect([entry, known[index]?.state]).toEqual([entry, state]);
        const isUnknown = !reports.some(({ id }) => fits(id, entry.behaviour));
        const isNoClaim =
          entry.claim !== undefined &&
          !reports.some(
            ({ id, claims }) => fits(id, entry.behaviour) && claims.some((one) => one.id === entry.claim),
          );
        const problems = unknownNames([entry], reports as unknown as readonly Behaviour[]);
        expect([entry, problems.length > 0]).toEqual([entry, isUnknown || isNoClaim]);
      }
    },
    { runs: 1_000 },
  );
});
