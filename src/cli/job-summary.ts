import { appendFileSync, statSync } from "node:fs";
import { type AnyReport, render } from "../index.ts";
import type { Host } from "./host.ts";
import { whyUnwritten } from "./outputs.ts";
import type { Unwritten } from "./reports.ts";

/** GitHub refuses a step's summary that is larger, as a whole. */
const LARGEST = 1_024 * 1_024;

/** Adds the report to the job's summary, where GitHub Actions named a file for one. */
export async function addToJobSummary(report: AnyReport, { env }: Host): Promise<readonly Unwritten[]> {
  const file = env.GITHUB_STEP_SUMMARY;
  if (file === undefined || file === "") return [];
  try {
    const taken = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    appendFileSync(file, await render(report, "markdown", { maxBytes: LARGEST - taken }));
    return [];
  } catch (error) {
    return [{ request: { format: "github", file }, why: whyUnwritten(error), readerLeft: false }];
  }
}
