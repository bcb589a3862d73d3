import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openFileLedger } from "../../../src/ledger/file-ledger.ts";
import { forgetLedger, forgetRuns, owedIn, readLedgers } from "../../../src/ledger/read-ledgers.ts";
import { BadInput } from "../../../src/model/problem.ts";

const HEADER = { run: "abc123", url: "https://scim.example.com/scim/v2", startedAt: "2026-01-05T09:00:00Z" };
const LEFT = { kind: "user", id: "7", userName: "left@example.com" } as never;
const owed = { id: "pause/off", request: { method: "PATCH", path: "/Settings", headers: [] } };

const folder = () => mkdtempSync(join(tmpdir(), "scim-check-records-"));

describe("a folder for records that is removed while a run writes to it", () => {
  it("ends nothing, and is told where something is left behind", () => {
    const here = folder();
    const ledger = openFileLedger(here, HEADER);
    rmSync(here, { recursive: true });
    ledger.lease(1, 256);
    ledger.owe?.(owed);
    expect(ledger.close([])).toMatch(
      /^What is left behind is not all on record in .+ \(ENOENT\), so that `scim-check cleanup` may miss some of it\.$/,
    );
  });

  it("is no matter where nothing is left behind", () => {
    const here = folder();
    const ledger = openFileLedger(here, HEADER);
    ledger.owe?.(owed);
    rmSync(here, { recursive: true });
    ledger.paid?.(owed.id);
    expect(ledger.close([])).toBeUndefined();
  });

  it("leaves nothing to undo, and nothing to forget, for whoever had read it before", () => {
    const here = folder();
    openFileLedger(here, HEADER).owe?.(owed);
    const [ledger] = readLedgers(here);
    if (ledger === undefined) throw new Error("the ledger is not read");
    expect(owedIn(ledger)).toEqual([owed]);
    rmSync(here, { recursive: true });
    expect(owedIn(ledger)).toEqual([]);
    expect(forgetLedger(ledger)).toBeUndefined();
    expect(readLedgers(here)).toEqual([]);
  });
});

describe("a folder for records that is no folder any more", () => {
  it("is told from one in which nothing is left, and costs no results", () => {
    const here = join(folder(), "records");
    writeFileSync(here, "x");
    expect(() => readLedgers(here)).toThrow(BadInput);
    expect(() => readLedgers(here)).toThrow(/cannot be read \(ENOTDIR\)/);
    expect(() => forgetRuns(here, [HEADER.run])).not.toThrow();
  });
});

describe.runIf(process.platform === "linux")("a disk that fills up while a run writes its record", () => {
  it("leaves the run on record, by whose marker everything is found, and says what may be missed", () => {
    const here = folder();
    const ledger = new URL("../../../dist/ledger/file-ledger.js", import.meta.url);
    const script = `
      const { openFileLedger } = await import(${JSON.stringify(ledger)});
      const ledger = openFileLedger(${JSON.stringify(here)}, ${JSON.stringify(HEADER)});
      for (let number = 1; number < 100_000; number += 256) ledger.lease(number, number + 255);
      console.log(ledger.close([${JSON.stringify(LEFT)}]));`;
    // No file may be larger than a kilobyte.
    const told = execFileSync("bash", [
      "-c",
      `ulimit -f 1; exec "$0" --input-type=module -e "$1"`,
      process.execPath,
      script,
    ]);
    expect(String(told)).toMatch(/is not all on record in .+ \(EFBIG\)/);
    expect(readdirSync(here)).toEqual(["abc123.jsonl"]);
    expect(readLedgers(here)).toMatchObject([HEADER]);
  });
});
