import type { Level } from "../../model/behaviour.ts";
import type { Citation } from "../../model/citation.ts";
import type { BehaviourReport, RunReport } from "../../model/report.ts";
import { type BrokenPlace, brokenPlaces, evidenceAt, unplacedClaims } from "../broken-places.ts";
import { reasonText } from "../known-lines.ts";
import { brokenForOnly, documentedBy } from "../standing.ts";
import { appsText, capitalised, FLOW_TITLES, LEVEL_WORDS, plural, STANDARD_NAMES } from "../wording.ts";
import { exchangeEntry } from "./exchange.ts";
import { brokenClaim, diffBlock } from "./findings.ts";
import { bodyDiff } from "./json-diff.ts";
import { lookOf, sign } from "./mark.ts";
import { type Markup, markup, NOTHING, prose } from "./markup.ts";
import { twoSides } from "./two-sides.ts";

/** Exchanges of one step that are shown here; the log has all that the report kept. */
const MOST_EXCHANGES = 4;
const MOST_OTHER_PLACES = 3;

/** One broken behaviour in full: what was asked, what came, who asks for it, what Okta does, how to mend it. */
export function failure(behaviour: BehaviourReport, report: RunReport): Markup {
  const { tone, word, status } = lookOf(behaviour);
  const { id, statement, consequence, remedy } = behaviour;
  return markup`<article class="failure ${tone}" id="${id}" data-behaviour data-flow="${behaviour.flow}" data-level="${levelOf(behaviour)}" data-status="${status}" aria-labelledby="${id}-name">
<header><h4 id="${id}-name">${sign(tone)}<span class="sr">${word}: </span><a class="id" href="#${id}">${id}</a> <span class="statement">${prose(statement)}</span></h4>
<p class="about">${aboutText(behaviour)}</p>${markBlock(behaviour)}</header>
<div class="columns"><div class="evidence">
${unplacedClaims(behaviour).map((one) => brokenClaim(one, levelOf(behaviour)))}
${brokenPlaces(behaviour).map((place) => placeBlock(place, levelOf(behaviour), report))}
${openClaims(behaviour)}
${twoSides(behaviour.sides)}
</div>
<dl class="meaning">
<div><dt>What Okta does</dt><dd>${prose(consequence)}</dd></div>
<div><dt>How to mend it</dt><dd>${prose(remedy)}</dd></div>
<div><dt>Who asks for it</dt><dd><ul class="sources">${behaviour.citations.map((one) => markup`<li>${citation(one)}</li>`)}</ul></dd></div>
</dl></div>
</article>`;
}

/** The level that counts for the reader: of the strongest claim that is broken, else of the behaviour. */
export const levelOf = ({ brokenLevel, level }: BehaviourReport) => brokenLevel ?? level;

function aboutText(behaviour: BehaviourReport): string {
  const only = brokenForOnly(behaviour);
  const parts = [
    LEVEL_WORDS[levelOf(behaviour)],
    FLOW_TITLES[behaviour.flow],
    only.length === 0 ? appsText(behaviour.okta) : `broken for the ${appsText(only)} only`,
  ];
  return parts.map(capitalised).join(" · ");
}

/** Why a broken behaviour does not count, where somebody said so. */
function markBlock(behaviour: BehaviourReport): Markup {
  const documented = documentedBy(behaviour);
  return markup`${documented === undefined ? NOTHING : markup`<p class="mark"><b>Documented by the product, not counted.</b> ${documented}</p>`}${(behaviour.known ?? []).map((reason) => markup`<p class="mark"><b>Known deviation.</b> ${reasonText(reason)}</p>`)}`;
}

function placeBlock(place: BrokenPlace, level: Level, report: RunReport): Markup {
  const { write, exchanges, shown: answered } = evidenceAt(report, place);
  const diff =
    answered?.outcome.kind === "answer"
      ? bodyDiff(
          answered.outcome.body,
          place.claims.flatMap(({ findings }) => findings),
        )
      : undefined;
  const last = exchanges.slice(-MOST_EXCHANGES);
  const rest = answered === undefined || last.includes(answered) ? last : [answered];
  const shown = [...(write === undefined ? [] : [write]), ...rest];
  const left = exchanges.length - rest.length;
  return markup`${place.claims.map((one) => brokenClaim(one, level))}
${diff === undefined ? NOTHING : diffBlock(diff)}
<div class="seen"><p class="place">Seen in <code>${place.scenario}</code>, step <code>${place.step}</code>${
    place.also.length === 0
      ? NOTHING
      : markup` <span class="also">and in ${plural(place.also.length, "other place")}: ${alsoText(place.also)}</span>`
  }</p>
${left > 0 ? markup`<p class="remark">${plural(left, rest === last ? "earlier request" : "other request")} of this step ${left === 1 ? "is" : "are"} in the log below.</p>` : NOTHING}
${shown.map(exchangeEntry)}</div>`;
}

function alsoText(also: readonly string[]): string {
  const shown = also.slice(0, MOST_OTHER_PLACES).join("; ");
  return also.length > MOST_OTHER_PLACES ? `${shown}; …` : shown;
}

/** One broken claim does not tell about the others: those that stayed open are named. */
function openClaims({ claims }: BehaviourReport): Markup {
  const open = claims.flatMap(({ id, text, verdict }) =>
    verdict.kind === "unknown" ? [{ id, text, why: verdict.why }] : [],
  );
  if (open.length === 0) return NOTHING;
  return markup`<ul class="open-claims">${open.map(
    ({ id, text, why }) =>
      markup`<li>${sign("open")}<span>${prose(text)} <span class="why">Could not tell: ${why}</span> <code class="claim-id">${id}</code></span></li>`,
  )}</ul>`;
}

/** Who published the sentence, and where it stands. Only addresses that lead to the web become links. */
export function citation({ document, section, standard, url }: Citation): Markup {
  const name = markup`${document}${section === "" ? "" : `, ${section}`}`;
  const publisher = markup`<span class="publisher">${capitalised(STANDARD_NAMES[standard])}</span>`;
  if (!/^https?:\/\//.test(url)) return markup`${publisher} ${name}${url === "" ? "" : ` (${url})`}`;
  return markup`${publisher} <a href="${url}" rel="noreferrer noopener">${name}</a>`;
}
