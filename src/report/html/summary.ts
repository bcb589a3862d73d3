import type { Fitness, RunReport } from "../../model/report.ts";
import { targetName } from "../../model/target-name.ts";
import { diagnosisSentence } from "../diagnosis-lines.ts";
import { exitText } from "../outcome.ts";
import { APP_NAMES, capitalised, countText, durationText, plural } from "../wording.ts";
import { sign, type Tone } from "./mark.ts";
import { breakable, type Markup, markup, NOTHING } from "./markup.ts";
import { verdictBar } from "./verdict-bar.ts";

/** Ids named on a card; more are only counted. */
const MOST_IDS = 6;

/** Will Okta work with this endpoint? The answer for each kind of app, then what it rests on. */
export function summary(report: RunReport): Markup {
  const { outcome } = report;
  const cards = [...outcome.fitness.map(fitnessCard), ...rfcCard(report)];
  return markup`<section id="summary" aria-labelledby="question">
<h1 id="question">Will Okta work with <span class="target${report.target.kind === "remote" ? " address" : ""}">${breakable(targetText(report))}?</span></h1>
${profileLine(report)}
<div class="cards">${cards}</div>
${verdictBar(report)}
<p class="exit ${exitTone(outcome.exitCode)}">${exitText(outcome)}</p>
${noteList(report)}
${facts(report)}
</section>`;
}

export const targetText = ({ target }: RunReport) => targetName(target);

function profileLine({ target }: RunReport): Markup {
  return target.profile === undefined
    ? NOTHING
    : markup`<p class="profile">Judged as <b>${target.profile}</b>, with what that product documents about itself.</p>`;
}

interface Answer {
  readonly tone: Tone;
  readonly word: string;
}

const ANSWERS: Readonly<Record<Fitness["fit"], Answer>> = {
  yes: { tone: "good", word: "Yes" },
  no: { tone: "bad", word: "No" },
  unknown: { tone: "open", word: "Could not tell" },
};

const fitnessCard = (fitness: Fitness) => card(capitalised(APP_NAMES[fitness.app]), fitness);

function rfcCard({ outcome: { rfc } }: RunReport): readonly Markup[] {
  if (rfc === undefined) return [];
  const { brokenMusts, unknownMusts } = rfc;
  const fit = brokenMusts.length > 0 ? "no" : unknownMusts.length > 0 ? "unknown" : "yes";
  return [card("Keeps RFC 7643 and 7644", { fit, brokenMusts, unknownMusts })];
}

function card(title: string, { fit, brokenMusts, unknownMusts }: Omit<Fitness, "app">): Markup {
  const { tone, word } = ANSWERS[fit];
  const ids = fit === "no" ? brokenMusts : fit === "unknown" ? unknownMusts : [];
  const more = ids.length - MOST_IDS;
  return markup`<div class="card ${tone}">${sign(tone)}<div><h2>${title}</h2><p class="answer">${word}</p><p class="reason">${reasonText(fit, ids.length)}</p>${
    ids.length === 0
      ? NOTHING
      : markup`<p class="ids">${ids.slice(0, MOST_IDS).map((id) => markup`<a href="#${id}">${id}</a> `)}${more > 0 ? `and ${more} more` : ""}</p>`
  }</div></div>`;
}

function reasonText(fit: Fitness["fit"], count: number): string {
  // With --strict a broken should is among them, so they are not called musts.
  if (fit === "no") return `${plural(count, "requirement is", "requirements are")} broken`;
  if (fit === "yes") return "Every requirement that was judged is kept";
  return count === 0 ? "Nothing could be judged" : `${plural(count, "requirement")} could not be told`;
}

const exitTone = (code: number): Tone => (code === 0 ? "good" : code === 1 ? "bad" : "open");

/** What a reader should know before reading on. */
function noteList({ run, target, notes, diagnoses = [] }: RunReport): Markup {
  const sentences = [
    ...(run.interrupted ? ["The run was interrupted; this report is partial."] : []),
    ...(target.kind === "embedded" || target.usersBefore === undefined
      ? []
      : [`The server said it had ${plural(target.usersBefore, "user")} before the run.`]),
    ...(run.settledAfterMs > 0
      ? [`Writes took up to ${durationText(run.settledAfterMs)} to show in reads.`]
      : []),
    ...notes,
    ...diagnoses.map(diagnosisSentence),
  ];
  if (sentences.length === 0) return NOTHING;
  return markup`<ul class="notes">${sentences.map((sentence) => markup`<li>${sentence}</li>`)}</ul>`;
}

function facts({ run, outcome, tool }: RunReport): Markup {
  const rows: readonly (readonly [string, string])[] = [
    ["Started", `${run.startedAt.slice(0, 19).replace("T", " ")} UTC`],
    ["Took", durationText(run.durationMs)],
    ["Requests", countText(run.requests)],
    ["Judged in full", `${outcome.judged} of ${plural(total(outcome.behaviours), "behaviour")}`],
    ["Seed", String(run.seed)],
    ["Run", run.id],
    ["Tool", `${tool.name} ${tool.version}`],
  ];
  return markup`<dl class="facts">${rows.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

const total = (counts: RunReport["outcome"]["behaviours"]) =>
  counts.pass + counts.fail + counts.unknown + counts.skip;
