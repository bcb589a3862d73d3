import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BadInput, type LoadOptions, previewLoad } from "../../../src/index.ts";

const planWith = (options: LoadOptions, plan = "smoke") => previewLoad(plan, { embedded: true, ...options });

async function problemsOf(options: LoadOptions, plan?: string): Promise<readonly string[]> {
  try {
    await planWith(options, plan);
    return [];
  } catch (problem) {
    if (!(problem instanceof BadInput)) throw problem;
    return problem.problems.map(({ place, what }) => `${place.file}: ${what}`);
  }
}

describe("users who wait for their answers", () => {
  it("have a place each among the plays under way, whatever the plan allows plays that start on schedule", async () => {
    const { plan } = await planWith({ closed: 100 });
    expect(plan.maxInFlight).toBe(100);
  });

  it("are refused where there are more of them than places", async () => {
    expect(await problemsOf({ closed: 20, maxInFlight: 3 })).toEqual([
      "--max-in-flight: 20 users wait for their answers, and only 3 plays may be under way at the same time.",
    ]);
    expect(await problemsOf({ closed: 50_001 })).toEqual(["--closed: 50001 cannot be used."]);
  });

  it("alone think between plays", async () => {
    const why = "Only users who wait for their answers think between plays; here plays start on schedule.";
    expect(await problemsOf({ think: 5 })).toEqual([`--think: ${why}`]);
    expect(await problemsOf({ think: 5, closed: 2 })).toEqual([]);
  });
});

it("a plan in another time takes exactly that time", async () => {
  for (const ms of [10_000, 7_000, 1]) {
    const preview = await previewLoad("burst-429", { embedded: true, for: ms });
    expect(preview.curve.durationMs).toBe(ms);
  }
});

describe("a threshold in place of the plan's", () => {
  it.each(["play.errors == 0", "play.errors.rate < 1%", "play.429 == 0", "play.service.p99 < 1s"])(
    "is refused where plays have no such measure: %s",
    async (text) => {
      expect(await problemsOf({ threshold: [text] })).toEqual([
        `--threshold: \`${text}\` looks at something that requests have, and whole plays have not.`,
      ]);
    },
  );

  it.each(["lost < 0", "errors.rate > 100%", "response.p99 < 0ms"])(
    "is refused where no server can meet it: %s",
    async (text) => {
      expect(await problemsOf({ threshold: [text] })).toEqual([
        `--threshold: \`${text}\` can hold for no server.`,
      ]);
    },
  );

  it("is refused where it names more than all", async () => {
    expect(await problemsOf({ threshold: ["errors.rate < 101%"] })).toEqual([
      "--threshold: `101%` is not what errors.rate is measured in.",
    ]);
  });
});

describe("a plan of one's own", () => {
  const path = join(mkdtempSync(join(tmpdir(), "scim-check-plan-")), "mine.yaml");
  const written = (...lines: readonly string[]) => {
    const head = ["title: Mine", "okta-app: oin", "population: { users: 5 }"];
    writeFileSync(path, [...head, ...lines, ""].join("\n"));
    return path;
  };
  const MIX = "mix: [{ scenario: steady/update }]";
  const stage = (rate: string, time: string) => `stages: [{ constant: { rate: ${rate}, for: ${time} } }]`;

  it("is refused where its warm-up is all there is of it, and played where it is only shortened", async () => {
    const long = written(MIX, stage("10/s", "2s"), "warm-up: 20s");
    expect(await problemsOf({}, long)).toEqual([
      `${path}: A warm-up of 20000 ms leaves nothing of a plan that takes 2000 ms.`,
    ]);
    const { plan } = await planWith({ for: 1_000 }, written(MIX, stage("10/s", "1m"), "warm-up: 20s"));
    expect(plan.warmUpMs).toBe(100);
  });

  it("has as many plays under way as it has users, unless it says otherwise", async () => {
    const closed = "closed: { users: 200, for: 2s }";
    expect((await planWith({}, written(MIX, closed))).plan.maxInFlight).toBe(200);
    expect(await problemsOf({}, written(MIX, closed, "max-in-flight: 20"))).toHaveLength(1);
  });

  it("is told how rates, times and weights are written where they are none", async () => {
    const wrong = written("mix: [{ scenario: steady/update, weight: 0 }]", stage("10", "10"));
    const told = await planWith({}, wrong).catch((problem: BadInput) => problem.problems);
    expect(told).toMatchObject([
      { what: "`mix[0].weight` is 0.", next: "Expected more than 0." },
      { what: "`stages[0].constant.rate` is 10.", next: expect.stringContaining("a rate such as 50/s") },
      {
        what: "`stages[0].constant.for` is 10.",
        next: expect.stringContaining("such as 500ms, 30s, 5m or 2h"),
      },
    ]);
  });

  it("of any number of plays is told at once what it costs", async () => {
    const { cost } = await planWith({}, written(MIX, stage("100000/s", "100h")));
    expect(cost.plays).toBe(36_000_000_000);
    expect(cost.playsOfEach).toEqual([36_000_000_000]);
  });
});
