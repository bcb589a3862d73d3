import { describe, expect, it } from "vitest";
import { Shape } from "../../../src/load/shape.ts";

const bytes = (text: string) => Buffer.from(text, "latin1");
const fits = (shape: Shape, text: string) => shape.fits(bytes(text), 0, text.length);

describe("the shape of an answer", () => {
  it("fits what differs only in plain characters at free places", () => {
    const shape = new Shape();
    expect(fits(shape, "id=1234567;")).toBe(false);
    expect(shape.learn(bytes("id=1234567;"), 0, 11)).toBe(true);
    shape.free(3, 10);
    for (const text of ["id=1234567;", "id=7654321;", "id=abc de-;", "id=1234567; and more"])
      expect(fits(shape, text), text).toBe(true);
    for (const text of [
      "ID=1234567;",
      "id=1234567,",
      "id=12345678",
      'id=123"567;',
      "id=1234\\67;",
      "id=123\r567;",
    ])
      expect(fits(shape, text), text).toBe(false);
    expect(fits(shape, "id=123456")).toBe(false);
  });

  it("is looked for wherever the bytes lie", () => {
    const shape = new Shape();
    shape.learn(bytes("..abcdefghi"), 2, 11);
    expect(shape.fits(bytes(".....abcdefghi"), 5, 14)).toBe(true);
    expect(shape.fits(bytes(".....abcdefghi"), 4, 14)).toBe(false);
  });

  it("is learned less and less often where no answer is like another, and at once where most are", () => {
    const shape = new Shape();
    const learned = (texts: readonly string[]) =>
      texts.filter((text) => !fits(shape, text) && shape.learn(bytes(text), 0, text.length)).length;
    const strangers = Array.from({ length: 10_000 }, (_, at) => `${at}`.padStart(8, "#"));
    expect(learned(strangers)).toBeLessThan(50);
    const alike = Array.from({ length: 1_000 }, () => "the same");
    expect(learned(alike)).toBe(1);
    expect(learned(["another!", "another!"])).toBe(1);
  });

  it("of more than 4 KB, of less than eight bytes, or of nothing but zeros, is not learned", () => {
    const shape = new Shape();
    expect(shape.learn(Buffer.alloc(5_000, 65), 0, 4_097)).toBe(false);
    expect(shape.learn(bytes("abc"), 0, 3)).toBe(false);
    expect(shape.learn(Buffer.alloc(16), 0, 16)).toBe(false);
    expect(fits(shape, "abc")).toBe(false);
  });
});
