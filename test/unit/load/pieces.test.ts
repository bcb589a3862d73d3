import { describe, expect, it } from "vitest";
import { Pieces } from "../../../src/load/compile/pieces.ts";
import type { PlayState } from "../../../src/load/compile/play-state.ts";

const play = (...values: string[]): PlayState => ({
  numbers: [],
  values,
  answers: [],
  crowdFrom: 0,
  standing: 0,
});

describe("a text with places to fill", () => {
  it("is filled with the values of each play, whatever the play before had", () => {
    const path = new Pieces(["/Groups/", ({ values }) => String(values[0]), "?excludedAttributes=members"]);
    const filled = ["a", "a", "", "b", "a"].map((id) => path.fill(play(id)));
    expect(filled).toEqual(["a", "a", "", "b", "a"].map((id) => `/Groups/${id}?excludedAttributes=members`));
  });

  it("is filled in every one of several places", () => {
    const name = new Pieces([({ values }) => String(values[0]), "-", ({ values }) => String(values[1])]);
    expect([play("a", "b"), play("a", "c")].map((one) => name.fill(one))).toEqual(["a-b", "a-c"]);
  });
});
