import { describe, expect, it } from "vitest";
import { BadInput, type LoadOptions, previewLoad } from "../../../src/index.ts";

const NAMES = [
  "playRate",
  "for",
  "closed",
  "think",
  "users",
  "groups",
  "members",
  "warmUp",
  "maxInFlight",
  "seed",
  "workers",
  "oktaTimeScale",
  "maxUsers",
  "maxGroups",
  "maxMembers",
  "maxRequests",
  "maxRate",
] as const;

const problemsOf = (options: object) =>
  previewLoad("smoke", { embedded: true, ...options } as LoadOptions).then(
    () => [],
    (problem: unknown) => {
      if (problem instanceof BadInput) return problem.problems.map(({ place }) => place.file);
      throw problem;
    },
  );

describe("numbers that a program hands to a load", () => {
  it.each(NAMES)("are refused where %s is none", async (name) => {
    const flag =
      name === "playRate" ? "--rate" : `--${name.replace(/[A-Z]/g, (big) => `-${big.toLowerCase()}`)}`;
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1, "5", null])
      expect(await problemsOf({ [name]: value }), String(value)).toEqual([flag]);
  });

  it("are refused all at once", async () => {
    expect(await problemsOf({ users: 2.5, for: 0, maxRate: 0 })).toEqual(["--for", "--users", "--max-rate"]);
  });

  it("are taken at the ends of what can be used", async () => {
    expect(
      await problemsOf({ users: 50, groups: 3, members: 10, warmUp: 0, for: 1, seed: 0, workers: 64 }),
    ).toEqual([]);
    expect(await problemsOf({ workers: "auto", closed: 1, think: 0, maxInFlight: 50_000 })).toEqual([]);
  });
});
