import fc from "fast-check";
import { describe, expect } from "vitest";
import { MASK, Quotations } from "../../src/conformance/quotations.ts";
import { holds } from "./property.ts";

/** Few letters, so that values are parts and beginnings of one another. */
const piece = fc.string({
  unit: fc.constantFrom("a", "b", "c", "1", "2", " ", '"', "\\", "é", "😀", "…"),
  maxLength: 12,
});
const values = fc.array(fc.oneof(piece, fc.constantFrom("Ada", "Ada Lovelace", "4711", "47", "ada@x.org")), {
  maxLength: 5,
});
const isDigits = (text: string) => [...text].every((one) => "0123456789".includes(one));

/** Which characters of a text belong to a value, looked for one value and one place after the other. */
function hiddenIn(text: string, all: readonly string[]): readonly boolean[] {
  const hidden = Array<boolean>(text.length).fill(false);
  const written = all.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]);
  for (const value of written.filter(({ length }) => length >= 3)) {
    for (let at = 0; at < text.length; at += 1) {
      const isPart =
        isDigits(value) && (isDigits(text[at - 1] ?? "x") || isDigits(text[at + value.length] ?? "x"));
      if (text.startsWith(value, at) && !isPart) hidden.fill(true, at, at + value.length);
      const cut = text.indexOf("…", at);
      if (cut >= at + 3 && value.startsWith(text.slice(at, cut))) hidden.fill(true, at, cut);
    }
  }
  return hidden;
}

describe("a finding that quotes somebody else's values", () => {
  holds(
    "quotations",
    "keeps every character that belongs to none of them, and no other, also where it was cut off",
    values.chain((all) =>
      fc.record({
        values: fc.constant(all),
        parts: fc.array(
          fc.record({
            text: fc.oneof(piece, fc.constantFrom("x", ...all)),
            lost: fc.nat(6),
            isCutOff: fc.boolean(),
          }),
          { maxLength: 6 },
        ),
      }),
    ),
    ({ values: all, parts }) => {
      const text = parts
        .map((part) =>
          part.isCutOff ? `${part.text.slice(0, Math.max(0, part.text.length - part.lost))}…` : part.text,
        )
        .join("");
      const masked = new Quotations(new Set(all)).maskedIn(text);
      const hidden = hiddenIn(text, all);
      const shown = [...Array(text.length).keys()].flatMap((at) =>
        hidden[at] === true ? [] : [text.charAt(at)],
      );
      expect(masked.replaceAll(MASK, "")).toBe(shown.join(""));
      if (shown.length < text.length) expect(masked).toContain(MASK);
    },
    { runs: 2_000 },
  );
});
