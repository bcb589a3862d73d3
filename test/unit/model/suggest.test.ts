import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { didYouMean, editDistance, expectedOneOf, nearest } from "../../../src/model/suggest.ts";

describe("the distance between two words", () => {
  it.each([
    ["same", "same", 0],
    ["create", "cretae", 1],
    ["create", "creates", 1],
    ["create", "crate", 1],
    ["create", "craete", 1],
    ["user", "group", 5],
    ["", "abc", 3],
  ])("%s and %s: %i", (one, other, distance) => {
    expect(editDistance(one, other)).toBe(distance);
  });

  it("is the same both ways, and nothing only for equal words", () => {
    const word = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(editDistance(one, other)).toBe(editDistance(other, one));
        expect(editDistance(one, other) === 0).toBe(one === other);
      }),
    );
  });
});

describe("suggestions", () => {
  it("take the nearest word, without regard to letter case", () => {
    expect(nearest("username", ["userName", "user"])).toBe("userName");
  });

  it("stay away when nothing is near", () => {
    expect(nearest("location", ["status", "header"])).toBeUndefined();
    expect(didYouMean("location", ["status", "header"])).toBe("Expected one of `status`, `header`.");
  });

  it("say so when there is nothing to choose from, and cut a list that is too long", () => {
    expect(expectedOneOf([])).toBe("There is none to choose from.");
    expect(expectedOneOf(Array.from({ length: 80 }, (_, index) => `w${index}`))).toContain("… (80 in all)");
  });
});
