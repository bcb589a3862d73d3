import fc from "fast-check";
import { describe, expect } from "vitest";
import { RootScan } from "../../src/load/compile/root-scan.ts";
import { AnswerReader } from "../../src/load/wire/answer-reader.ts";
import { headersIn } from "../../src/load/wire/held-answer.ts";
import { KnownHeads } from "../../src/load/wire/known-heads.ts";
import { answers, LIMITS } from "../unit/load/wire/answers.ts";
import { holds } from "./property.ts";

/** What tells a text from the next one to the same request: mostly a character of a text, now and then its structure. */
const change = fc.record({
  at: fc.nat({ max: 999 }),
  to: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom("0", "7", "a", "Z", "-", " ") },
    {
      weight: 2,
      arbitrary: fc.constantFrom('"', "\\", "{", "}", "[", "]", ":", ",", "\r", "\n", "\0", "\x7f", "\xe9"),
    },
    { weight: 1, arbitrary: fc.constantFrom("", "00") },
  ),
});
const changes = fc.array(fc.array(change, { maxLength: 3 }), { minLength: 1, maxLength: 5 });

function changed(text: string, all: readonly { readonly at: number; readonly to: string }[]): string {
  return all.reduce((before, { at, to }) => {
    const place = at % Math.max(1, before.length);
    return before.slice(0, place) + to + before.slice(place + 1);
  }, text);
}

const KEYS = ["id", "userName", "active"];
const word = fc.oneof(
  fc.constantFrom("id", "userName", "active", "a", "caf\u00e9", 'q"', "\\", "2819c223-7f76-453a"),
  fc.stringMatching(/^[ -~]{0,12}$/),
);
const json = fc.oneof(
  word,
  fc.constantFrom(true, false, null, 0, 12, -1.5),
  fc.dictionary(word, word, { maxKeys: 3 }),
  fc.array(fc.dictionary(word, word, { maxKeys: 2 }), { maxLength: 2 }),
);
const resource = fc
  .tuple(fc.dictionary(word, json, { maxKeys: 5 }), word, word, fc.boolean(), fc.constantFrom(0, 2))
  .map(([others, id, userName, active, indent]) =>
    JSON.stringify({ schemas: ["urn:x"], ...others, id, userName, active }, undefined, indent),
  );

/** All that anybody asks a scan. */
function toldBy(scan: RootScan, bytes: Buffer, start: number, end: number) {
  if (!scan.read(bytes, start, end)) return "none";
  return KEYS.map((_, index) => [
    scan.isUnclear(index),
    scan.valueAt(index),
    scan.is(index, Buffer.from("true")),
    scan.is(index, Buffer.from('"a"')),
    scan.contains(index, Buffer.from("7f76-")),
  ]).concat([[scan.isClear]]);
}

describe("a text of an answer", () => {
  holds(
    "word-in-bytes",
    "contains a word, or does not, as it would once it was read and its letters were made small",
    fc.record({
      userName: word,
      inside: fc.constantFrom("", "Scim-Check-", "scim-scim-check-", "scim-check"),
      after: word,
    }),
    ({ userName, inside, after }) => {
      const text = userName + inside + after;
      const bytes = Buffer.from(`~${JSON.stringify({ userName: text })}`);
      const scan = new RootScan(["userName"]);
      expect(scan.read(bytes, 1, bytes.length)).toBe(true);
      for (const word of ["scim-check-", "a", "n"]) {
        const found = scan.contains(0, Buffer.from(word));
        const isPlain = /^[ !#-[\]-~]*$/.test(text);
        expect(found).toBe(isPlain ? text.toLowerCase().includes(word) : undefined);
      }
    },
  );
});

describe("answers that are like the one before", () => {
  holds(
    "like-bodies",
    "yield what each would yield alone",
    fc.record({ resource, changes, before: fc.integer({ min: 0, max: 3 }) }),
    (example) => {
      const scan = new RootScan(KEYS);
      for (const of of [[], [], ...example.changes]) {
        const text = changed(example.resource, of);
        const bytes = Buffer.from(`${"~".repeat(example.before)}${text}`, "utf8");
        const told = toldBy(scan, bytes, example.before, bytes.length);
        expect(told).toEqual(toldBy(new RootScan(KEYS), bytes, example.before, bytes.length));
      }
    },
    { runs: 2_000 },
  );

  holds(
    "like-heads",
    "have their heads read as if each were the first",
    fc.record({ answer: answers.map((bytes) => bytes.toString("latin1")), changes }),
    (example) => {
      const known = new KnownHeads();
      const reader = new AnswerReader(LIMITS, known);
      for (const of of [[], [], ...example.changes]) {
        const bytes = Buffer.from(changed(example.answer, of), "latin1");
        expect(heard(reader, bytes)).toEqual(heard(new AnswerReader(LIMITS), bytes));
      }
    },
    { runs: 2_000 },
  );
});

function heard(reader: AnswerReader, bytes: Buffer) {
  reader.begin(false);
  try {
    if (!reader.read(bytes, 0, bytes.length)) return `goes on: ${reader.bodyBytes} ${reader.end()}`;
  } catch (problem) {
    return (problem as Error).message;
  }
  const { status, framing, keepsAlive, retryAfterEnd, encodingEnd, keepAliveEnd } = reader.head;
  return {
    ...{ status, framing, keepsAlive, retryAfterEnd, encodingEnd, keepAliveEnd },
    headers: headersIn(reader),
    body: reader.body.toString("latin1", reader.bodyStart, reader.bodyEnd),
    next: reader.next,
    bytesIn: reader.bytesIn,
  };
}
