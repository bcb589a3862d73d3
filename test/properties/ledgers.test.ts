import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { openFileLedger } from "../../src/ledger/file-ledger.ts";
import { owedIn, readLedgers } from "../../src/ledger/read-ledgers.ts";
import type { Owed } from "../../src/model/ledger.ts";
import { holds } from "./property.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "scim-check-ledgers-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER = {
  run: "abc123",
  url: "https://staging.example.com/scim/v2",
  startedAt: "2026-03-01T12:00:00.000Z",
};
const file = () => join(folder, `${HEADER.run}.jsonl`);

const id = fc.constantFrom("pause", "token", "link", "__proto__");
const owed: fc.Arbitrary<Owed> = fc.record({
  id,
  request: fc.record({
    method: fc.constantFrom("POST", "DELETE", "PATCH"),
    path: fc.string({ unit: "binary" }).map((text) => `/${text}`),
    headers: fc.array(fc.tuple(fc.constantFrom("Accept", "X-A"), fc.string()), { maxLength: 2 }),
  }),
});
const act = fc.oneof(
  fc.record({ kind: fc.constant("owe" as const), owed }),
  fc.record({ kind: fc.constant("paid" as const), id }),
  fc.record({ kind: fc.constant("lease" as const), from: fc.nat(), to: fc.nat() }),
);
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

/** Writes a ledger as a run does that is killed in the end. */
function written(acts: readonly Act[]): void {
  rmSync(file(), { force: true });
  const ledger = openFileLedger(folder, HEADER);
  for (const one of acts) {
    if (one.kind === "owe") ledger.owe?.(one.owed);
    else if (one.kind === "paid") ledger.paid?.(one.id);
    else ledger.lease(one.from, one.to);
  }
  // What is left keeps it on disk, as a run does that could not remove everything.
  ledger.close([{ collection: "Users", name: "ann", state: "left", why: "kept" }]);
}

/** What has been promised and not been done, by going over the acts from the latest to the first. */
function stillOwed(acts: readonly Act[]): readonly Owed[] {
  const settled = new Set<string>();
  const first = new Map<string, number>();
  const found: Owed[] = [];
  for (const one of acts.toReversed()) {
    const of = one.kind === "owe" ? one.owed.id : one.kind === "paid" ? one.id : undefined;
    if (of === undefined || settled.has(of)) continue;
    settled.add(of);
    if (one.kind === "owe") found.push(one.owed);
  }
  // In the order in which each was promised first since it was settled last.
  for (const { id: of } of found) {
    const paid = acts.findLastIndex((one) => one.kind === "paid" && one.id === of);
    first.set(
      of,
      acts.findIndex((one, at) => at > paid && one.kind === "owe" && one.owed.id === of),
    );
  }
  return found.toSorted((one, other) => (first.get(other.id) ?? 0) - (first.get(one.id) ?? 0));
}

const garbage = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.json(),
  fc.constantFrom(
    '{"owed":{"id":"x","request":{"method":"DELETE","path":"/x"}}}',
    '{"owed":{"id":"x","request":{"method":"DELETE","path":"@evil.example/x","headers":[]}}}',
    '{"owed":{"id":"x","request":{"method":"GET /","path":"/x","headers":[]}}}',
    '{"owed":{"id":"x","request":{"method":"GET","path":"/x","headers":[[1,2]]}}}',
    '{"owed":{"id":"x","request":{"method":"GET","path":"/x","headers":[],"credential":"root"}}}',
    '{"owed":{"id":"x","request":{"method":"GET","path":"/x","headers":[],"body":{}}}}',
    '{"paid":["pause"]}',
  ),
);

describe("the record of a run that died", () => {
  holds(
    "ledger",
    "tells what was promised and not done, the latest first, whatever else stands in it and wherever it breaks off",
    fc.record({
      acts: fc.array(act, { maxLength: 8 }),
      garbage: fc.array(fc.record({ at: fc.nat(9), text: garbage }), { maxLength: 3 }),
      lost: fc.integer({ min: 1, max: 20 }),
    }),
    ({ acts, garbage: strange, lost }) => {
      written(acts);
      expect(readLedgers(folder)).toEqual([{ ...HEADER, file: file() }]);
      const [header = "", ...lines] = readFileSync(file(), "utf8").split("\n");
      for (const { at, text } of strange) {
        if (!/[\r\n]/.test(text)) lines.splice(Math.min(at, acts.length), 0, text);
      }
      // Half a line, of what was left: the run was killed while it wrote.
      const whole = [header, ...lines].join("\n").trimEnd();
      writeFileSync(file(), whole.slice(0, -lost));
      const [ledger] = readLedgers(folder);
      if (ledger === undefined) throw new Error("the ledger is not there any more");
      expect(owedIn(ledger)).toEqual(stillOwed(acts));
    },
    { runs: 150 },
  );

  holds(
    "ledger-any-file",
    "is left alone where it is none: without an id of a run, an address and a time in its first line",
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc
        .record({ run: fc.jsonValue(), url: fc.jsonValue(), startedAt: fc.jsonValue() })
        .map((header) => JSON.stringify({ format: "scim-check/ledger@1", ...header })),
    ),
    (text) => {
      writeFileSync(file(), `${text}\n`);
      for (const { run, url, startedAt } of readLedgers(folder)) {
        expect(run).toMatch(/^[a-z0-9]+$/);
        expect(URL.canParse(url)).toBe(true);
        expect(typeof startedAt).toBe("string");
      }
    },
  );
});
