import type { BehaviourReport, RunReport } from "../../model/report.ts";
import { FLOW_TITLES, LEVEL_WORDS } from "../wording.ts";
import { levelOf } from "./failure.ts";
import { lookOf } from "./mark.ts";
import { type Markup, markup } from "./markup.ts";

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

/** Filters by text, status, level and flow. Hidden until the script is there to obey them. */
export function filterBar({ behaviours }: RunReport): Markup {
  return markup`<form class="filters" id="filters" role="search" aria-label="Filter the behaviours" hidden>
<label class="text-filter"><span>Search</span><input type="search" name="text" autocomplete="off" spellcheck="false" placeholder="id, statement, answer… ( / )"></label>
${choice(
  "status",
  "Status",
  choices(behaviours, (one) => lookOf(one).status, STATUS_WORDS),
)}
${choice("level", "Level", choices(behaviours, levelOf, LEVEL_WORDS))}
${choice(
  "flow",
  "Flow",
  choices(behaviours, ({ flow }) => flow, FLOW_TITLES),
)}
<button type="reset">Clear</button>
<output class="shown" aria-live="polite"></output>
</form>`;
}

const STATUS_WORDS: Readonly<Record<string, string>> = {
  broken: "broken",
  documented: "documented",
  known: "known deviation",
  advice: "advice",
  open: "could not tell",
  kept: "kept",
  "not-asked": "not asked",
};

/** The values that occur, in the order of their words. */
function choices(
  behaviours: readonly BehaviourReport[],
  pick: (behaviour: BehaviourReport) => string,
  words: Readonly<Record<string, string>>,
): readonly Choice[] {
  return Object.entries(words).flatMap(([value, label]) => {
    const count = behaviours.filter((behaviour) => pick(behaviour) === value).length;
    return count === 0 ? [] : [{ value, label, count }];
  });
}

export function choice(name: string, label: string, options: readonly Choice[]): Markup {
  return markup`<label><span>${label}</span><select name="${name}"><option value="">all</option>${options.map(
    ({ value, label: word, count }) => markup`<option value="${value}">${word} (${count})</option>`,
  )}</select></label>`;
}
