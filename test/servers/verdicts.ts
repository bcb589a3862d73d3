import { createHash } from "node:crypto";
import type { BehaviourReport, ByApp, RunReport } from "../../src/model/report.ts";

/** Verdicts by behaviour id and kind of app: what `expected.json` holds. */
export type Verdicts = Readonly<Record<string, ByApp>>;

export function verdictsOf(report: RunReport): Verdicts {
  return Object.fromEntries(report.behaviours.map(({ id, byApp }) => [id, byApp]));
}

/** One line per behaviour and kind of app that came out otherwise than expected; with the findings of a new fail. */
export function differencesOf(expected: Verdicts, report: RunReport): readonly string[] {
  const actual = verdictsOf(report);
  const ids = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].toSorted();
  return ids.flatMap((id) =>
    (["aiw", "oin"] as const).flatMap((app) => {
      const [wanted, got] = [expected[id]?.[app] ?? "absent", actual[id]?.[app] ?? "absent"];
      if (wanted === got) return [];
      const findings =
        got === "fail" ? findingsOf(report.behaviours.find((behaviour) => behaviour.id === id)) : [];
      return [`${id} (${app}): expected ${wanted}, got ${got}`, ...findings];
    }),
  );
}

function findingsOf(behaviour: BehaviourReport | undefined): readonly string[] {
  return (behaviour?.places ?? []).flatMap(({ scenario, step, verdict }) =>
    verdict.kind === "fail"
      ? verdict.findings.map(
          ({ claim, where, expected, actual }) =>
            `    ${claim} in ${scenario}, step ${step}: ${where}: expected ${expected}, got ${actual}`,
        )
      : [],
  );
}

/** The behaviours that have to be explained: those that fail, or were left open, for either kind of app. */
export function toExplain(verdicts: Verdicts): readonly string[] {
  return Object.entries(verdicts)
    .filter(([, byApp]) => Object.values(byApp).some((kind) => kind === "fail" || kind === "unknown"))
    .map(([id]) => id)
    .toSorted();
}

/** The behaviours that have a heading in `why.md`; one heading may name several. */
export function explainedIn(why: string): readonly string[] {
  return why
    .split("\n")
    .filter((line) => line.startsWith("#"))
    .flatMap((line) => line.match(/OKTA(?:-[A-Z]+)+-\d+/g) ?? [])
    .toSorted();
}

export const fingerprintOf = (text: string) => createHash("sha256").update(text).digest("hex");
