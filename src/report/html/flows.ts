import { FLOWS, type Flow } from "../../model/behaviour.ts";
import type { BehaviourReport, RunReport } from "../../model/report.ts";
import { FLOW_TITLES } from "../wording.ts";
import { type Markup, markup, NOTHING } from "./markup.ts";
import { bar, sharesOf } from "./verdict-bar.ts";

/** What each of Okta's errands came to. The names filter the behaviours once the script is there. */
export function flowsSection({ behaviours }: RunReport): Markup {
  const flows = FLOWS.filter((flow) => behaviours.some((one) => one.flow === flow));
  if (flows.length < 2) return NOTHING;
  const largest = Math.max(...flows.map((flow) => of(behaviours, flow).length));
  return markup`<section id="flows" aria-labelledby="flows-title">
<h2 id="flows-title">By flow</h2>
<table class="flows"><thead><tr><th scope="col">Flow</th><th scope="col" class="number">Broken</th><th scope="col" class="number">Open</th><th scope="col" class="number">Kept</th><th scope="col" class="number">Not asked</th><td></td></tr></thead>
<tbody>${flows.map((flow) => flowRow(flow, of(behaviours, flow), largest))}</tbody></table>
</section>`;
}

const of = (behaviours: readonly BehaviourReport[], flow: Flow) =>
  behaviours.filter((behaviour) => behaviour.flow === flow);

function flowRow(flow: Flow, behaviours: readonly BehaviourReport[], largest: number): Markup {
  const count = (kind: BehaviourReport["verdict"]["kind"]) =>
    behaviours.filter(({ verdict }) => verdict.kind === kind).length;
  return markup`<tr><th scope="row"><a href="#behaviours" data-show-flow="${flow}">${FLOW_TITLES[flow]}</a></th>${cell(count("fail"), "bad")}${cell(count("unknown"), "open")}${cell(count("pass"), "good")}${cell(count("skip"), "quiet")}<td class="flow-bar">${bar(sharesOf(behaviours), largest)}</td></tr>`;
}

const cell = (count: number, tone: string) =>
  markup`<td class="number ${count === 0 ? "none" : tone}">${count}</td>`;
