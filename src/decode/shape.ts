import * as z from "zod";
import type { Json } from "../model/json.ts";
import type { Place, Problem } from "../model/problem.ts";
import type { Path } from "./path-text.ts";
import type { Places } from "./places.ts";
import { inReadingOrder } from "./reading-order.ts";
import { inputOf, issueWords, unknownKeyWords } from "./shape-words.ts";

/** The door to zod: shapes of files are written with it in the layers that own the files. */
export { z };

/** The shape of a file, or of a part of one. */
export type Shape<Value> = z.ZodType<Value>;

export type Checked<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Checks a value, or a part of one that stands at `base`, against a shape. Every disagreement is a problem. */
export function checkShape<Value>(
  shape: Shape<Value>,
  value: Json | undefined,
  places: Places,
  base: Path = [],
): Checked<Value> {
  const keysAt = new Map<string, readonly string[]>();
  const result = shape.safeParse(value, {
    reportInput: true,
    // An empty message marks issues the shape itself has no words for.
    error: (issue) => {
      if (issue.code === "unrecognized_keys") {
        keysAt.set(JSON.stringify(issue.path ?? []), keysOf(issue.inst));
      }
      return "";
    },
  });
  if (result.success) return { ok: true, value: result.data };
  const problems = result.error.issues.flatMap((issue): readonly Problem[] => {
    const path: Path = [
      ...base,
      ...issue.path.map((part) => (typeof part === "number" ? part : String(part))),
    ];
    if (issue.code === "unrecognized_keys") {
      const known = keysAt.get(JSON.stringify(issue.path)) ?? [];
      return issue.keys.map((key) => ({
        place: places.placeOfKey([...path, key]),
        ...unknownKeyWords(key, path, known),
      }));
    }
    return [{ place: placeOfIssue(issue, path, places), ...issueWords(issue, path) }];
  });
  return { ok: false, problems: inReadingOrder(problems) };
}

function placeOfIssue(issue: z.core.$ZodIssue, path: Path, places: Places): Place {
  if (issue.code === "invalid_key") return places.placeOfKey(path);
  // What is missing has no place of its own; its holder's says where to add it.
  return places.placeOf(inputOf(issue) === undefined ? path.slice(0, -1) : path);
}

function keysOf(shape: unknown): readonly string[] {
  return shape instanceof z.ZodObject ? Object.keys(shape.shape) : [];
}
