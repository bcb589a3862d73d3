import fc from "fast-check";
import { describe, expect } from "vitest";
import { fillBody, fillPath, fillText, type Scope } from "../../src/engine/fill.ts";
import type { Json } from "../../src/model/json.ts";
import { parseTemplate } from "../../src/scenarios/template.ts";
import { holds } from "./property.ts";

/** Values as a server may have given them: anything at all. */
const value = fc.oneof(fc.string({ unit: "binary" }), fc.string(), fc.integer(), fc.boolean());
const scopeOf = (given: Json): Scope => ({
  valueOf: (name) => (name === "user" ? given : undefined),
  unique: (kind) => `unique ${kind}`,
  answerOf: () => undefined,
});
const parsed = (text: string) => {
  const template = parseTemplate(text);
  if (!template.ok) throw new Error(template.problem.what);
  return template.template;
};
/** Half a surrogate pair cannot travel; U+FFFD does in its place. */
const wellFormed = (text: string) => text.replaceAll(/\p{Surrogate}/gu, "\uFFFD");
const plain = fc.string({ maxLength: 10 }).filter((text) => !text.includes("$"));

describe("a slot", () => {
  holds(
    "template-text",
    "puts a value between texts, and touches neither, even where the value looks like a slot",
    fc.record({
      before: plain,
      value: fc.oneof(value, fc.constantFrom(`\${user}`, "$&", "$1", "}")),
      after: plain,
    }),
    ({ before, value: given, after }) => {
      const text = fillText(parsed(`${before}\${user}${after}`), scopeOf(given));
      expect(text).toBe(`${before}${typeof given === "string" ? given : JSON.stringify(given)}${after}`);
    },
  );

  holds(
    "template-body",
    "that is a whole text becomes the value itself, whatever type it has",
    fc
      .oneof(
        value,
        fc.json({ maxDepth: 2 }).map((text) => JSON.parse(text) as Json),
      )
      .filter((given) => given !== null),
    (given) => {
      const body = fillBody({ kind: "text", template: parsed(`\${user}`) }, scopeOf(given));
      expect(body).toEqual(given);
    },
  );

  holds(
    "template-path",
    "stays one segment of a path, and reads back as the value it was given",
    fc.string({ unit: "binary", minLength: 1 }),
    (given) => {
      const path = fillPath(parsed(`/Users/\${user}`), scopeOf(given));
      const [, users, segment = "", ...more] = path.split("/");
      expect([users, more]).toEqual(["Users", []]);
      expect(segment).not.toMatch(/[?#\s]/);
      expect(decodeURIComponent(segment)).toBe(wellFormed(given));
    },
  );

  holds(
    "template-query",
    "inside a quoted filter in a query reads back as the value it was given",
    fc.string({ unit: "binary" }),
    (given) => {
      const path = fillPath(parsed(`/Users?filter=\${user | filter | url}`), scopeOf(given));
      const filter = new URL(`http://x${path}`).searchParams.get("filter") ?? "";
      // What the transform escapes is what JSON needs escaped, besides control characters, which have no say here.
      const literal = [...filter].map((one) => (one < " " ? JSON.stringify(one).slice(1, -1) : one)).join("");
      expect(JSON.parse(`"${literal}"`)).toBe(wellFormed(given));
      expect(path).not.toMatch(/[#&+"\s]/);
    },
  );
});
