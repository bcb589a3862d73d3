import type { LoadReport } from "../../model/load.ts";
import { FINDING_KINDS, type Reconciliation } from "../../model/load-reconciliation.ts";
import { foldedItem, labelled, paragraph } from "../layout.ts";
import { detail, type Page } from "../page.ts";
import { safeText } from "../safe-text.ts";
import { countText, plural } from "../wording.ts";
import { bytesText, msText, shareText } from "./figures.ts";

const SHOWN_OF_EACH_KIND = 10;

/** The state read back: what was compared, and every difference by name. */
export function reconciliationLines(reconciled: Reconciliation, page: Page): readonly string[] {
  if (reconciled.kind === "unknown") {
    return detail(page, "unknown", safeText(reconciled.why), { paintText: page.style.yellow });
  }
  const { users, groups, members, membersUntold, unsure } = reconciled;
  const { settledAfterMs, requests, durationMs, counts, findings } = reconciled;
  const compared = `${plural(users, "person", "people")}, ${plural(groups, "group")}, ${plural(members, "membership")}, by ${plural(requests, "request")} in ${msText(durationMs)}`;
  const differs = FINDING_KINDS.some((kind) => counts[kind] > 0);
  const verdict =
    membersUntold === undefined
      ? "everything the server acknowledged is there, and nothing else"
      : "everybody and every group that the server acknowledged is there, and nothing else";
  return [
    ...detail(page, "compared", compared),
    ...(membersUntold === undefined
      ? []
      : detail(page, "members", `could not be told: ${safeText(membersUntold)}`, {
          paintText: page.style.yellow,
        })),
    ...(unsure === 0
      ? []
      : detail(
          page,
          "unsure",
          `${countText(unsure)}: no answer, writes that overlapped, or inactive and not listed; either state is right`,
        )),
    ...(settledAfterMs === undefined
      ? []
      : detail(page, "settled", `${msText(settledAfterMs)} after the first look: reads lag behind writes`)),
    ...(differs
      ? FINDING_KINDS.flatMap((kind) => findingLines(kind, counts[kind], findings, page))
      : detail(page, "verdict", verdict, { paintText: page.style.green })),
  ];
}

type Done = Extract<Reconciliation, { kind: "done" }>;

function findingLines(
  kind: Done["findings"][number]["kind"],
  count: number,
  findings: Done["findings"],
  page: Page,
): readonly string[] {
  if (count === 0) return [];
  const shown = findings.filter((finding) => finding.kind === kind).slice(0, SHOWN_OF_EACH_KIND);
  const heading = `${page.glyphs.fail} ${countText(count)} ${kind.replaceAll("-", " ")}`;
  // A finding about members names a group with many of them, any other one resource.
  const areOfMembers = shown.every(({ members }) => members !== undefined);
  const some = areOfMembers
    ? `in ${plural(shown.length, "group")} by name`
    : `${shown.length} of them by name`;
  const more = count > shown.length ? ` (${some})` : "";
  return [
    `  ${page.style.red(heading)}${more}`,
    ...shown.flatMap(({ collection, name, id, members = [], detail: told }) => [
      ...paragraph(
        `${collection} ${safeText(name)}${id === undefined ? "" : ` (${safeText(id)})`}: ${safeText(told)}`,
        page.width,
        6,
      ),
      ...(members.length === 0 ? [] : paragraph(members.map(safeText).join(", "), page.width, 8)),
    ]),
  ];
}

/** Measured is the rest alone; what is wrong is wrong in the warm-up too. */
export const brokenTitle = ({ plan }: LoadReport) =>
  plan.warmUpMs > 0 ? "Broken under load, warm-up included" : "Broken under load";

/** Claims that answers under load broke. */
export function brokenLines({ broken }: LoadReport, page: Page): readonly string[] {
  return broken
    .slice(0, 20)
    .flatMap(({ claim, operation, judged, broken: count, expected, actual }) => [
      ...foldedItem(
        `${safeText(claim)} at ${safeText(operation)}: ${countText(count)} of ${countText(judged)}`,
        page.width - 4,
        2,
      ).map((line, index) => `  ${index === 0 ? page.style.red(page.glyphs.fail) : " "} ${line}`),
      ...(expected === undefined ? [] : detail(page, "expected", safeText(expected))),
      ...(actual === undefined ? [] : detail(page, "actual", safeText(actual))),
    ]);
}

/** Whether this machine kept up. */
export function generatorLines({ generator, stopped }: LoadReport, page: Page): readonly string[] {
  if (stopped !== undefined) return [];
  const { limited, why, lateStartP99Ms, loopDelayP99Ms, cpuShare, memoryPeakBytes } = generator;
  const figures = `plays started at most ${msText(lateStartP99Ms)} late (p99), event loop ${msText(loopDelayP99Ms)} late (p99), ${shareText(cpuShare)} of a core, ${bytesText(memoryPeakBytes)} of memory`;
  if (!limited) return detail(page, "kept up", figures);
  return [
    ...detail(
      page,
      "LIMITED",
      `${why.map(safeText).join("; ")}. Times and rates say more about this machine than about the server: use more workers or shards, or a lower rate.`,
      {
        paintText: page.style.yellow,
      },
    ),
    ...detail(page, "figures", figures),
  ];
}

/** Columns that are worth having beside a threshold; with fewer, what came of it stands below. */
const LEAST_BESIDE = 30;
const MARKS = { met: "pass", breached: "fail", unknown: "unknown" } as const;

export function thresholdLines({ thresholds }: LoadReport, page: Page): readonly string[] {
  const { style, glyphs } = page;
  const paints = { met: style.green, breached: style.red, unknown: style.yellow };
  const column = Math.max(0, ...thresholds.map(({ text }) => text.length)) + 4;
  const isWide = 2 + column + LEAST_BESIDE <= page.width;
  return thresholds.flatMap(({ verdict, text, why }) => {
    const label = `${glyphs[MARKS[verdict]]} ${safeText(text)}`;
    const told =
      verdict === "unknown" ? `unknown: ${safeText(why)}` : safeText(why.replace(` ${text}`, " it"));
    const paint = paints[verdict];
    if (isWide) return labelled({ label, text: told, width: page.width, indent: 2, column, paint });
    const lines = foldedItem(label, page.width - 2, 2).map((line) => `  ${paint(line)}`);
    return [...lines, ...paragraph(told, page.width, 6)];
  });
}
