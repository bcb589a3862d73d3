import type { Json } from "../model/json.ts";
import type { Problem } from "../model/problem.ts";
import { isCutShort } from "./cut-short.ts";
import type { Path } from "./path-text.ts";
import type { Places } from "./places.ts";
import { checkShape, type Shape } from "./shape.ts";
import { MEGABYTE, readText, textOf } from "./text.ts";
import { type Parsed, parseYaml } from "./yaml.ts";

export { didYouMean, expectedOneOf, nearest } from "../model/suggest.ts";
export { type Path, pathText } from "./path-text.ts";
export type { Places } from "./places.ts";
export { inReadingOrder } from "./reading-order.ts";
export { type Checked, checkShape, type Shape, z } from "./shape.ts";
export { describe } from "./shape-words.ts";
export { MEGABYTE, readBounded, readText } from "./text.ts";
export { yamlText } from "./yaml-text.ts";

/** A typed value with the places of its parts, or every problem found. */
export type Decoded<Value> =
  | ({ readonly ok: true; readonly value: Value } & Places)
  | { readonly ok: false; readonly problems: readonly Problem[] };

export interface Limits {
  /** Larger texts are refused; 1 MiB unless told. */
  readonly maxBytes?: number;
  /** Hands the value back as it was written, keys in their order. For shapes that change nothing of it. */
  readonly asWritten?: boolean;
}

/** Decodes YAML. Never throws; `file` is the name that problems are reported under. */
export function decodeYaml<Value>(
  given: string | Uint8Array,
  file: string,
  shape: Shape<Value>,
  limits: Limits = {},
): Decoded<Value> {
  const text = textOf(given, file, limits.maxBytes ?? MEGABYTE);
  if (!text.ok) return text;
  const parsed = parseYaml(text.text, file);
  if (!parsed.ok) return parsed;
  return shaped(shape, parsed.value, parsed.positions);
}

/** Like `decodeYaml`, for a text that has to be JSON. Above 1 MiB problems name the file, without a line. */
export function decodeJson<Value>(
  given: string | Uint8Array,
  file: string,
  shape: Shape<Value>,
  limits: Limits = {},
): Decoded<Value> {
  const text = textOf(given, file, limits.maxBytes ?? MEGABYTE);
  if (!text.ok) return text;
  // JSON.parse is fast and tells no places; YAML's parser tells them, and is only asked when there is something to say.
  let parsed: Parsed | undefined;
  const withPlaces = (): Parsed | undefined => {
    if (text.text.length <= MEGABYTE) parsed ??= parseYaml(text.text, file);
    return parsed;
  };
  try {
    const value = JSON.parse(text.text) as Json;
    const decoded = shaped(shape, value, lazyPlaces(file, withPlaces));
    return decoded.ok && limits.asWritten === true ? { ...decoded, value: value as Value } : decoded;
  } catch {
    if (text.text.trim() === "") return { ok: false, problems: [empty(file)] };
    if (isCutShort(text.text)) return { ok: false, problems: [cutShort(file, text.text)] };
    const placed = withPlaces();
    return { ok: false, problems: placed?.ok === false ? placed.problems : [notJson(file)] };
  }
}

export function decodeYamlFile<Value>(
  file: string,
  shape: Shape<Value>,
  limits: Limits = {},
): Decoded<Value> {
  const text = readText(file, limits.maxBytes ?? MEGABYTE);
  return text.ok ? decodeYaml(text.text, file, shape, limits) : text;
}

/** For saved reports, which may be large: 256 MiB unless told. */
export function decodeJsonFile<Value>(
  file: string,
  shape: Shape<Value>,
  limits: Limits = {},
): Decoded<Value> {
  const maxBytes = limits.maxBytes ?? 256 * MEGABYTE;
  const text = readText(file, maxBytes);
  return text.ok ? decodeJson(text.text, file, shape, { ...limits, maxBytes }) : text;
}

function shaped<Value>(shape: Shape<Value>, value: Json, places: Places): Decoded<Value> {
  const checked = checkShape(shape, value, places);
  return checked.ok
    ? { ok: true, value: checked.value, placeOf: places.placeOf, placeOfKey: places.placeOfKey }
    : checked;
}

function empty(file: string): Problem {
  return { place: { file, line: 1, column: 1 }, what: "The file is empty.", next: "Expected JSON." };
}

function cutShort(file: string, text: string): Problem {
  const lines = text.split("\n");
  return {
    place: { file, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 },
    what: "The file ends in the middle of its JSON.",
    next: "It was cut short, or lacks a quote or a bracket: write or fetch it again.",
  };
}

function notJson(file: string): Problem {
  return {
    place: { file, line: 1, column: 1 },
    what: "The file is not JSON.",
    next: "Check quotes, commas and brackets.",
  };
}

function lazyPlaces(file: string, parsed: () => Parsed | undefined): Places {
  const positions = () => {
    const known = parsed();
    return known?.ok === true ? known.positions : undefined;
  };
  return {
    placeOf: (path: Path, offset?: number) => positions()?.placeOf(path, offset) ?? { file },
    placeOfKey: (path: Path) => positions()?.placeOfKey(path) ?? { file },
  };
}
