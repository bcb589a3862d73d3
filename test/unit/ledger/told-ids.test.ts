import { appendFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { redactor } from "../../../src/http/redact.ts";
import { openFileLedger } from "../../../src/ledger/file-ledger.ts";
import { knownOf, type OpenLedger, owedIn, readLedgers } from "../../../src/ledger/read-ledgers.ts";

const HEADER = { run: "abc123", url: "https://scim.example.com/scim/v2", startedAt: "2026-01-05T09:00:00Z" };
const folder = () => mkdtempSync(join(tmpdir(), "scim-check-ids-"));

function onlyLedger(here: string): OpenLedger {
  const [ledger] = readLedgers(here);
  if (ledger === undefined) throw new Error("the ledger is not read");
  return ledger;
}

/** A load's ledger; `seen` are the texts that were searched for secrets. */
function loads(here: string, ms: number) {
  const seen: string[] = [];
  const clean = redactor(["secret-token-123"]);
  const conceal = (text: string) => {
    seen.push(text);
    return clean(text);
  };
  return { ledger: openFileLedger(here, HEADER, { ms, conceal }), seen };
}

describe("ids that answers told", () => {
  it("are on record at once in a run, which may be killed in the next moment", () => {
    const here = folder();
    const ledger = openFileLedger(here, HEADER);
    ledger.made?.("Users", "7");
    ledger.made?.("Groups", 'a "quoted"\nid');
    ledger.made?.("Users", "8");
    expect(knownOf(onlyLedger(here))).toEqual({
      ids: { Users: ["7", "8"], Groups: ['a "quoted"\nid'] },
      hasEnded: false,
      isPartlyHidden: false,
    });
  });

  it("are gathered under load, and nothing but a list in memory is touched for each", () => {
    const here = folder();
    const { ledger, seen } = loads(here, 3_600_000);
    const before = readFileSync(join(here, "abc123.jsonl"), "utf8");
    for (let id = 0; id < 1_000; id += 1) ledger.made?.("Users", String(id));
    expect(seen).toEqual([]);
    expect(readFileSync(join(here, "abc123.jsonl"), "utf8")).toBe(before);
    ledger.settle?.();
    ledger.settle?.();
    expect(seen).toHaveLength(1);
    expect(knownOf(onlyLedger(here)).ids.Users).toHaveLength(1_000);
  });

  it("come on record under load, however many come at once", async () => {
    const here = folder();
    const { ledger } = loads(here, 3_600_000);
    const told = Array.from({ length: 10_000 }, (_, at) => `an-id-of-some-length-${at}-ä`);
    for (const id of told) ledger.made?.("Users", id);
    ledger.settle?.();
    const sorted = () => knownOf(onlyLedger(here)).ids.Users.toSorted();
    await vi.waitFor(() => expect(sorted()).toEqual(told.toSorted()), { interval: 5 });
  });

  it("come on record under load by themselves, and soon", async () => {
    const here = folder();
    const { ledger } = loads(here, 1);
    ledger.made?.("Users", "7");
    await vi.waitFor(() => expect(knownOf(onlyLedger(here)).ids.Users).toEqual(["7"]), { interval: 5 });
    ledger.made?.("Groups", "8");
    await vi.waitFor(() => expect(knownOf(onlyLedger(here)).ids.Groups).toEqual(["8"]), { interval: 5 });
  });

  it("are masked where a server makes them of the token", () => {
    const here = folder();
    const { ledger } = loads(here, 1);
    ledger.made?.("Users", "of-secret-token-123");
    ledger.made?.("Users", "7");
    ledger.settle?.();
    expect(readFileSync(join(here, "abc123.jsonl"), "utf8")).not.toContain("secret-token-123");
    expect(knownOf(onlyLedger(here)).ids.Users).toContain("7");
  });

  it("are removed with the record where nothing is left behind, and stay where something is", () => {
    const here = folder();
    const first = openFileLedger(here, HEADER);
    first.made?.("Users", "7");
    expect(first.close([])).toBeUndefined();
    expect(readdirSync(here)).toEqual([]);
    const second = openFileLedger(here, HEADER);
    second.made?.("Users", "7");
    second.close([{ collection: "Users", name: "ann", id: "7", state: "deactivated", why: "kept" }]);
    expect(knownOf(onlyLedger(here))).toMatchObject({ ids: { Users: ["7"] }, hasEnded: true });
  });

  it("stop being written before the record is too large to be read, and everything else still is", () => {
    const here = folder();
    const { ledger } = loads(here, 3_600_000);
    const id = "x".repeat(20_000);
    for (let count = 10_000; count < 12_000; count += 1) {
      ledger.made?.("Users", `${count}${id}`);
      ledger.settle?.();
    }
    const owed = { id: "pause/off", request: { method: "PATCH", path: "/Settings", headers: [] } };
    ledger.owe?.(owed);
    expect(knownOf(onlyLedger(here)).ids.Users).toHaveLength(Math.floor((32 * 1024 * 1024) / 20_042));
    expect(owedIn(onlyLedger(here))).toEqual([owed]);
  });
});

describe("the record of an earlier version", () => {
  it("tells no ids, and is read all the same", () => {
    const here = folder();
    const file = join(here, "abc123.jsonl");
    writeFileSync(file, `${JSON.stringify({ format: "scim-check/ledger@1", ...HEADER })}\n`);
    appendFileSync(file, '{"from":1,"to":500}\n{"from":501,"to":1000}\n{"fro');
    expect(onlyLedger(here)).toEqual({ ...HEADER, file });
    expect(knownOf(onlyLedger(here))).toEqual({
      ids: { Users: [], Groups: [] },
      hasEnded: false,
      isPartlyHidden: false,
    });
  });

  it("may hold anything where ids would stand", () => {
    const here = folder();
    const file = join(here, "abc123.jsonl");
    writeFileSync(file, `${JSON.stringify({ format: "scim-check/ledger@1", ...HEADER })}\n`);
    for (const made of [
      null,
      7,
      "x",
      [],
      { Users: null },
      { Users: { length: 3 } },
      { Users: [7, null, ""] },
    ])
      appendFileSync(file, `${JSON.stringify({ made })}\n`);
    appendFileSync(file, '{"made":{"Users":["cut off');
    expect(knownOf(onlyLedger(here)).ids).toEqual({ Users: [], Groups: [] });
  });
});
