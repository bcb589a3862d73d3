import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunOptions, type RunReport, run } from "../../src/index.ts";

/** A run against the embedded server, which was told to do some things wrong. */
export async function embedded(options: RunOptions): Promise<RunReport> {
  const stateFolder = mkdtempSync(join(tmpdir(), "scim-check-html-"));
  try {
    return await run({ embedded: true, seed: 7, largeGroup: 200, ...options }, { stateFolder });
  } finally {
    rmSync(stateFolder, { recursive: true, force: true });
  }
}

/** Breaks memberships, activity and the paging of lists: several causes, several flows, both kinds of app. */
export const failing = () =>
  embedded({
    defect: ["filtered-remove-does-nothing", "put-ignores-active-false", "active-as-text-in-lists"],
    behaviour: ["OKTA-MEMBER-*", "OKTA-DEACT-*", "OKTA-LOOKUP-*", "OKTA-CREATE-*", "OKTA-RATE-*"],
  });

/** The report many times over: as many behaviours and exchanges as the largest runs have. */
export function multiplied(report: RunReport, behaviours: number, exchanges: number): RunReport {
  const all = Array.from({ length: behaviours }, (_, index) => {
    const one = report.behaviours[index % report.behaviours.length];
    if (one === undefined) throw new Error("a report without behaviours");
    return index < report.behaviours.length ? one : { ...one, id: `${one.id}-${index}` };
  });
  const scenarios = [...report.scenarios];
  const countOf = (list: typeof scenarios) =>
    list.reduce((sum, { steps }) => sum + steps.reduce((part, step) => part + step.exchanges.length, 0), 0);
  const once = report.scenarios.filter((scenario) => countOf([scenario]) > 0);
  for (let copy = 0; countOf(scenarios) < exchanges; copy += 1) {
    const one = once[copy % once.length];
    if (one === undefined) throw new Error("a report without exchanges");
    scenarios.push({ ...one, id: `${one.id}-${copy}` });
  }
  return { ...report, behaviours: all, scenarios };
}
