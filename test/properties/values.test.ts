import fc from "fast-check";
import { describe, expect } from "vitest";
import * as flags from "../../src/cli/values.ts";
import { isDay, momentMs } from "../../src/model/calendar.ts";
import { durationMs } from "../../src/model/duration.ts";
import { ratePerSecond } from "../../src/model/rate.ts";
import { holds } from "./property.ts";

/** What a timer of Node.js waits at most. */
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
  people: flags.people,
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
      expect(flag).toBe(file);
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

const two = (number: number) => String(number).padStart(2, "0");
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const daysIn = (year: number, month: number) =>
  (DAYS[month - 1] ?? 0) + (month === 2 && isLeap(year) ? 1 : 0);

const year = fc.oneof(fc.integer({ min: 1970, max: 2100 }), fc.constantFrom(1900, 2000, 2024, 9_999));
const month = fc.integer({ min: 0, max: 13 });
const dayOfMonth = fc.integer({ min: 0, max: 32 });

describe("a day", () => {
  holds(
    "day",
    "is one where the calendar has it",
    fc.record({ year, month, day: dayOfMonth }),
    ({ year: y, month: m, day: d }) => {
      const isThere = m >= 1 && m <= 12 && d >= 1 && d <= daysIn(y, m);
      expect(isDay(`${y}-${two(m)}-${two(d)}`)).toBe(isThere);
    },
    { runs: 500 },
  );

  holds("day-any-text", "is nothing else", fc.oneof(given, fc.string()), (text) => {
    if (isDay(text)) expect(text).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
});

describe("a moment", () => {
  holds(
    "moment",
    "is the same on every machine: its day, its time and how far its clock is from UTC",
    fc.record({
      year,
      month,
      day: dayOfMonth,
      hour: fc.nat(25),
      minute: fc.nat(61),
      second: fc.option(fc.nat(61), { nil: null }),
      millis: fc.option(fc.nat(999), { nil: null }),
      zone: fc.option(fc.record({ ahead: fc.boolean(), hours: fc.nat(25), minutes: fc.nat(61) }), {
        nil: null,
      }),
    }),
    ({ year: y, month: m, day: d, hour, minute, second, millis, zone }) => {
      const seconds =
        second === null
          ? ""
          : `:${two(second)}${millis === null ? "" : `.${String(millis).padStart(3, "0")}`}`;
      const offset = zone === null ? "Z" : `${zone.ahead ? "+" : "-"}${two(zone.hours)}:${two(zone.minutes)}`;
      const isThere =
        m >= 1 &&
        m <= 12 &&
        d >= 1 &&
        d <= daysIn(y, m) &&
        hour < 24 &&
        minute < 60 &&
        (second ?? 0) < 60 &&
        (zone?.hours ?? 0) < 24 &&
        (zone?.minutes ?? 0) < 60;
      const aheadMs = zone === null ? 0 : (zone.ahead ? 1 : -1) * (zone.hours * 60 + zone.minutes) * 60_000;
      const ms =
        Date.UTC(y, m - 1, d, hour, minute, second ?? 0, second === null ? 0 : (millis ?? 0)) - aheadMs;
      const text = `${y}-${two(m)}-${two(d)}T${two(hour)}:${two(minute)}${seconds}${offset}`;
      expect(momentMs(text)).toBe(isThere ? ms : undefined);
      // Without a zone it would be another moment on every machine.
      expect(momentMs(text.slice(0, -offset.length))).toBeUndefined();
    },
    { runs: 1_000 },
  );

  holds(
    "moment-any-text",
    "is nothing else but the seconds or milliseconds of a Unix clock",
    fc.oneof(
      fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 8, maxLength: 15 }),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
      fc.string({ unit: "binary" }),
    ),
    (text) => {
      const ms = momentMs(text);
      const isUnix = /^(\d{10}|\d{13})$/.test(text);
      expect(ms).toBe(isUnix ? Number(text) * (text.length === 10 ? 1_000 : 1) : undefined);
    },
  );
});
