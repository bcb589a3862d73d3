import { describe, expect, it } from "vitest";
import { loadOutcome } from "../../../src/load/outcome.ts";
import type { LoadReport } from "../../../src/model/load.ts";

const reconciled = { kind: "done", counts: {} } as unknown as LoadReport["reconciled"];
const threshold = (text: string, rest: object) =>
  ({ text, ...rest }) as unknown as LoadReport["thresholds"][number];

describe("the outcome of a load whose thresholds stay open", () => {
  it("gives each its own reason: a slow machine is no reason for what was never asked", () => {
    const { exitCode, why } = loadOutcome({
      thresholds: [
        threshold("create.response.p99 < 1s", {
          verdict: "unknown",
          observed: 16,
          why: "16 ms was observed, but",
        }),
        threshold("retry-after-absent == 0", { verdict: "unknown", why: "nothing was refused with 429" }),
        threshold("retry-after-broken == 0", { verdict: "unknown", why: "nothing was refused with 429" }),
        threshold("lost == 0", { verdict: "met", observed: 0, why: "0 meets it" }),
      ],
      reconciled,
      interrupted: false,
      requests: 100,
      brokenMusts: [],
    });
    expect(exitCode).toBe(3);
    expect(why).toBe(
      "Could not be told: create.response.p99 < 1s (this machine did not keep up); retry-after-absent == 0, retry-after-broken == 0 (nothing was refused with 429).",
    );
  });
});

describe("the outcome of a load of a server whose state is not as it said", () => {
  it("tells what was not kept from what was carried out though it was refused", () => {
    const why = (counts: object) =>
      loadOutcome({
        thresholds: [],
        reconciled: { kind: "done", counts } as unknown as LoadReport["reconciled"],
        interrupted: false,
        requests: 100,
        brokenMusts: [],
      }).why;
    expect(why({ lost: 1, "applied-after-refusal": 2 })).toBe(
      "The server did not keep what it acknowledged: 1 lost; The server carried out what it had refused: 2 applied after refusal.",
    );
    expect(why({ "applied-after-refusal": 2 })).toBe(
      "The server carried out what it had refused: 2 applied after refusal.",
    );
  });
});
