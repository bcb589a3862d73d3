import { describe, expect, it } from "vitest";
import { behavioursOf } from "../../../src/targets/behaviours.ts";
import { loadTarget, targetNames } from "../../../src/targets/load-target.ts";

describe("what a fact says that a client looks at", () => {
  it.each(targetNames())("is in words, whatever its parameters are: %s", (name) => {
    const loaded = loadTarget(name);
    const behaviours = loaded.ok ? behavioursOf(loaded.profile, () => "create") : [];
    expect(behaviours.length).toBeGreaterThan(5);
    expect(behaviours.map(({ request }) => request).filter((text) => text.includes("[object"))).toEqual([]);
  });

  it("names the requests that share a rate", () => {
    const loaded = loadTarget("slack");
    const told = loaded.ok ? behavioursOf(loaded.profile, () => "create").map(({ request }) => request) : [];
    expect(told.join("\n")).toMatch(/limit: subject requests-per-minute, .*pool methods \w+/);
  });
});
