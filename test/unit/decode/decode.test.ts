import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import {
  type Decoded,
  decodeJson,
  decodeJsonFile,
  decodeYaml,
  decodeYamlFile,
  z,
} from "../../../src/decode/index.ts";
import { problemLine } from "../../../src/model/problem.ts";

const shape = z.strictObject({
  name: z.string(),
  size: z.int().optional(),
  tags: z.array(z.string()).optional(),
});
const linesOf = (decoded: Decoded<unknown>) => (decoded.ok ? [] : decoded.problems.map(problemLine));

const folder = mkdtempSync(join(tmpdir(), "scim-check-decode-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("decoding YAML", () => {
  it("gives the typed value, and the places of its parts and keys", () => {
    const decoded = decodeYaml("name: Ada\ntags:\n  - one\n  - two\n", "a.yaml", shape);
    expect(decoded).toMatchObject({ ok: true, value: { name: "Ada", tags: ["one", "two"] } });
    if (!decoded.ok) return;
    expect(decoded.placeOf(["tags", 1])).toEqual({ file: "a.yaml", line: 4, column: 5 });
    expect(decoded.placeOf(["name"])).toEqual({ file: "a.yaml", line: 1, column: 7 });
    expect(decoded.placeOfKey(["tags"])).toEqual({ file: "a.yaml", line: 2, column: 1 });
  });

  it("places a character of a plain or quoted text, and falls back to its beginning where escapes shift it", () => {
    const decoded = decodeYaml('- plain\n- "quoted"\n- "a\\tb"\n', "a.yaml", z.array(z.string()));
    if (!decoded.ok) throw new Error("not decoded");
    expect(decoded.placeOf([0], 2)).toMatchObject({ line: 1, column: 5 });
    expect(decoded.placeOf([1], 2)).toMatchObject({ line: 2, column: 6 });
    expect(decoded.placeOf([2], 2)).toMatchObject({ line: 3, column: 3 });
  });

  it("places what came through an alias at the alias", () => {
    const decoded = decodeYaml("- &x { a: 1 }\n- *x\n", "a.yaml", z.unknown());
    expect(decoded).toMatchObject({ ok: true, value: [{ a: 1 }, { a: 1 }] });
    expect(decoded.ok && decoded.placeOf([1, "a"])).toMatchObject({ line: 2, column: 3 });
  });

  it("keeps a key named __proto__ as a key like any other", () => {
    const decoded = decodeYaml("__proto__: { polluted: true }", "a.yaml", z.unknown());
    expect(decoded.ok && Object.keys(decoded.value as object)).toEqual(["__proto__"]);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  it("reports what is missing, wrong and unknown, all at once", () => {
    expect(linesOf(decodeYaml("size: large\nnmae: Ada\n", "a.yaml", shape))).toEqual([
      "a.yaml:1:1: `name` is missing. Expected a text.",
      'a.yaml:1:7: `size` is "large". Expected a number.',
      "a.yaml:2:1: There is no key `nmae`. Did you mean `name`?",
    ]);
  });

  it("refuses numbers that JSON does not have", () => {
    expect(linesOf(decodeYaml("size: .nan", "a.yaml", shape))).toEqual([
      "a.yaml:1:7: JSON has no such number. Write a number in digits, or quote the text.",
    ]);
  });

  it.each([
    ["brackets", "[".repeat(20_000)],
    ["closed brackets", `${"[".repeat(150)}1${"]".repeat(150)}`],
    ["objects", "{a: ".repeat(20_000)],
    ["dashes", "- ".repeat(20_000)],
  ])("refuses %s nested thousands deep", (_, text) => {
    const lines = linesOf(decodeYaml(text, "a.yaml", z.unknown()));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join("\n")).toMatch(/nested/);
  });

  it("refuses keys that are not words", () => {
    expect(linesOf(decodeYaml("? [a]\n: b\n", "a.yaml", shape))).toEqual([
      "a.yaml:1:3: This key is not a text. Write a word, or put it in quotes.",
    ]);
  });

  it("refuses what is larger than it was told to read", () => {
    expect(linesOf(decodeYaml("name: Ada", "a.yaml", shape, { maxBytes: 5 }))).toEqual([
      "a.yaml:1:1: The file has 9 bytes. At most 5 are read; split it.",
    ]);
  });

  it("never throws, and places every problem, whatever the text", () => {
    const pieces = fc.constantFrom(
      "a: ",
      "- ",
      "[",
      "]",
      "{",
      "}",
      "&a ",
      "*a",
      "!!set ",
      "? ",
      "|\n",
      "\t",
      "\n",
      "'",
      '"',
      "---\n",
      "%",
      "#",
      "\uFEFF",
      "\0",
      `\${`,
      "x",
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(pieces, { maxLength: 40 }).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(text, (given) => {
        const decoded = decodeYaml(given, "a.yaml", shape);
        if (decoded.ok) return;
        expect(decoded.problems.length).toBeGreaterThan(0);
        for (const { place, what } of decoded.problems) {
          expect(what).not.toBe("");
          expect(place.file).toBe("a.yaml");
          expect(place.line).toBeGreaterThanOrEqual(1);
          expect(place.column).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("never throws, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => decodeYaml(bytes, "a.yaml", shape)).not.toThrow();
      }),
    );
  });

  it("reads every JSON value as JSON.parse does", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const decoded = decodeYaml(text, "a.json", z.unknown());
        expect(decoded.ok && JSON.stringify(decoded.value)).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });
});

describe("decoding JSON", () => {
  it("refuses what only YAML would allow", () => {
    expect(linesOf(decodeJson("name: Ada", "a.json", shape))).toEqual([
      "a.json:1:1: The file is not JSON. Check quotes, commas and brackets.",
    ]);
  });

  it("points to the value that has the wrong shape", () => {
    expect(linesOf(decodeJson('{\n  "name": 5\n}', "a.json", shape))).toEqual([
      "a.json:2:11: `name` is 5. Expected a text.",
    ]);
  });

  it("says of a key that tells kinds apart what it is, and which there are", () => {
    const kinds = z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("user") }),
      z.object({ kind: z.literal("group") }),
    ]);
    const told = (text: string) => linesOf(decodeJson(text, "a.json", kinds));
    expect(told('{"kind": "usr"}')).toEqual(['a.json:1:10: `kind` is "usr". Did you mean `user`?']);
    expect(told('{"size": 1}')).toEqual(["a.json:1:1: `kind` is missing. Expected one of `user`, `group`."]);
    expect(told('{"kind": 7}')).toEqual(["a.json:1:10: `kind` is 7. Expected one of `user`, `group`."]);
  });

  it("says that an empty file is empty", () => {
    for (const text of ["", "\n"]) {
      expect(linesOf(decodeJson(text, "a.json", shape))).toEqual([
        "a.json:1:1: The file is empty. Expected JSON.",
      ]);
    }
  });

  it("points to where the text breaks off", () => {
    const [line] = linesOf(decodeJson('{\n  "name": "Ada"\n', "a.json", shape));
    expect(line).toMatch(/^a\.json:[23]:\d+: /);
  });

  it("names the file alone when it is too large to be gone over twice", () => {
    const large = JSON.stringify({ name: 5, tags: ["x".repeat(1_100_000)] });
    expect(linesOf(decodeJson(large, "a.json", shape, { maxBytes: 2_000_000 }))).toEqual([
      "a.json: `name` is 5. Expected a text.",
    ]);
  });

  it("never throws, whatever the text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(() => decodeJson(text, "a.json", shape)).not.toThrow();
      }),
    );
  });
});

