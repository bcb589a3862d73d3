import { describe, expect, it } from "vitest";
import { withSecondTries } from "../../../src/conformance/second-try.ts";
import type { Clock } from "../../../src/model/clock.ts";
import type { Exchange, Request } from "../../../src/model/exchange.ts";
import { answered, silent } from "./bench.ts";

const asked = (method: string): Request => ({ method, path: "/Users/1", headers: [] });
const never = new AbortController().signal;

/** Gives these answers, one after the other and the last for ever, and tells what was sent and slept. */
function playing(outcomes: readonly (number | "reset" | "timed-out" | "aborted")[]) {
  const sent: Request[] = [];
  let slept = 0;
  const clock: Clock = {
    now: () => slept,
    sleep: async (ms) => {
      slept += ms;
    },
  };
  const send = withSecondTries(async (request): Promise<Exchange> => {
    const outcome = outcomes[Math.min(sent.length, outcomes.length - 1)] ?? 200;
    sent.push(request);
    return typeof outcome === "number" ? answered(request, outcome, {}) : silent(request, outcome);
  }, clock);
  const told = async (method: string) => {
    const { outcome } = await send(asked(method), never);
    return outcome.kind === "answer" ? outcome.status : outcome.reason;
  };
  return { told, sent, slept: () => slept };
}

describe("a request that failed for now", () => {
  it.each<[string, 503 | 500 | "reset" | "timed-out"]>([
    ["GET", 503],
    ["GET", "timed-out"],
    ["DELETE", 500],
    ["DELETE", "reset"],
  ])("is sent again where it may be: %s, %s", async (method, failed) => {
    const { told, sent, slept } = playing([failed, 200]);
    expect(await told(method)).toBe(200);
    expect(sent.map(({ freshConnection }) => freshConnection)).toEqual([
      undefined,
      typeof failed === "number" ? undefined : true,
    ]);
    expect(slept()).toBe(500);
  });

  it.each<[string, number | "aborted"]>([
    ["POST", 503],
    ["PATCH", 503],
    ["GET", 404],
    ["GET", 501],
    ["DELETE", 403],
    ["GET", "aborted"],
  ])("is not sent again where that is no help: %s, %s", async (method, outcome) => {
    const { told, sent } = playing([outcome, 200]);
    expect(await told(method)).toBe(outcome);
    expect(sent).toHaveLength(1);
  });

  it("is sent three times at most, and twice where each time cost the longest wait", async () => {
    const broken = playing([503]);
    expect(await broken.told("GET")).toBe(503);
    expect(broken.sent).toHaveLength(3);
    const silentOne = playing(["timed-out"]);
    expect(await silentOne.told("GET")).toBe("timed-out");
    expect(silentOne.sent).toHaveLength(2);
  });

  it("is sent once where that was in vain before, until one gets through", async () => {
    const { told, sent } = playing([503, 503, 503, 503, 200, 503, 200]);
    expect([await told("GET"), sent.length]).toEqual([503, 3]);
    expect([await told("GET"), sent.length]).toEqual([503, 4]);
    expect([await told("GET"), sent.length]).toEqual([200, 5]);
    expect([await told("GET"), sent.length]).toEqual([200, 7]);
  });
});
