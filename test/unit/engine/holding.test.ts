import { describe, expect, it } from "vitest";
import { Holding } from "../../../src/engine/holding.ts";
import type { Exchange, Request } from "../../../src/model/exchange.ts";
import { answered } from "../conformance/bench.ts";

const request: Request = { method: "GET", path: "/Users", headers: [] };
const of = (megabytes: number): Exchange => answered(request, 200, "x".repeat(megabytes * 1_000_000));
const kindOf = ({ outcome }: Exchange) => (outcome.kind === "answer" ? "answer" : outcome.reason);

describe("what a play holds of answers", () => {
  it("is two of the largest, and a third is left aside in words", () => {
    const holding = new Holding();
    const exchanges = [18, 18, 18].map((size) => holding.admit(of(size)));
    expect(exchanges.map(kindOf)).toEqual(["answer", "answer", "too-large"]);
    const [, , last] = exchanges;
    expect(last?.outcome.kind === "silence" && last.outcome.detail).toMatch(/left aside: its \d+ bytes came/);
  });

  it("is never less than one answer, however large that is", () => {
    expect(kindOf(new Holding().admit(of(50)))).toBe("answer");
  });

  it("makes room with each that is cut short, and with each step that is over", () => {
    const holding = new Holding();
    const first = of(30);
    holding.admit(first);
    holding.shortened(first, of(1));
    expect(kindOf(holding.admit(of(30)))).toBe("answer");
    expect(kindOf(holding.admit(of(30)))).toBe("too-large");
    holding.begin([{ exchanges: [of(1)] }]);
    expect(kindOf(holding.admit(of(30)))).toBe("answer");
    holding.begin([{ exchanges: [of(30)] }]);
    expect(kindOf(holding.admit(of(30)))).toBe("too-large");
  });
});
