import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { matcherOf } from "../../src/conformance/pattern.ts";
import { decodeYamlFile, z } from "../../src/decode/index.ts";
import { ofKind } from "../../src/model/observable.ts";
import type { RunReport } from "../../src/model/report.ts";
import { bindingObservables } from "../../src/model/target.ts";
import { unasked } from "../../src/targets/instantiate.ts";
import { loadLibrary } from "../../src/wiring/library.ts";
import { profileNamed } from "../../src/wiring/profile.ts";
import { playTarget, targetMatrix } from "../../src/wiring/target-matrix.ts";

/** What is permitted of one profile beside its facts, committed so that a change shows in review. */
const shape = z.strictObject({
  /** Claims of Okta that the product breaks, and the fact that documents it. */
  documented: z.record(z.string(), z.string()),
  /** The same of the RFCs, where the profile was held against them. */
  rfc: z.record(z.string(), z.string()).optional(),
  /** Claims of Okta that cannot be told on such a server, and why; `*` stands for anything. */
  unknown: z.record(z.string(), z.string()),
  /** Facts that fall with another one, and why. */
  also: z.record(z.string(), z.record(z.string(), z.string())),
});

/** Read once for all profiles of a test file: it is the dearest part. */
let library: ReturnType<typeof loadLibrary> | undefined;
const theLibrary = () => {
  library ??= loadLibrary();
  return library;
};

/** Holds one profile to itself: the server that plays it keeps it, and every fact that is broken is caught. */
export function describeTarget(name: string): void {
  const expected = decodeYamlFile(fileURLToPath(new URL(`${name}.yaml`, import.meta.url)), shape);
  if (!expected.ok) throw new Error(JSON.stringify(expected.problems));
  const { documented, rfc, unknown, also } = expected.value;

  describe(`the profile ${name}`, () => {
    it("asks for everything it observes", async () => {
      const { scenarios } = await theLibrary();
      expect(unasked(await profileNamed(name), scenarios)).toEqual([]);
    }, 60_000);

    it("is played by a server that Okta's suite blames for what is documented alone", async () => {
      const report = await playTarget(await theLibrary(), name, ["okta/*"]);
      expect(failsIn(report)).toEqual(documented);
      const seen = unknownIn(report);
      const patterns = Object.keys(unknown).map((pattern) => ({ pattern, fits: matcherOf(pattern) }));
      expect(seen.filter((claim) => !patterns.some(({ fits }) => fits(claim)))).toEqual([]);
      expect(patterns.filter(({ fits }) => !seen.some(fits)).map(({ pattern }) => pattern)).toEqual([]);
      expect(report.outcome.why).not.toContain("broken");
      // Where a DELETE deactivates, people stay behind, inactive; nothing else may.
      const mayStay = await keepsPeople(name);
      expect(report.leftovers.filter(({ state }) => state !== "deactivated" || !mayStay)).toEqual([]);
    }, 120_000);

    if (rfc !== undefined) {
      it("is played by a server that breaks the RFCs where that is documented alone", async () => {
        const report = await playTarget(await theLibrary(), name, ["rfc/*"], "rfc");
        const fails = Object.entries(failsIn(report)).filter(([claim]) => claim.startsWith("RFC"));
        expect(Object.fromEntries(fails)).toEqual(rfc);
      }, 120_000);
    }

    it("is kept by the server that plays it, and every fact that is broken is caught, alone", async () => {
      const matrix = await targetMatrix(await theLibrary(), name);
      expect(matrix.soundProblems).toEqual([]);
      expect(matrix.broken.filter(({ isCaught }) => !isCaught)).toEqual([]);
      const falseAlarms = matrix.broken.flatMap(({ fact, how, others }) =>
        others
          .filter(({ claim }) => also[fact]?.[claim] === undefined)
          .map((other) => ({ fact, how, ...other })),
      );
      expect(falseAlarms).toEqual([]);
      const seen = new Set(
        matrix.broken.flatMap(({ fact, others }) => others.map(({ claim }) => `${fact} ${claim}`)),
      );
      const idle = Object.entries(also).flatMap(([fact, others]) =>
        Object.keys(others)
          .filter((claim) => !seen.has(`${fact} ${claim}`))
          .map((claim) => `${fact} ${claim}`),
      );
      expect(idle).toEqual([]);
    }, 240_000);
  });
}

/** Whether the product documents that a deleted person stays. */
async function keepsPeople(name: string): Promise<boolean> {
  return ofKind(bindingObservables(await profileNamed(name)), "delete").some(
    ({ resource, effect }) => resource === "Users" && effect !== "gone",
  );
}

/** Broken claims, with the fact that documents each; an undocumented one has none. */
function failsIn(report: RunReport): Readonly<Record<string, string>> {
  return Object.fromEntries(
    report.behaviours.flatMap(({ claims }) =>
      claims.flatMap(({ id, verdict }) =>
        verdict.kind === "fail" ? [[id, verdict.documented?.split(":")[0] ?? "undocumented"] as const] : [],
      ),
    ),
  );
}

const unknownIn = (report: RunReport): readonly string[] =>
  report.behaviours.flatMap(({ claims }) =>
    claims.flatMap(({ id, verdict }) => (verdict.kind === "unknown" ? [id] : [])),
  );
