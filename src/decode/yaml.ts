import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument, type YAMLError } from "yaml";
import type { Json } from "../model/json.ts";
import type { Place, Problem } from "../model/problem.ts";
import type { Path } from "./path-text.ts";
import { Positions } from "./places.ts";
import { yamlWords } from "./yaml-words.ts";

/** Values a file may come to once its aliases are written out; more is a bomb, not a file. */
const MOST_VALUES = 50_000;
const DEEPEST = 100;
const MOST_SYNTAX_PROBLEMS = 10;

export type Parsed =
  | { readonly ok: true; readonly value: Json; readonly positions: Positions }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads YAML 1.2 (and so JSON) into plain values, and notes where each of them stands. Never throws. */
export function parseYaml(text: string, file: string): Parsed {
  const positions = new Positions(file, text);
  try {
    const document = parseDocument(text, { prettyErrors: false, strict: true });
    const wrong = [...document.errors, ...document.warnings];
    if (wrong.length > 0) return { ok: false, problems: syntaxProblems(wrong, positions) };
    const reader = new NodeReader(positions);
    const value = reader.read(document.contents, [], 0);
    return reader.problems.length > 0
      ? { ok: false, problems: reader.problems }
      : { ok: true, value: value.json, positions };
  } catch {
    // The parser is recursive: thousands of open brackets overflow its stack.
    return {
      ok: false,
      problems: [
        {
          place: { file, line: 1, column: 1 },
          what: "The file cannot be read: its lists and objects are nested too deeply.",
          next: `Nest at most ${DEEPEST} deep.`,
        },
      ],
    };
  }
}

// One mistake often brings several errors on the same line; the first says most.
function syntaxProblems(errors: readonly YAMLError[], positions: Positions): readonly Problem[] {
  const byLine = new Map<number | undefined, Problem>();
  for (const error of errors.toSorted((one, other) => one.pos[0] - other.pos[0])) {
    const place = positions.at(error.pos[0]);
    const [what, next] = yamlWords(error.code);
    if (!byLine.has(place.line)) byLine.set(place.line, { place, what, next });
  }
  return [...byLine.values()].slice(0, MOST_SYNTAX_PROBLEMS);
}

/** Tags that only say what JSON would say anyway; `!!binary` and its like make what JSON has not. */
const JSON_TAGS: ReadonlySet<string> = new Set(
  ["str", "int", "float", "bool", "null", "map", "seq"].map((name) => `tag:yaml.org,2002:${name}`),
);

interface Read {
  readonly json: Json;
  /** How many values it comes to with aliases written out. */
  readonly size: number;
}

const NOTHING: Read = { json: null, size: 1 };

class NodeReader {
  readonly problems: Problem[] = [];
  readonly #positions: Positions;
  readonly #anchors = new Map<string, Read>();
  readonly #open = new Set<string>();
  #tooMany = false;

  constructor(positions: Positions) {
    this.#positions = positions;
  }

  read(node: Node | null | undefined, path: Path, depth: number): Read {
    if (node === null || node === undefined) return NOTHING;
    const start = node.range?.[0] ?? 0;
    this.#positions.noteValue(path, start);
    if (depth > DEEPEST) {
      return this.#refuse(start, `Lists and objects are nested more than ${DEEPEST} deep.`, "Flatten them.");
    }
    if (isAlias(node)) return this.#alias(node.source, start);
    if (node.tag !== undefined && !JSON_TAGS.has(node.tag)) {
      return this.#refuse(start, ...yamlWords("TAG_RESOLVE_FAILED"));
    }
    const anchor = "anchor" in node && typeof node.anchor === "string" ? node.anchor : undefined;
    if (anchor !== undefined) this.#open.add(anchor);
    const value = this.#bounded(this.#plain(node, path, depth, start), start);
    if (anchor !== undefined) {
      this.#open.delete(anchor);
      this.#anchors.set(anchor, value);
    }
    return value;
  }

  #plain(node: Node, path: Path, depth: number, start: number): Read {
    if (isMap(node)) return this.#object(node.items, path, depth);
    if (isSeq(node)) {
      const items = node.items.map((item, index) => this.read(item as Node, [...path, index], depth + 1));
      return { json: items.map((item) => item.json), size: sizeOf(items) };
    }
    return isScalar(node) ? this.#scalar(node.value, path, start) : NOTHING;
  }

  #object(pairs: readonly { key: unknown; value: unknown }[], path: Path, depth: number): Read {
    const entries = new Map<string, Read>();
    for (const pair of pairs) {
      const keyNode = pair.key as Node | null;
      const start = keyNode?.range?.[0] ?? 0;
      if (!isScalar(keyNode) || keyNode.value === null) {
        this.#refuse(start, "This key is not a text.", "Write a word, or put it in quotes.");
        continue;
      }
      // As it is written: `.nan` is no number that anybody meant.
      const key =
        typeof keyNode.value === "string" ? keyNode.value : (keyNode.source ?? String(keyNode.value));
      if (entries.has(key)) this.#refuse(start, ...yamlWords("DUPLICATE_KEY"));
      this.#positions.noteKey([...path, key], start);
      // A key without a value stands where its key stands.
      this.#positions.noteValue([...path, key], start);
      entries.set(key, this.read(pair.value as Node | null, [...path, key], depth + 1));
    }
    return {
      json: Object.fromEntries([...entries].map(([key, value]) => [key, value.json])),
      size: sizeOf([...entries.values()]),
    };
  }

  #scalar(value: unknown, path: Path, start: number): Read {
    if (typeof value === "string") {
      this.#positions.noteValue(path, start, value);
      return { json: value, size: 1 };
    }
    if (typeof value === "number" && !Number.isFinite(value)) {
      return this.#refuse(start, "JSON has no such number.", "Write a number in digits, or quote the text.");
    }
    if (typeof value === "number" || typeof value === "boolean") return { json: value, size: 1 };
    return NOTHING;
  }

  #alias(name: string, start: number): Read {
    if (this.#open.has(name)) {
      return this.#refuse(start, `The alias \`*${name}\` stands inside its own anchor.`, "Break the circle.");
    }
    const known = this.#anchors.get(name);
    if (known === undefined) {
      return this.#refuse(
        start,
        `There is no anchor \`&${name}\` before this.`,
        "Quote a text that begins with `*`.",
      );
    }
    return known;
  }

  #bounded(value: Read, start: number): Read {
    if (value.size <= MOST_VALUES) return value;
    if (!this.#tooMany) {
      this.#refuse(
        start,
        `With its aliases written out this holds more than ${MOST_VALUES} values.`,
        "Use fewer aliases.",
      );
    }
    this.#tooMany = true;
    return NOTHING;
  }

  #refuse(start: number, what: string, next: string): Read {
    const place: Place = this.#positions.at(start);
    this.problems.push({ place, what, next });
    return NOTHING;
  }
}

function sizeOf(parts: readonly Read[]): number {
  return parts.reduce((sum, part) => sum + part.size, 1);
}
