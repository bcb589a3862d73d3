import type { Level } from "../../model/behaviour.ts";
import type { BehaviourReport, ClaimReport } from "../../model/report.ts";
import type { Verdict } from "../../model/verdict.ts";
import { skipText } from "../unjudged.ts";
import { appsText, capitalised, FLOW_TITLES, LEVEL_WORDS, VERDICT_WORDS } from "../wording.ts";
import { citation, levelOf } from "./failure.ts";
import { brokenClaim } from "./findings.ts";
import { lookOf, sign, type Tone } from "./mark.ts";
import { type Markup, markup, NOTHING, prose } from "./markup.ts";
import { twoSides } from "./two-sides.ts";

const TONES: Readonly<Record<Verdict["kind"], Tone>> = {
  pass: "good",
  fail: "warn",
  unknown: "open",
  skip: "quiet",
};

/** One behaviour on a line, to be opened for its claims, its sources and where it was seen. */
export function behaviourRow(behaviour: BehaviourReport): Markup {
  const { tone, word, status } = lookOf(behaviour);
  const { id, statement, flow } = behaviour;
  return markup`<details class="row ${tone}" id="${id}" data-behaviour data-flow="${flow}" data-level="${levelOf(behaviour)}" data-status="${status}"><summary>${sign(tone)}<span class="sr">${word}: </span><span class="id">${id}</span> <span class="statement">${prose(statement)}</span>${reason(behaviour)}</summary>
<div class="row-body"><p class="about">${[LEVEL_WORDS[levelOf(behaviour)], FLOW_TITLES[flow], appsText(behaviour.okta)].map(capitalised).join(" · ")}</p>
<ul class="claims">${behaviour.claims.map((claim) => claimLine(claim, levelOf(behaviour)))}</ul>
<p class="sources">${behaviour.citations.map((one) => markup`<span class="source">${citation(one)}</span> `)}</p>
${twoSides(behaviour.sides)}
${placeList(behaviour)}</div></details>`;
}

/** Why there is no verdict, where there is none. */
function reason({ verdict, claims }: BehaviourReport): Markup {
  if (verdict.kind === "skip") return markup` <span class="why">${capitalised(skipText(verdict))}</span>`;
  if (verdict.kind !== "unknown") return NOTHING;
  const all = [verdict, ...claims.map((claim) => claim.verdict)];
  const reasons = new Set(all.flatMap((one) => (one.kind === "unknown" ? [one.why] : [])));
  const weight = verdict.neutral === true ? "Expected to stay open: " : "";
  return markup` <span class="why">${capitalised(`${weight}${[...reasons].join("; ")}`)}</span>`;
}

function claimLine(claim: ClaimReport, behaviourLevel: Level): Markup {
  const { id, text, level, verdict } = claim;
  if (verdict.kind === "fail")
    return markup`<li>${sign("warn")}${brokenClaim({ claim, findings: verdict.findings }, behaviourLevel)}</li>`;
  return markup`<li>${sign(TONES[verdict.kind])}<span><span class="sr">${VERDICT_WORDS[verdict.kind]}: </span>${prose(text)} ${level === behaviourLevel ? NOTHING : markup`<span class="tag">${LEVEL_WORDS[level]}</span> `}<code class="claim-id">${id}</code></span></li>`;
}

function placeList({ places }: BehaviourReport): Markup {
  const seen = [...new Set(places.map(({ scenario, step }) => `${scenario}, step ${step}`))];
  if (seen.length === 0) return NOTHING;
  const shown = seen.slice(0, 6);
  const more = seen.length - shown.length;
  return markup`<p class="remark">Seen in ${shown.join("; ")}${more > 0 ? ` and ${more} more ${more === 1 ? "place" : "places"}` : ""}.</p>`;
}
