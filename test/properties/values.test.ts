import fc from "fast-check";
import { describe, expect } from "vitest";
import * as flags from "../../src/cli/values.ts";
import { durationMs } from "../../src/config/duration.ts";
import { ratePerSecond } from "../../src/config/rate.ts";
import { holds } from "./property.ts";

const LONGEST_MS = 2 ** 31 - 1;
/** What a number looks like, and what only begins as one. */
const digits = fc.oneof(
  fc.nat(99_999).map(String),
  fc.tuple(fc.nat(9_999), fc.nat(999)).map(([whole, part]) => `${whole}.${part}`),
  fc.integer({ min: 1, max: 400 }).map((length) => "9".repeat(length)),
  fc.constantFrom("", "0", "00", "1e3", "-1", "+1", "Infinity", "NaN", "0x10", "١", "1_000", ".5", "5."),
);
const given = fc.oneof(
  fc
    .tuple(digits, fc.constantFrom("", "ms", "s", "m", "h", "/s", "/m", "/h", " s", "min", "/", "s ", "/3"))
    .map((parts) => parts.join("")),
  fc.string({ unit: "binary" }),
);

/** What a reader makes of a text; undefined where it refuses it with a sentence. Whatever else it throws is a bug. */
function read<Value>(reader: (text: string) => Value, text: string): Value | undefined {
  try {
    return reader(text);
  } catch (problem) {
    if (!(problem instanceof flags.UnusableValue)) throw problem;
    expect(problem.message).toMatch(/^It has to be .+\.$/);
    return undefined;
  }
}

const NUMBERS = {
  count: flags.count,
  "whole number": flags.wholeNumber,
  positive: flags.positive,
  port: flags.port,
  duration: flags.duration,
  rate: flags.perSecond,
  "plays under way": flags.inFlight,
  workers: (text: string) => (text === "auto" ? 1 : Number(flags.workers(text))),
} as const;

describe("the number in a flag", () => {
  holds(
    "flag-numbers",
    "is one that can be counted with, or refused in a sentence, whatever was typed",
    fc.record({ kind: fc.constantFrom(...(Object.keys(NUMBERS) as (keyof typeof NUMBERS)[])), text: given }),
    ({ kind, text }) => {
      const value = read(NUMBERS[kind], text);
      if (value === undefined) return;
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThan(1e15);
    },
    { runs: 1_000 },
  );

  holds(
    "flag-part",
    "is a part of a whole, or refused",
    fc.oneof(
      fc.tuple(digits, digits).map((both) => both.join("/")),
      fc.string(),
    ),
    (text) => {
      const part = read(flags.shardPart, text);
      if (part === undefined) return;
      expect(part.index).toBeGreaterThanOrEqual(1);
      expect(part.index).toBeLessThanOrEqual(part.of);
      expect(`${part.index}/${part.of}`).toBe(text.replaceAll(/\b0+(?=\d)/g, ""));
    },
  );
});

describe("a time", () => {
  holds(
    "time-print",
    "is read as what was meant, as a flag and in a file, and never as longer than a timer waits",
    fc.record({ amount: fc.nat(99_999_999), unit: fc.constantFrom("ms", "s", "m") }),
    ({ amount, unit }) => {
      const ms = amount * { ms: 1, s: 1_000, m: 60_000 }[unit as "ms" | "s" | "m"];
      const meant = ms > LONGEST_MS ? undefined : ms;
      expect(read(flags.duration, `${amount}${unit}`)).toBe(meant);
      expect(durationMs(` ${amount} ${unit} `)).toBe(meant);
    },
  );

  holds(
    "time-any-text",
    "is the same as a flag and in a file, for any text that is one to both",
    given,
    (text) => {
      const [flag, file] = [read(flags.duration, text), durationMs(text)];
      if (flag !== undefined) expect(file).toBe(flag);
      if (file !== undefined) expect(file).toBeLessThanOrEqual(LONGEST_MS);
    },
    { runs: 500 },
  );
});

describe("a rate", () => {
  holds(
    "rate-print",
    "is read as what was meant, as a flag and in a file",
    fc.record({ amount: fc.integer({ min: 1, max: 99_999_999 }), per: fc.constantFrom("s", "m", "h") }),
    ({ amount, per }) => {
      const rate = amount / { s: 1, m: 60, h: 3_600 }[per as "s" | "m" | "h"];
      const meant = rate > 100_000 ? undefined : rate;
      expect(read(flags.perSecond, `${amount}/${per}`)).toBe(meant);
      expect(ratePerSecond(`${amount} / ${per}`)).toBe(meant);
    },
  );
});
