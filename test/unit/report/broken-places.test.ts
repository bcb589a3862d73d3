import { describe, expect, it } from "vitest";
import type { Exchange } from "../../../src/model/exchange.ts";
import type { RunReport } from "../../../src/model/report.ts";
import { type BrokenPlace, evidenceAt } from "../../../src/report/broken-places.ts";

const sent = (method: string, path: string, body?: unknown, answer: unknown = {}): Exchange => ({
  request: { method, path, headers: [], ...(body === undefined ? {} : { body: JSON.stringify(body) }) },
  url: path,
  outcome: { kind: "answer", status: 200, headers: [], body: JSON.stringify(answer) },
  timing: { startedAt: 0 },
});

const FIND = "/Groups?filter=displayName%20eq%20%22the%20%5C%22A%5C%22%20Team%22&startIndex=1";
const ATEAM = sent("POST", "/Groups", { displayName: 'the "A" Team' }, { id: "17" });
const OTHER = sent("POST", "/Groups", { displayName: "Sales" }, { id: "18" });

describe("the write that is shown beside a read", () => {
  const beside = (read: string, ...writes: readonly Exchange[]) => {
    const steps = [...writes, sent("GET", read)].map((exchange, at) => ({
      ...{ id: String(at), exchanges: [exchange] },
    }));
    const report = { scenarios: [{ id: "a/scenario", steps }] } as unknown as RunReport;
    return evidenceAt(report, { scenario: "a/scenario", step: String(writes.length), claims: [] }).write;
  };

  it("is the create of what is looked for, and not of what was created after it", () => {
    expect(beside(FIND, ATEAM, OTHER)).toBe(ATEAM);
    expect(beside("/Groups/17", ATEAM, OTHER)).toBe(ATEAM);
  });

  it("is the last one where that is about it, changes something, or nothing tells which it is", () => {
    const joins = sent("POST", "/Groups", { members: [{ value: "17" }] }, { id: "19" });
    const leaves = sent("DELETE", "/Users/4");
    expect(beside("/Users/17", ATEAM, joins)).toBe(joins);
    expect(beside("/Groups/17", ATEAM, leaves)).toBe(leaves);
    expect(beside("/Groups?startIndex=1&count=100", ATEAM, OTHER)).toBe(OTHER);
    expect(beside("/Groups/21", ATEAM, OTHER)).toBe(OTHER);
  });

  it("is none where nothing was written", () => {
    expect(beside("/Groups/17")).toBe(undefined);
  });
});

describe("the exchange that is shown of a step", () => {
  const [first, second, third] = ["1", "2", "3"].map((id) => sent("GET", `/Users/${id}`));
  const steps = [{ id: "burst", exchanges: [first, second, third] }];
  const report = { scenarios: [{ id: "a/scenario", steps }] } as unknown as RunReport;
  const shown = (exchange?: number) => {
    const finding = { claim: "A", where: "request 2", expected: "201", actual: "500" };
    const findings = [exchange === undefined ? finding : { ...finding, exchange }];
    const claims = [{ findings }] as unknown as BrokenPlace["claims"];
    return evidenceAt(report, { scenario: "a/scenario", step: "burst", claims }).shown;
  };

  it("is the one that the difference names, and the last one where it names none that is there", () => {
    expect(shown(1)).toBe(second);
    expect(shown()).toBe(third);
    expect(shown(7)).toBe(third);
    expect(shown(-1)).toBe(third);
  });
});

describe("a step that was refused, named by the difference of a later read", () => {
  it("is shown with its answer, in which the server says why", () => {
    const change = sent("PATCH", "/Users/17", {}, { detail: "There is one primary address already." });
    const read = sent("GET", "/Users/17");
    const steps = [
      { id: "change", exchanges: [change] },
      { id: "read", exchanges: [read] },
    ];
    const report = { scenarios: [{ id: "a/scenario", steps }] } as unknown as RunReport;
    const at = (where: string) => {
      const findings = [{ claim: "A", where, expected: "success", actual: "400" }];
      const claims = [{ findings }] as unknown as BrokenPlace["claims"];
      return evidenceAt(report, { scenario: "a/scenario", step: "read", claims });
    };
    expect(at("status of step change")).toEqual({ exchanges: [change, read], shown: change });
    expect(at("status of step read")).toMatchObject({ shown: read, write: change });
    expect(at("body name")).toMatchObject({ shown: read, write: change });
  });
});
