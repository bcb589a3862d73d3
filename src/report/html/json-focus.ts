import type { Json } from "../../model/json.ts";
import type { Finding } from "../../model/verdict.ts";
import { type DiffLine, shortContext } from "./diff-lines.ts";
import { pathIn } from "./expectation.ts";
import { prettyJson } from "./pretty-json.ts";

/** Lines of a value that are shown; the exchange below has all of them. */
const LONGEST_VALUE = 12;

/**
 * The value a finding is about among its neighbours, for findings whose wish is no single value ("an integer").
 * Undefined when there is no such value in the body.
 */
export function focusOn(body: Json, findings: readonly Finding[]): readonly DiffLine[] | undefined {
  for (const finding of findings) {
    const path = pathIn(finding);
    if (path === undefined || path.length === 0) continue;
    const lines = linesAround(body, path);
    if (lines !== undefined) return lines;
  }
  return undefined;
}

function linesAround(body: Json, path: readonly (string | number)[]): readonly DiffLine[] | undefined {
  const holder = path.slice(0, -1).reduce<Json | undefined>(inside, body);
  const last = path.at(-1);
  if (last === undefined || inside(holder, last) === undefined) return undefined;
  const before = lineOf(body, path);
  const after = prettyJson(inside(holder, last) as Json).split("\n").length;
  const all = prettyJson(body).split("\n");
  const value = all.slice(before, before + after);
  return [
    ...shortContext(all.slice(0, before), false, true),
    ...value.slice(0, LONGEST_VALUE).map((text): DiffLine => ({ kind: "actual", text })),
    ...shortContext([...value.slice(LONGEST_VALUE), ...all.slice(before + after)], true, false),
  ];
}

/** The line at which the value of a path starts: as many as are written before its key. */
function lineOf(value: Json, [segment, ...rest]: readonly (string | number)[]): number {
  if (segment === undefined || value === null || typeof value !== "object") return 0;
  let line = 1;
  for (const [key, inner] of Object.entries(value)) {
    if (key === String(segment)) return line + lineOf(inner as Json, rest);
    line += prettyJson(inner as Json).split("\n").length;
  }
  return line;
}

function inside(value: Json | undefined, segment: string | number): Json | undefined {
  if (value === null || value === undefined || typeof value !== "object") return undefined;
  return Object.hasOwn(value, segment) ? (value as Record<string | number, Json>)[segment] : undefined;
}
