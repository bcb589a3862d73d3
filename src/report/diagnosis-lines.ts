import type { Diagnosis } from "../model/report.ts";
import { detail, type Page } from "./page.ts";
import { safeText } from "./safe-text.ts";

/** Documented troubles of the product that this run has run into, each with its cause and what to do. */
export function diagnosisLines(diagnoses: readonly Diagnosis[], page: Page): readonly string[] {
  return diagnoses.flatMap(({ symptom, cause, remedy, citation, seen }) => [
    page.style.bold(safeText(symptom)),
    ...detail(page, "seen", safeText(seen)),
    ...detail(page, "cause", safeText(cause)),
    ...detail(page, "to do", safeText(remedy)),
    ...detail(page, "source", `${safeText(citation.document)} ${safeText(citation.url)}`),
  ]);
}

/** The same in one line each, for formats that have no room of their own for it. */
export const diagnosisSentence = ({ symptom, cause, remedy, citation, seen }: Diagnosis): string =>
  `${symptom} ${cause} ${remedy} Seen here: ${seen} (${citation.document}, ${citation.url})`;
