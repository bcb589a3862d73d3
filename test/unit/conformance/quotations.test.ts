import { describe, expect, it } from "vitest";
import { Quotations } from "../../../src/conformance/quotations.ts";

const masked = (text: string, ...values: readonly string[]) => new Quotations(new Set(values)).maskedIn(text);

describe("a value of somebody else's", () => {
  it.each([
    ["anywhere in a text", 'is "Ada Lovelace"!', ["Ada Lovelace"], 'is "«masked»"!'],
    ["as JSON writes it", 'has \\"Boss\\" in it', ['"Boss"'], "has «masked» in it"],
    [
      "longer before shorter",
      "ada.lovelace@x.org",
      ["ada", "ada.lovelace", "ada.lovelace@x.org"],
      "«masked»",
    ],
    ["where two overlap, both", "Augusta Ada King", ["Augusta Ada", "Ada King"], "«masked»"],
    ["next to another", "AdaLovelace", ["Ada", "Lovelace"], "«masked»«masked»"],
    ["that was cut off", "is Ada Lovel…", ["Ada Lovelace"], "is «masked»…"],
    ["of which three characters are left", "is Ada…", ["Ada Lovelace"], "is «masked»…"],
    ["of which two characters are left, which tell nothing", "is Ad…", ["Ada Lovelace"], "is Ad…"],
    ["that is a number, where it stands whole", "4711 of 47110", ["4711"], "«masked» of 47110"],
    ["of two characters, which would riddle the sentence", "an old man", ["an"], "an old man"],
  ] as const)("is masked %s", (_, text, values, expected) => {
    expect(masked(text, ...values)).toBe(expected);
  });

  it("is found among a million of its like", () => {
    const values = new Set(Array.from({ length: 200_000 }, (_, at) => `person.${at}@real.example`));
    const quotations = new Quotations(values);
    expect(quotations.maskedIn("nobody but person.77@real.example, person.x")).toBe(
      "nobody but «masked», person.x",
    );
  });
});
