import type { BehaviourReport, Cause, RunReport } from "../../model/report.ts";
import { byCause } from "../cause-lines.ts";
import { isAdviceOnly, type Standing, standingOf } from "../standing.ts";
import { plural } from "../wording.ts";
import { behaviourRow } from "./behaviour-row.ts";
import { causeTitle } from "./causes.ts";
import { failure } from "./failure.ts";
import { filterBar } from "./filter-bar.ts";
import { type Markup, markup, NOTHING } from "./markup.ts";

/** Every behaviour once: what is broken in full and first, everything else on a line that can be opened. */
export function behavioursSection(report: RunReport): Markup {
  if (report.behaviours.length === 0) return NOTHING;
  const of = (...wanted: readonly Standing[]) =>
    wanted.flatMap((one) => report.behaviours.filter((behaviour) => standingOf(behaviour) === one));
  const advice = report.behaviours.filter(isAdviceOnly);
  const kept = of("pass").filter((behaviour) => !advice.includes(behaviour));
  return markup`<section id="behaviours" aria-labelledby="behaviours-title">
<h2 id="behaviours-title">Behaviours</h2>
${filterBar(report)}
${failures("broken", "Broken musts", "bad", of("must-broken"), report)}
${failures("broken-shoulds", "Broken shoulds", "warn", of("should-broken"), report)}
${failures("documented", "Broken, and documented by the product", "open", of("documented"), report)}
${failures("known", "Broken, and known", "open", of("known"), report)}
${rows("advice", "Advice, never a failure", advice)}
${rows(
  "open",
  "Could not tell",
  of("must-unknown", "unknown").filter((one) => !advice.includes(one)),
)}
${rows("kept", "Kept", kept)}
${rows(
  "not-asked",
  "Not asked",
  of("skip").filter((one) => !advice.includes(one)),
)}
<p class="nothing" hidden>Nothing matches. <button type="button" class="clear">Clear the filters</button></p>
</section>`;
}

function failures(
  id: string,
  title: string,
  tone: string,
  behaviours: readonly BehaviourReport[],
  report: RunReport,
): Markup {
  if (behaviours.length === 0) return NOTHING;
  const ordered = byCause(behaviours, report.causes);
  return markup`<section class="group ${tone}" id="${id}" aria-labelledby="${id}-title" data-group>
<h3 id="${id}-title">${title} <span class="count">${ordered.length}</span></h3>
${ordered.map((behaviour, index) => markup`${causeHeading(behaviour, ordered[index - 1], ordered, report)}${failure(behaviour, report)}`)}
</section>`;
}

/** Above the first of several behaviours that one cause breaks. */
function causeHeading(
  behaviour: BehaviourReport,
  before: BehaviourReport | undefined,
  among: readonly BehaviourReport[],
  report: RunReport,
): Markup {
  const cause = causeOf(behaviour, report.causes);
  if (cause === undefined || (before !== undefined && causeOf(before, report.causes) === cause)) {
    return NOTHING;
  }
  const count = among.filter((one) => cause.behaviours.includes(one.id)).length;
  if (count < 2) return NOTHING;
  return markup`<p class="cause-heading">${causeTitle(cause, report)}, which breaks ${plural(count, "behaviour")}:</p>`;
}

const causeOf = ({ id }: BehaviourReport, causes: readonly Cause[]) =>
  causes.find(({ behaviours }) => behaviours.includes(id));

function rows(id: string, title: string, behaviours: readonly BehaviourReport[]): Markup {
  if (behaviours.length === 0) return NOTHING;
  return markup`<section class="group" id="${id}" aria-labelledby="${id}-title" data-group>
<h3 id="${id}-title">${title} <span class="count">${behaviours.length}</span></h3>
<div class="rows">${behaviours.map(behaviourRow)}</div>
</section>`;
}