describe("decoding files", () => {
  it("reads YAML and JSON files, with or without a byte order mark", () => {
    writeFileSync(join(folder, "a.yaml"), "\uFEFFname: Ada\r\nsize: 1\r\n");
    writeFileSync(join(folder, "a.json"), '\uFEFF{ "name": "Ada" }');
    expect(decodeYamlFile(join(folder, "a.yaml"), shape)).toMatchObject({
      ok: true,
      value: { name: "Ada", size: 1 },
    });
    expect(decodeJsonFile(join(folder, "a.json"), shape)).toMatchObject({ ok: true, value: { name: "Ada" } });
  });

  it("says so when there is none, or when it is a folder", () => {
    expect(linesOf(decodeYamlFile("nobody.yaml", shape))).toEqual([
      "nobody.yaml:1:1: There is no such file. Check the path.",
    ]);
    expect(linesOf(decodeJsonFile(folder, shape))).toEqual([`${folder}:1:1: This is a folder. Name a file.`]);
  });
});

it.each(['{"a": [1, {"b": "c', '{"a": "}]', "[[1, 2]", '{"a": 1,'])(
  "JSON that was cut short is said to be that, and not to be wrong where it ends: %s",
  (text) => {
    expect(decodeJson(text, "shard.json", z.looseObject({}))).toMatchObject({
      ok: false,
      problems: [
        {
          place: { file: "shard.json", line: 1, column: text.length + 1 },
          what: "The file ends in the middle of its JSON.",
        },
      ],
    });
  },
);
