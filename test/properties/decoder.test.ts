import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect } from "vitest";
import { decodeJson, z } from "../../src/decode/index.ts";
import type { Problem } from "../../src/model/problem.ts";
import { decodeScenarioText } from "../../src/scenarios/decode-scenario.ts";
import { FixtureShelf } from "../../src/scenarios/fixture.ts";
import { holds } from "./property.ts";

const TEXTS = readdirSync("scenarios", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".yaml"))
  .toSorted()
  .map((name) => readFileSync(`scenarios/${name}`, "utf8"));

/** What goes wrong when people edit: something is lost, doubled, swapped, indented, or typed into the middle. */
const damage = fc.record({
  kind: fc.constantFrom("cut", "type", "double", "indent", "swap"),
  at: fc.nat(4_000),
  length: fc.nat(60),
  text: fc.oneof(
    fc.constantFrom(
      `\${`,
      "}",
      "[",
      "{ ",
      ": ",
      "- ",
      "\t",
      '"',
      "'",
      "*",
      "&a ",
      "<<: ",
      "!!binary ",
      "|\n",
      "#",
      "\r\n",
    ),
    fc.constantFrom(
      "0x",
      "1e999",
      ".nan",
      "~",
      "null",
      "__proto__: ",
      "é",
      "\u2028",
      "\ud800",
      "\0",
      "%YAML 9\n",
      "---\n",
    ),
    fc.string({ unit: "binary", maxLength: 4 }),
  ),
});
const file = fc.record({
  of: fc.nat(TEXTS.length - 1),
  damages: fc.array(damage, { minLength: 1, maxLength: 3 }),
});

function damaged(
  text: string,
  damages: readonly { kind: string; at: number; length: number; text: string }[],
): string {
  return damages.reduce((now, { kind, at, length, text: typed }) => {
    const from = at % (now.length + 1);
    const [before, piece, after] = [
      now.slice(0, from),
      now.slice(from, from + length),
      now.slice(from + length),
    ];
    if (kind === "cut") return before + after;
    if (kind === "type") return before + typed + piece + after;
    if (kind === "double") return before + piece + piece + after;
    if (kind === "indent") return before + piece.replaceAll("\n", "\n  ") + after;
    return before + after.slice(0, length) + piece + after.slice(length);
  }, text);
}

/** Every problem stands somewhere in the file, and says what is wrong in words. */
function standInside(problems: readonly Problem[], text: string): void {
  const lines = text.split("\n");
  expect(problems.length).toBeGreaterThan(0);
  for (const { place, what } of problems) {
    expect(place.file).toBe("scenario.yaml");
    expect(what.trim()).not.toBe("");
    expect(what).not.toMatch(/undefined|\[object|NaN/);
    const { line = 1, column = 1 } = place;
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(Math.max(1, lines.length));
    expect(column).toBeGreaterThanOrEqual(1);
    // One behind the end of a line is where something is missing.
    expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
  }
}

const shelf = new FixtureShelf("fixtures");
const decoded = (text: string) => decodeScenarioText(text, { id: "scenario", path: "scenario.yaml" }, shelf);

describe("the decoder of scenarios", () => {
  holds(
    "decoder-mutated",
    "reads a damaged file, or says what is wrong at places inside it; it never throws",
    file,
    ({ of, damages }) => {
      const text = damaged(TEXTS[of] ?? "", damages);
      const result = decoded(text);
      if (!result.ok) standInside(result.problems, text);
    },
    { runs: 250 },
  );

  holds(
    "decoder-any-text",
    "does the same with any text at all",
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(damage, { maxLength: 12 }).map((all) => all.map(({ text }) => text).join("")),
    ),
    (text) => {
      const result = decoded(text);
      if (!result.ok) standInside(result.problems, text);
    },
    { runs: 250 },
  );
});

describe("the decoder of JSON", () => {
  const shape = z.object({ format: z.literal("x"), list: z.array(z.object({ name: z.string() })) });
  holds(
    "decoder-json",
    "says where in the file a damaged report is wrong",
    fc.record({
      names: fc.array(fc.string({ unit: "binary" }), { maxLength: 4 }),
      damages: fc.array(damage, { minLength: 1, maxLength: 2 }),
      indent: fc.nat(2),
    }),
    ({ names, damages, indent }) => {
      const whole = JSON.stringify({ format: "x", list: names.map((name) => ({ name })) }, undefined, indent);
      const text = damaged(whole, damages);
      const result = decodeJson(text, "scenario.yaml", shape);
      if (!result.ok) standInside(result.problems, text);
    },
    { runs: 150 },
  );
});
