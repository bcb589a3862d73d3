import type { LoadReport } from "../../model/load.ts";
import { countText } from "../wording.ts";
import { shareText } from "./figures.ts";

/** What may differ between two loads, so that their figures say less of the server than they seem to. */
const PARTS: readonly (readonly [name: string, of: (report: LoadReport) => unknown])[] = [
  ["plan", ({ plan }) => plan.name],
  ["target", ({ target }) => target.url],
  ["stages", ({ plan }) => [plan.stages, plan.closed]],
  ["population", ({ plan }) => plan.population],
  ["mix", ({ plan }) => plan.mix.map(({ place: _place, ...entry }) => entry)],
  ["warm-up", ({ plan }) => plan.warmUpMs],
  ["most plays in flight", ({ plan }) => plan.maxInFlight],
  ["seed", ({ plan }) => plan.seed],
  ["way (HTTP/1.1, HTTP/2 or a proxy)", ({ run }) => run.transport],
];

/** What to bear in mind when two runs are held against each other, as sentences. */
export function comparisonRemarks(report: LoadReport, baseline: LoadReport): readonly string[] {
  const differing = PARTS.flatMap(([name, of]) =>
    JSON.stringify(of(report)) === JSON.stringify(of(baseline)) ? [] : [name],
  );
  const isLimited = baseline.generator.limited || report.generator.limited;
  return [
    ...(differing.length === 0
      ? []
      : [`The two runs did not play the same thing. What differs: ${differing.join(", ")}.`]),
    ...(isLimited ? ["In one of them this machine did not keep up."] : []),
  ];
}

/** By how much a figure has changed: `+12.5 %`, `−3 %`, `+1,330 %`; empty where it has not, or was 0. */
export function changeText(before: number, now: number): string {
  if (before === 0 || before === now) return "";
  const share = Math.abs(now / before - 1);
  return `${now > before ? "+" : "−"}${share >= 1 ? `${countText(Math.round(share * 100))} %` : shareText(share)}`;
}
