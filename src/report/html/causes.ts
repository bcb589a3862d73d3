import type { Cause, RunReport } from "../../model/report.ts";
import { causeWords, statementOf } from "../cause-lines.ts";
import { SILENCE_WORDS } from "../wording.ts";
import { type Markup, markup, NOTHING, prose } from "./markup.ts";

/** What to mend, most harmful first. One refused request may break a dozen behaviours, and is one thing to mend. */
export function causesSection(report: RunReport): Markup {
  const { causes } = report;
  if (causes.length === 0) return NOTHING;
  return markup`<section id="causes" aria-labelledby="causes-title">
<h2 id="causes-title">What to mend first</h2>
<ol class="causes">${causes.map((cause) => markup`<li>${causeEntry(cause, report)}</li>`)}</ol>
</section>`;
}

function causeEntry(cause: Cause, report: RunReport): Markup {
  const { behaviours } = cause;
  const worst = report.behaviours.find(({ id }) => id === behaviours[0]);
  return markup`<p class="cause">${causeTitle(cause, report)}</p>
<p class="ids">${behaviours.map((id) => markup`<a href="#${id}">${id}</a> `)}</p>
${worst === undefined ? NOTHING : markup`<p class="harm">${prose(worst.consequence)}</p>`}`;
}

/** `PATCH /Groups/{id} is answered 501`, or the sentence that is broken. */
export function causeTitle(cause: Cause, report: RunReport): Markup {
  const { refusal } = cause;
  if (refusal === undefined) return prose(causeWords(cause) ?? statementOf(cause, report));
  const came = /^\d/.test(refusal.answer)
    ? markup`is answered <b>${refusal.answer}</b>`
    : markup`gets no answer: ${silenceText(refusal.answer)}`;
  return markup`<code>${refusal.request}</code> ${came}`;
}

const silenceText = (reason: string) =>
  (SILENCE_WORDS as Readonly<Record<string, string | undefined>>)[reason] ?? reason;
