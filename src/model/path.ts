import type { Json, JsonObject } from "./json.ts";

const parsedPaths = new Map<string, readonly (string | number)[]>();

/**
 * Splits `name.givenName`, `emails[0].value`, `["urn:a:b"].department` or `$` into keys and indexes.
 * A path that cannot be read gives undefined; the linker refuses it before anything is played.
 */
export function parsePath(path: string): readonly (string | number)[] | undefined {
  const known = parsedPaths.get(path);
  if (known !== undefined) return known;
  const segments = split(path);
  if (segments !== undefined) parsedPaths.set(path, segments);
  return segments;
}

const SEGMENT = /\.?([^.[\]"]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;

function split(path: string): readonly (string | number)[] | undefined {
  const segments: (string | number)[] = [];
  // The root, and not the first letter of a key such as `$ref`.
  SEGMENT.lastIndex = /^\$(?:[.[]|$)/.test(path) ? 1 : 0;
  while (SEGMENT.lastIndex < path.length) {
    const match = SEGMENT.exec(path);
    if (match === null) return undefined;
    if (match[1] !== undefined) segments.push(match[1]);
    else if (match[2] !== undefined) segments.push(Number(match[2]));
    else {
      const key = quotedKey(match[3] ?? "");
      if (key === undefined) return undefined;
      segments.push(key);
    }
  }
  return segments;
}

function quotedKey(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}

/** The value at a path, or undefined where there is none. Only own keys count: a server may send `__proto__`. */
export function valueAt(value: Json | undefined, path: string): Json | undefined {
  let current: Json | undefined = value;
  for (const segment of parsePath(path) ?? []) {
    if (current === null || typeof current !== "object") return undefined;
    if (typeof segment === "number") {
      current = Array.isArray(current) ? (current as readonly Json[])[segment] : undefined;
    } else {
      if (Array.isArray(current)) return undefined;
      current = Object.hasOwn(current, segment) ? (current as JsonObject)[segment] : undefined;
    }
  }
  return current;
}
