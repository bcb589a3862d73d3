import type { RunReport } from "../model/report.ts";

/** A first list of known deviations, as YAML: everything binding that this run saw broken. */
export async function knownDeviations(report: RunReport): Promise<string> {
  const { knownDeviationsText } = await import("../config/known-deviations.ts");
  return knownDeviationsText(report);
}
