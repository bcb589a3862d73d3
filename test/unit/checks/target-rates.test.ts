import { describe, expect, it } from "vitest";
import { lockKept } from "../../../src/checks/named/target/lock-kept.ts";
import { throttled } from "../../../src/checks/named/target/throttled.ts";
import type { Exchange } from "../../../src/model/exchange.ts";
import type { Json } from "../../../src/model/json.ts";
import { evidenceOf, exchangeOf } from "./evidence-of.ts";

const LOCKED = { detail: "resource_locked" };
const told = (exchange: Exchange): Exchange =>
  exchange.outcome.kind === "answer"
    ? { ...exchange, outcome: { ...exchange.outcome, headers: [["Retry-After", "1"]] } }
    : exchange;
const judge = (exchanges: readonly Exchange[], given: Readonly<Record<string, Json>>) =>
  lockKept.judge({ ...evidenceOf(200), exchanges }, given).kind;
const asked = { status: 429, detail: "resource_locked" };

describe("writes of one resource that overlap", () => {
  it("are kept apart where each that is refused says so as documented", () => {
    expect(judge([exchangeOf(200), told(exchangeOf(429, LOCKED))], asked)).toBe("holds");
  });

  it("tell nothing where none was refused: nobody knows whether they overlapped", () => {
    expect(judge([exchangeOf(200), exchangeOf(204)], asked)).toBe("unknown");
  });

  it.each([
    ["another status", told(exchangeOf(423, LOCKED))],
    ["no Retry-After", exchangeOf(429, LOCKED)],
    ["another code", told(exchangeOf(429, { detail: "slow down" }))],
    ["no JSON", told(exchangeOf(429, "busy"))],
  ])("are refused otherwise than documented with %s", (_, exchange) => {
    expect(judge([exchangeOf(200), exchange], asked)).toBe("broken");
  });
});

describe("a documented rate with a burst", () => {
  const burstOf = (answers: number, overMs: number, refused = 0) => ({
    ...evidenceOf(200),
    exchanges: Array.from({ length: answers }, (_, index) => ({
      ...exchangeOf(index < refused ? 429 : 200),
      timing: { startedAt: (overMs * index) / (answers - 1), totalMs: 0 },
    })),
  });
  const rate = { rate: 180, per: 60, burst: 20, status: 429 };

  it("holds where some were refused, and is broken where none of far too many was", () => {
    expect(throttled.judge(burstOf(40, 100, 20), rate).kind).toBe("holds");
    expect(throttled.judge(burstOf(45, 4_500), rate).kind).toBe("broken");
  });

  it("is open where they came no faster than is documented", () => {
    expect(throttled.judge(burstOf(45, 15_000), rate).kind).toBe("unknown");
    expect(throttled.judge(burstOf(24, 100), rate).kind).toBe("unknown");
  });
});
