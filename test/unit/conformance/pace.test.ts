import { describe, expect, it } from "vitest";
import { type Pace, pace } from "../../../src/conformance/pace.ts";
import type { Request } from "../../../src/model/exchange.ts";
import { virtualClock } from "../../../src/self-test/virtual-clock.ts";
import { answered } from "./bench.ts";

const ask = (line: string): Request => {
  const [method = "GET", path = "/Users"] = line.split(" ");
  return { method, path, headers: [] };
};

/** The seconds at which requests start that are all wanted at once. */
async function starts(paces: readonly Pace[], lines: readonly string[]): Promise<readonly number[]> {
  const clock = virtualClock(0);
  const send = pace(clock, paces)(async (request) => answered(request, 200, { at: clock.now() }));
  const signal = new AbortController().signal;
  const exchanges = await Promise.all(lines.map((line) => send(ask(line), signal)));
  return exchanges.map(({ outcome }) =>
    outcome.kind === "answer" ? (JSON.parse(outcome.body) as { at: number }).at / 1000 : Number.NaN,
  );
}

const CREATES: Pace = { perSecond: 2, burst: 3, pool: { methods: ["POST"], resource: "Users" } };

describe("the pace of a run", () => {
  it("spaces everything evenly where one rate is for all", async () => {
    expect(await starts([{ perSecond: 4 }], ["GET /Users", "POST /Groups", "GET /Schemas"])).toEqual([
      0, 0.25, 0.5,
    ]);
  });

  it("lets as many go at once as are documented, and the others as the rate fills up", async () => {
    expect(await starts([CREATES], Array(5).fill("POST /Users"))).toEqual([0, 0, 0, 0.5, 1]);
  });

  it.each(["GET /Users", "POST /Groups", "PATCH /Users/7", "GET /ServiceProviderConfig"])(
    "does not hold back %s for a rate of creates",
    async (line) => {
      expect(await starts([CREATES], Array(9).fill(line))).toEqual(Array(9).fill(0));
    },
  );

  it("keeps each of several rates that one request counts for", async () => {
    const writes: Pace = { perSecond: 1, burst: 2, pool: "writes" };
    expect(await starts([CREATES, writes], ["POST /Users", "DELETE /Groups/7", "POST /Users"])).toEqual([
      0, 0, 1,
    ]);
  });

  it("tells reads of one from reads of many", async () => {
    const one: Pace = { perSecond: 1, pool: { methods: ["GET"], resource: "Users" } };
    expect(await starts([one], ["GET /Users/7", "GET /Users?count=1", "GET /Users/8?x=1"])).toEqual([
      0, 0, 1,
    ]);
  });
});
