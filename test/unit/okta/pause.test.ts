import { describe, expect, it } from "vitest";
import { pause } from "../../../src/okta/actions/pause.ts";
import { performanceOf } from "./performance-of.ts";

describe("pause", () => {
  it("waits as long as it was told, and sends nothing", () => {
    const { requests, rhythm, exchanges } = performanceOf(pause, { ms: 1_100 }, () => 200);
    expect({ requests, rhythm, exchanges }).toEqual({ requests: [], rhythm: [-1_100], exchanges: [] });
  });

  it("refuses a time that is none", () => {
    expect(() => performanceOf(pause, { ms: "long" }, () => 200)).toThrow(TypeError);
  });
});
