import type { Fitness, RfcStanding, RunReport, Stopped } from "../model/report.ts";
import { targetName } from "../model/target-name.ts";
import { excerpt, exchangeLine } from "./exchange-lines.ts";
import { curlLines } from "./failure.ts";
import { labelled, paragraph } from "./layout.ts";
import { detail, type Page } from "./page.ts";
import { safeText } from "./safe-text.ts";
import { APP_NAMES, capitalised, durationText, FITNESS_WORDS, plural } from "./wording.ts";

/** Ids named in a headline; more are only counted. */
const MOST_IDS = 6;

/** The first lines: which server this is about, and how each kind of app would fare with it. */
export function headline(report: RunReport, page: Page): readonly string[] {
  return [
    ...targetLines(report, page),
    ...report.outcome.fitness.flatMap((fitness) => fitnessLines(fitness, page)),
    ...rfcLines(report.outcome.rfc, page),
  ];
}

/** The target stands first in every report, so that a result is never read as another server's. */
function targetLines({ tool, target }: RunReport, { style, glyphs }: Page): readonly string[] {
  const name = safeText(targetName(target));
  const profile = target.profile === undefined ? "" : `, as ${safeText(target.profile)}`;
  return [style.bold(`${tool.name} ${safeText(tool.version)} ${glyphs.arrow} ${name}${profile}`)];
}

function fitnessLines(fitness: Fitness, page: Page): readonly string[] {
  const { style, glyphs } = page;
  const look = {
    yes: { glyph: glyphs.pass, paint: style.green },
    no: { glyph: glyphs.fail, paint: style.red },
    unknown: { glyph: glyphs.unknown, paint: style.yellow },
  }[fitness.fit];
  const name = capitalised(APP_NAMES[fitness.app]);
  return labelled({
    label: look.glyph,
    text: `${name}: ${FITNESS_WORDS[fitness.fit]}${fitnessReason(fitness)}`,
    width: page.width,
    column: 2,
    paint: look.paint,
    paintText: look.paint,
  });
}

function rfcLines(rfc: RfcStanding | undefined, page: Page): readonly string[] {
  if (rfc === undefined) return [];
  const { style, glyphs } = page;
  const { brokenMusts, unknownMusts, knownMusts = [] } = rfc;
  const fit = brokenMusts.length > 0 ? "no" : unknownMusts.length > 0 ? "unknown" : "yes";
  const look = {
    yes: { glyph: glyphs.pass, paint: style.green, words: "keeps what was judged" },
    no: { glyph: glyphs.fail, paint: style.red, words: "does not keep them" },
    unknown: { glyph: glyphs.unknown, paint: style.yellow, words: "could not tell" },
  }[fit];
  return labelled({
    label: look.glyph,
    text: `RFC 7643 and 7644: ${look.words}${fitnessReason({ fit, brokenMusts, unknownMusts, knownMusts })}`,
    width: page.width,
    column: 2,
    paint: look.paint,
    paintText: look.paint,
  });
}

function fitnessReason({ fit, brokenMusts, unknownMusts, knownMusts = [] }: Omit<Fitness, "app">): string {
  // With --strict a broken should is among them, so they are not called musts.
  if (fit === "no" && brokenMusts.length > 0) {
    return `: ${plural(brokenMusts.length, "requirement is", "requirements are")} broken (${someIds(brokenMusts)})${knownText(knownMusts, brokenMusts)}`;
  }
  if (fit === "unknown" && unknownMusts.length > 0) {
    return `: ${plural(unknownMusts.length, "requirement is", "requirements are")} open (${someIds(unknownMusts)})`;
  }
  return "";
}

function knownText(known: readonly string[], broken: readonly string[]): string {
  if (known.length === 0) return "";
  return known.length === broken.length ? ", all known" : `, ${known.length} of them known`;
}

function someIds(ids: readonly string[]): string {
  const shown = ids.slice(0, MOST_IDS).map(safeText).join(", ");
  return ids.length > MOST_IDS ? `${shown} and ${ids.length - MOST_IDS} more` : shown;
}

/** What a reader should know before reading on. */
export function noteLines({ run, target, notes }: RunReport, page: Page): readonly string[] {
  const sentences = [
    ...(run.interrupted ? ["The run was interrupted; this report is partial."] : []),
    ...(target.kind === "embedded" || target.usersBefore === undefined
      ? []
      : [`The server said it had ${plural(target.usersBefore, "user")} before the run.`]),
    ...(run.settledAfterMs > 0
      ? [`Writes took up to ${durationText(run.settledAfterMs)} to show in reads.`]
      : []),
    ...notes.map(safeText),
  ];
  return sentences.flatMap((sentence) => paragraph(sentence, page.width));
}

/** Why nothing could be judged, and what to do about it. */
export function stoppedLines(stopped: Stopped, page: Page): readonly string[] {
  const { exchange } = stopped;
  const part = exchange === undefined ? undefined : excerpt(exchange, "status");
  return [
    ...labelled({
      label: page.glyphs.unknown,
      text: `Stopped before anything was judged (${safeText(stopped.cause)}): ${safeText(stopped.why)}`,
      width: page.width,
      column: 2,
      paint: page.style.yellow,
    }),
    ...detail(page, "to mend", safeText(stopped.remedy)),
    ...(exchange === undefined ? [] : detail(page, "seen in", exchangeLine(exchange, page.glyphs))),
    ...(part === undefined ? [] : detail(page, "", part, { paintText: page.style.cyan })),
    ...(exchange === undefined ? [] : curlLines(exchange, page)),
  ];
}
