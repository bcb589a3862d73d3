import type { Cause, RunReport } from "../model/report.ts";
import { labelled } from "./layout.ts";
import type { Page } from "./page.ts";
import { safeText } from "./safe-text.ts";
import { plural } from "./wording.ts";

/** Causes named in the list; the rest is only counted. */
const MOST_CAUSES = 8;
const MOST_IDS = 5;

/** What to mend first. Said only where there is something to choose. */
export function causeLines(report: RunReport, page: Page): readonly string[] {
  const { causes } = report;
  const saysMore = causes.length > 1 || causes.some(({ behaviours }) => behaviours.length > 1);
  if (!saysMore) return [];
  const shown = causes
    .slice(0, MOST_CAUSES)
    .flatMap((cause, index) =>
      labelled({ label: `${index + 1}.`, text: causeText(cause, report), width: page.width, column: 3 }),
    );
  const rest = causes.length - MOST_CAUSES;
  return rest > 0 ? [...shown, `   and ${rest} more, in the order below`] : shown;
}

function causeText(cause: Cause, report: RunReport): string {
  const ids = cause.behaviours.map(safeText);
  const words = causeWords(cause);
  if (words === undefined) return `${ids[0] ?? ""} ${safeText(statementOf(cause, report))}`;
  const named = ids.slice(0, MOST_IDS).join(", ");
  const more = ids.length > MOST_IDS ? ` and ${ids.length - MOST_IDS} more` : "";
  return `${safeText(words)}: breaks ${plural(ids.length, "behaviour")} (${named}${more})`;
}

/** What is behind several failures, in a few words; undefined where a failure stands for itself. */
export function causeWords({
  refusal,
  misplaced,
  notHeeded,
  notShown,
  behaviours,
}: Cause): string | undefined {
  if (refusal !== undefined) {
    return /^\d/.test(refusal.answer)
      ? `${refusal.request} is answered ${refusal.answer}`
      : `${refusal.request} gets no answer (${refusal.answer})`;
  }
  if (misplaced !== undefined) return `what belongs at the root of a resource stands inside ${misplaced}`;
  if (behaviours.length < 2) return undefined;
  if (notHeeded !== undefined) return `${notHeeded} is not heeded`;
  return notShown === undefined ? undefined : `${notShown} is not shown`;
}

/** The sentence that is broken, of the worst behaviour behind a cause. */
export const statementOf = ({ behaviours: [worst] }: Cause, { behaviours }: RunReport): string =>
  behaviours.find(({ id }) => id === worst)?.statement ?? "";

/** Behaviours in the order of their causes, so that what belongs together stands together. */
export function byCause<Item extends { readonly id: string }>(
  items: readonly Item[],
  causes: readonly Cause[],
): readonly Item[] {
  const order = new Map(causes.flatMap(({ behaviours }) => behaviours).map((id, index) => [id, index]));
  const place = ({ id }: Item) => order.get(id) ?? order.size;
  return items.toSorted((one, other) => place(one) - place(other));
}
