import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { type RunReport, run } from "../../src/index.ts";
import type { RunningServer } from "./running-server.ts";
import {
  differencesOf,
  explainedIn,
  fingerprintOf,
  toExplain,
  type Verdicts,
  verdictsOf,
} from "./verdicts.ts";

/** `UPDATE=1` writes what came out to expected.json; why.md has to be written by somebody who has looked. */
const UPDATE = process.env.UPDATE === "1";

const fileOf = (server: string, name: string) =>
  fileURLToPath(new URL(`./${server}/${name}`, import.meta.url));

/** Runs scim-check against the server, for both kinds of Okta app. */
export async function judged(server: RunningServer, concurrency: number): Promise<RunReport> {
  const stateFolder = mkdtempSync(join(tmpdir(), "scim-check-servers-"));
  try {
    // Both servers answer from memory: a write that does not show at once never will.
    const options = {
      url: server.url,
      token: server.token,
      largeGroup: 300,
      seed: 20_261_124,
      settle: 0,
      concurrency,
    };
    return await run(options, { stateFolder });
  } finally {
    rmSync(stateFolder, { recursive: true, force: true });
  }
}

/** The text that the server answers to a GET. */
export async function got(server: RunningServer, path: string): Promise<string> {
  const answer = await fetch(`${server.url}${path}`, {
    headers: { Authorization: `Bearer ${server.token}` },
  });
  return await answer.text();
}

/**
 * What is asked of every run against a server nobody here wrote: the committed verdicts, each fail explained, and
 * nothing left behind. `server` is the folder with `expected.json` and `why.md`.
 */
export function tellsTheTruth(server: string, reportOf: () => RunReport | undefined): void {
  const expectedText = () => readFileSync(fileOf(server, "expected.json"), "utf8");
  const why = () => readFileSync(fileOf(server, "why.md"), "utf8");

  it("comes to the verdicts of expected.json", () => {
    const report = present(reportOf());
    if (UPDATE) {
      writeFileSync(fileOf(server, "expected.json"), `${JSON.stringify(verdictsOf(report), null, 2)}\n`);
    }
    const differences = differencesOf(JSON.parse(expectedText()) as Verdicts, report);
    expect(differences, `${differences.join("\n")}\nUPDATE=1 writes what came out.\n`).toEqual([]);
  });

  it("has an explanation of every fail and every open verdict, and of nothing else, in why.md", () => {
    expect(explainedIn(why())).toEqual(toExplain(JSON.parse(expectedText()) as Verdicts));
  });

  it("has why.md written for this expected.json", () => {
    const fingerprint = fingerprintOf(expectedText());
    expect(
      why().includes(fingerprint),
      `expected.json has changed. Look at what changed, explain it in why.md, and put this there:\nsha256 ${fingerprint}\n`,
    ).toBe(true);
  });

  it("judges to the end, and fails the run for the broken requirements", () => {
    const { outcome, run: facts, stopped } = present(reportOf());
    process.stdout.write(`${server}: ${facts.requests} requests in ${facts.durationMs} ms\n`);
    expect(stopped).toBeUndefined();
    expect(facts.interrupted).toBe(false);
    expect(outcome.exitCode).toBe(1);
  });

  it("reports nothing left over", () => {
    expect(present(reportOf()).leftovers).toEqual([]);
  });
}

function present(report: RunReport | undefined): RunReport {
  if (report === undefined) throw new Error("The run brought no report.");
  return report;
}
