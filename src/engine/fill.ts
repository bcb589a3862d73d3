import { isJsonObject, type Json } from "../model/json.ts";
import { parsePath, valueAt } from "../model/path.ts";
import { encodedSegment, percentEncoded } from "../model/percent.ts";
import type { BodyTemplate, Changes, Slot, Template, Transform } from "../model/scenario.ts";

/** Thrown when a slot was never yielded; the player turns it into a blocked step. */
export class MissingValue extends Error {
  readonly slot: string;

  constructor(slot: string) {
    super(`\${${slot}} was never yielded`);
    this.slot = slot;
  }
}

/** Where the values of slots come from. */
export interface Scope {
  /** A remembered or given value by its first name, before any path. */
  readonly valueOf: (name: string) => Json | undefined;
  readonly unique: (kind: string, label?: string) => string;
  /** The JSON body of an earlier step's successful answer. */
  readonly answerOf: (step: string) => Json | undefined;
}

/** A template as text. */
export function fillText(template: Template, scope: Scope): string {
  return filled(template, scope, (text) => text);
}

/**
 * A template as path and query. A server may give ids such as `a/b?c`; they must stay one segment, so what a slot
 * yields is percent-encoded unless the template does it itself.
 */
export function fillPath(template: Template, scope: Scope): string {
  return filled(template, scope, (text, { transforms }) =>
    transforms.includes("url") || transforms.includes("form") ? text : encodedSegment(text),
  );
}

function filled(template: Template, scope: Scope, written: (text: string, slot: Slot) => string): string {
  return template.parts
    .map((part) =>
      typeof part === "string" ? part : written(textOf(withTransforms(slotValue(part, scope), part)), part),
    )
    .join("");
}

/** A body template as JSON. A text that is nothing but one slot becomes the value itself. */
export function fillBody(template: BodyTemplate, scope: Scope): Json {
  switch (template.kind) {
    case "literal":
      return template.value;
    case "text": {
      const [only, ...rest] = template.template.parts;
      return only !== undefined && typeof only !== "string" && rest.length === 0
        ? withTransforms(slotValue(only, scope), only)
        : fillText(template.template, scope);
    }
    case "array":
      return template.items.map((item) => fillBody(item, scope));
    case "object":
      return Object.fromEntries(template.entries.map(([key, value]) => [key, fillBody(value, scope)]));
    case "fixture":
      return changed(fillBody(template.body, scope), template.changes, scope);
    case "answer": {
      const answer = scope.answerOf(template.step);
      if (!isJsonObject(answer)) throw new MissingValue(`the answer of step ${template.step}`);
      return changed(answer, template.changes, scope, dropNulls);
    }
  }
}

/**
 * What an action is given. A `path` in it is an address, as of a step of its own, and is filled like one; bodies
 * (`body`, `like`) are JSON, where a `path` is one of SCIM.
 */
export function fillArgument(name: string, template: BodyTemplate, scope: Scope): Json {
  if (name === "path" && template.kind === "text") return fillPath(template.template, scope);
  if (name === "body" || name === "like") return fillBody(template, scope);
  if (template.kind === "array") return template.items.map((item) => fillArgument(name, item, scope));
  if (template.kind === "object") {
    return Object.fromEntries(template.entries.map(([key, value]) => [key, fillArgument(key, value, scope)]));
  }
  return fillBody(template, scope);
}

function slotValue(slot: Slot, scope: Scope): Json {
  if (slot.name.startsWith("unique.")) {
    const words = slot.name.split(".");
    const kind = words.at(-1) ?? "";
    return words.length > 2 ? scope.unique(kind, words.slice(1, -1).join(".")) : scope.unique(kind);
  }
  const whole = scope.valueOf(slot.name);
  if (whole !== undefined) return whole;
  const end = slot.name.search(/[.[]/);
  const value =
    end === -1 ? undefined : valueAt(scope.valueOf(slot.name.slice(0, end)), restOf(slot.name, end));
  if (value === undefined || value === null) throw new MissingValue(slot.name);
  return value;
}

const restOf = (name: string, end: number) => (name[end] === "." ? name.slice(end + 1) : name.slice(end));

const TRANSFORM: Readonly<Record<Transform, (text: string) => string>> = {
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  filter: (text) => text.replaceAll("\\", "\\\\").replaceAll('"', '\\"'),
  url: (text) => percentEncoded(text),
  form: (text) => percentEncoded(text).replaceAll("%20", "+"),
};

/** A slot's value with its transforms applied. */
export function withTransforms(value: Json, slot: Slot): Json {
  return slot.transforms.reduce<Json>((text, transform) => TRANSFORM[transform](textOf(text)), value);
}

const textOf = (value: Json) => (typeof value === "string" ? value : JSON.stringify(value));

type Draft = Draft[] | { [key: string]: Draft } | string | number | boolean | null;

function changed(
  body: Json,
  changes: Changes,
  scope: Scope,
  before: (draft: Draft) => void = () => undefined,
): Json {
  const draft = structuredClone(body) as Draft;
  if (typeof draft !== "object" || draft === null || Array.isArray(draft)) return body;
  before(draft);
  for (const path of changes.without) removeAt(draft, parsePath(path) ?? []);
  for (const [key, value] of changes.replace) put(draft, key, fillBody(value, scope) as Draft);
  for (const [path, value] of changes.set)
    setAt(draft, parsePath(path) ?? [], fillBody(value, scope) as Draft);
  return draft as Json;
}

/**
 * Whether Okta writes back a null that a server showed is not known. It says no more than to leave the attribute out
 * (RFC 7643 2.5), which nobody can refuse.
 */
function dropNulls(draft: Draft): void {
  const waiting: Draft[] = [draft];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    if (typeof part !== "object" || part === null) continue;
    if (!Array.isArray(part)) for (const key of Object.keys(part)) if (part[key] === null) delete part[key];
    for (const one of Object.values(part)) waiting.push(one);
  }
}

function setAt(root: Draft, path: readonly (string | number)[], value: Draft): void {
  let current = root;
  for (const [index, segment] of path.entries()) {
    if (typeof current !== "object" || current === null) return;
    const holder = current as { [key: string | number]: Draft };
    if (index === path.length - 1) {
      put(holder, segment, value);
      return;
    }
    const next = Object.hasOwn(holder, segment) ? holder[segment] : undefined;
    const made: Draft = typeof path[index + 1] === "number" ? [] : {};
    current = typeof next === "object" && next !== null ? next : made;
    put(holder, segment, current);
  }
}

// Assigning to `__proto__` would change the prototype and put nothing into the body.
function put(holder: { [key: string | number]: Draft }, key: string | number, value: Draft): void {
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
}

function removeAt(root: Draft, path: readonly (string | number)[]): void {
  let current: Draft | undefined = root;
  for (const segment of path.slice(0, -1)) {
    if (typeof current !== "object" || current === null) return;
    current = Object.hasOwn(current, segment)
      ? (current as { [key: string | number]: Draft })[segment]
      : undefined;
  }
  const last = path.at(-1);
  if (last === undefined || typeof current !== "object" || current === null) return;
  if (!Array.isArray(current)) delete current[last];
  else if (typeof last === "number") current.splice(last, 1);
}
