import type { LoadReport } from "../../../model/load.ts";
import { FINDING_KINDS, type Finding } from "../../../model/load-reconciliation.ts";
import { targetName } from "../../../model/target-name.ts";
import { bytesText, msText, rateText, shareText } from "../../load/figures.ts";
import { brokenTitle } from "../../load/verdicts.ts";
import { leftoverHint, stateText } from "../../removal.ts";
import { capitalised, countText, durationText, EXIT_SENTENCES, plural } from "../../wording.ts";
import { sign, type Tone } from "../mark.ts";
import { breakable, type Markup, markup, NOTHING, prose } from "../markup.ts";

/** Did it hold? The answer, and the figures that matter most. */
export function loadSummary(report: LoadReport): Markup {
  const { outcome, target, plan, notes, run } = report;
  const { tone, word } = answerOf(report);
  const name = targetName(target);
  return markup`<section id="summary" aria-labelledby="question">
<h1 id="question">Does <span class="target${target.kind === "remote" ? " address" : ""}">${breakable(name)}</span> hold this load?</h1>
<p class="profile">${plan.title} <code>${plan.name}</code></p>
<div class="cards"><div class="card ${tone}">${sign(tone)}<div><h2>Verdict</h2><p class="answer">${word}</p><p class="reason">${capitalised(outcome.why)}</p></div></div></div>
<dl class="figures">${figuresOf(report).map(([label, value, remark]) => markup`<div><dt>${label}</dt><dd>${value}</dd>${remark === "" ? NOTHING : markup`<dd class="remark">${remark}</dd>`}</div>`)}</dl>
<p class="exit ${tone}">Exit code ${outcome.exitCode} (${EXIT_SENTENCES[outcome.exitCode]}).</p>
${run.endedEarly === undefined ? NOTHING : markup`<p>Ended early: ${run.endedEarly}</p>`}
${notes.length === 0 ? NOTHING : markup`<ul class="notes">${notes.map((note) => markup`<li>${prose(note)}</li>`)}</ul>`}
${machine(report)}
</section>`;
}

function answerOf({ outcome, stopped }: LoadReport): { readonly tone: Tone; readonly word: string } {
  if (stopped !== undefined) return { tone: "open", word: "Could not tell" };
  if (outcome.exitCode === 0) return { tone: "good", word: "Yes" };
  return outcome.exitCode === 1 ? { tone: "bad", word: "No" } : { tone: "open", word: "Could not tell" };
}

function figuresOf(report: LoadReport): readonly (readonly [string, string, string])[] {
  const { rate, requests, totals, throttling, run, plan } = report;
  const share = totals.requests === 0 ? 0 : totals.errors / totals.requests;
  const offered =
    plan.closed === undefined ? `of ${rateText(rate.offered)} offered` : plural(plan.closed.users, "user");
  return [
    ["Plays", rateText(rate.achieved), offered],
    ["Requests", rateText(rate.requests), `${countText(totals.requests)} in ${durationText(run.durationMs)}`],
    ["Median", msText(requests.response.p50), ""],
    ["99th percentile", msText(requests.response.p99), `slowest ${msText(requests.response.max)}`],
    ["Errors", shareText(share), countText(totals.errors)],
    ["Refused, 429", shareText(throttling.share), countText(throttling.refused)],
    ["Dropped", countText(totals.dropped), `${countText(totals.deferred)} deferred`],
  ];
}

/** What this machine measured with: a generator that was too slow says nothing about the server. */
function machine({ generator, stopped }: LoadReport): Markup {
  if (stopped !== undefined) return NOTHING;
  const { limited, why, lateStartP99Ms, cpuShare, memoryPeakBytes } = generator;
  const figures = `Plays started at most ${msText(lateStartP99Ms)} late (p99), with ${shareText(cpuShare)} of a core and ${bytesText(memoryPeakBytes)} of memory.`;
  if (!limited) return markup`<p class="remark">This machine kept up. ${figures}</p>`;
  return markup`<p class="mark"><b>This machine did not keep up.</b> ${why.join("; ")}. Times and rates say more about it than about the server. ${figures}</p>`;
}

const TONES = { met: "good", breached: "bad", unknown: "open" } as const;
const WORDS = { met: "met", breached: "breached", unknown: "could not tell" } as const;

export function thresholdsSection({ thresholds }: LoadReport): Markup {
  if (thresholds.length === 0) return NOTHING;
  return markup`<section id="thresholds" aria-labelledby="thresholds-title"><h2 id="thresholds-title">Thresholds</h2><ul class="checks">${thresholds.map(
    ({ text, verdict, why }) =>
      markup`<li>${sign(TONES[verdict])}<span><span class="sr">${WORDS[verdict]}: </span>${why.includes(text) ? NOTHING : markup`<code>${text}</code> `}<span class="why">${why}</span></span></li>`,
  )}</ul></section>`;
}

/** The state read back after the load: what was acknowledged has to be there. */
export function stateSection(report: LoadReport): Markup {
  const { reconciled, broken } = report;
  const claims =
    broken.length === 0
      ? NOTHING
      : markup`<h3>${brokenTitle(report)}</h3><ul class="checks">${broken
          .slice(0, 20)
          .map(
            (one) =>
              markup`<li>${sign("bad")}<span><code>${one.claim}</code> at ${one.operation}: ${countText(one.broken)} of ${countText(one.judged)}${one.expected === undefined ? "" : `; expected ${one.expected}`}${one.actual === undefined ? "" : `, got ${one.actual}`}</span></li>`,
          )}</ul>`;
  return markup`<section id="state" aria-labelledby="state-title"><h2 id="state-title">What the server kept</h2>${readBack(reconciled)}${claims}</section>`;
}

/** What the load made and could not remove. */
export function loadLeftovers({ leftovers }: LoadReport): Markup {
  if (leftovers.length === 0) return NOTHING;
  return markup`<section id="leftovers" aria-labelledby="leftovers-title"><h2 id="leftovers-title">Left on the server <span class="count">${countText(leftovers.length)}</span></h2><p>${prose(leftoverHint(leftovers))}</p><ul class="leftovers">${leftovers
    .slice(0, 50)
    .map(
      ({ collection, name, state, why }) =>
        markup`<li>${collection} <b>${name}</b> ${stateText(state)}: ${why}</li>`,
    )}</ul></section>`;
}

function readBack(reconciled: LoadReport["reconciled"]): Markup {
  if (reconciled.kind === "unknown") return markup`<p>${sign("open")} Could not tell: ${reconciled.why}</p>`;
  const { users, groups, members, membersUntold, counts, findings } = reconciled;
  const untold =
    membersUntold === undefined
      ? NOTHING
      : markup`<p>${sign("open")} Who is in which group could not be told: ${membersUntold}</p>`;
  const compared = `${plural(users, "person", "people")}, ${plural(groups, "group")} and ${plural(members, "membership")} were read back and compared.`;
  const kinds = FINDING_KINDS.filter((kind) => counts[kind] > 0);
  if (kinds.length === 0)
    return markup`${untold}<ul class="checks"><li>${sign("good")}<span>${membersUntold === undefined ? "Everything" : "Everybody and every group that"} the server acknowledged is there, and nothing else. <span class="why">${compared}</span></span></li></ul>`;
  return markup`${untold}<p>${compared}</p><ul class="checks">${kinds.map(
    (kind) =>
      markup`<li>${sign("bad")}<span><b>${countText(counts[kind])} ${kind.replaceAll("-", " ")}</b><br>${findings
        .filter((finding) => finding.kind === kind)
        .slice(0, 10)
        .map(findingLine)}</span></li>`,
  )}</ul>`;
}

function findingLine({ collection, name, id, members = [], detail }: Finding): Markup {
  const shownId = id === undefined ? NOTHING : markup` (<code>${id}</code>)`;
  const who = members.length === 0 ? NOTHING : markup` <span class="why">${members.join(", ")}</span>`;
  return markup`${collection} ${name}${shownId}: ${prose(detail)}${who}<br>`;
}
