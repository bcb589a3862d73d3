import { checkShape, didYouMean, type Path, z } from "../decode/index.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { BodyTemplate, Changes } from "../model/scenario.ts";
import { labelled, relabel } from "./label.ts";
import { complain, type Reading, readTemplate } from "./reading.ts";
import { complainOfPath } from "./value-path.ts";

const DIRECTIVES = ["$from", "$for", "$answer", "$set", "$without"] as const;

const NO_BODY: BodyTemplate = { kind: "literal", value: null };

/** A value of a file as a body template. What holds no slot at all comes back as one literal. */
export function readBody(value: Json, path: Path, reading: Reading): BodyTemplate {
  if (typeof value === "string") return readText(value, path, reading);
  if (Array.isArray(value)) {
    const items = value.map((item: Json, index) => readBody(item, [...path, index], reading));
    return items.every(isLiteral)
      ? { kind: "literal", value: items.map((item) => item.value) }
      : { kind: "array", items };
  }
  if (!isJsonObject(value)) return { kind: "literal", value };
  return isDirected(value) ? readDirected(value, path, reading) : readObject(value, path, reading);
}

/** Whether an object is a `$from` or `$answer` (or tries to be one) rather than plain JSON. */
export function isDirected(value: Json): value is JsonObject {
  // `$ref` is an attribute of SCIM, not a word of ours.
  return isJsonObject(value) && Object.keys(value).some((key) => key.startsWith("$") && key !== "$ref");
}

function readText(text: string, path: Path, reading: Reading): BodyTemplate {
  const template = readTemplate(text, path, reading);
  return template.parts.every((part) => typeof part === "string")
    ? { kind: "literal", value: text }
    : { kind: "text", template };
}

const isLiteral = (body: BodyTemplate) => body.kind === "literal";

function readObject(value: JsonObject, path: Path, reading: Reading): BodyTemplate {
  const entries = readEntries(value, path, reading);
  const literals = entries.flatMap(([key, body]) =>
    body.kind === "literal" ? [[key, body.value] as const] : [],
  );
  return literals.length === entries.length
    ? { kind: "literal", value: Object.fromEntries(literals) }
    : { kind: "object", entries };
}

function readEntries(
  value: JsonObject,
  path: Path,
  reading: Reading,
): readonly (readonly [string, BodyTemplate])[] {
  return Object.entries(value).map(([key, item]) => {
    if (key.includes("${")) {
      const place = reading.places.placeOfKey([...path, key]);
      complain(reading, place, `The key \`${key}\` holds a slot.`, "Slots stand in values only.");
    }
    return [key, readBody(item, [...path, key], reading)];
  });
}

const directives = z.object({
  $from: z.string().optional(),
  $for: z
    .string()
    .regex(/^[A-Za-z][\w-]*$/, { error: "Expected a label such as `bob`." })
    .optional(),
  $answer: z.string().optional(),
  $set: z.record(z.string(), z.unknown()).optional(),
  $without: z.array(z.string()).optional(),
});

function readDirected(value: JsonObject, path: Path, reading: Reading): BodyTemplate {
  if (hasUnknownDirective(value, path, reading)) return NO_BODY;
  const checked = checkShape(directives, value, reading.places, path);
  if (!checked.ok) {
    reading.problems.push(...checked.problems);
    return NO_BODY;
  }
  const { $from: from, $for: label, $answer: answer } = checked.value;
  const place = reading.places.placeOf(path);
  if ((from === undefined) === (answer === undefined)) {
    complain(
      reading,
      place,
      from === undefined
        ? "Nothing says what these changes are made to."
        : "Both `$from` and `$answer` are given.",
      "Give either `$from: <fixture>` or `$answer: <step>`.",
    );
    return NO_BODY;
  }
  const changes = readChanges(value, checked.value.$without ?? [], path, reading);
  if (answer !== undefined) {
    if (label !== undefined) complain(reading, place, "`$for` needs `$from`.", "Take `$for` away.");
    const { step, part } = reading;
    reading.mentions.push({
      kind: "answer",
      target: answer,
      place: reading.places.placeOf([...path, "$answer"]),
      step,
      part,
    });
    return { kind: "answer", step: answer, changes };
  }
  return readFixture(from ?? "", label, changes, path, reading);
}

function readFixture(
  name: string,
  label: string | undefined,
  changes: Changes,
  path: Path,
  reading: Reading,
): BodyTemplate {
  const place = reading.places.placeOf([...path, "$from"]);
  const fixture = reading.fixtures.take(name);
  if (fixture.kind === "unknown") {
    complain(reading, place, `There is no fixture \`${name}\`.`, didYouMean(name, fixture.known));
    return NO_BODY;
  }
  // A broken fixture is reported once, under its own name, by the shelf.
  if (fixture.kind === "broken") return NO_BODY;
  for (const slot of fixture.slots) {
    const { step, part } = reading;
    const labelledName = label === undefined ? slot : labelled(slot, label);
    reading.mentions.push({ kind: "slot", name: labelledName, via: name, place, step, part });
  }
  const body = label === undefined ? fixture.body : relabel(fixture.body, label);
  return { kind: "fixture", body, changes };
}

function readChanges(value: JsonObject, without: readonly string[], path: Path, reading: Reading): Changes {
  const plain = Object.fromEntries(
    Object.entries(value).filter(([key]) => !key.startsWith("$") || key === "$ref"),
  );
  const given = value.$set;
  const set = isJsonObject(given) ? given : {};
  for (const key of Object.keys(set)) {
    complainOfPath(key, () => reading.places.placeOfKey([...path, "$set", key]), reading);
  }
  for (const [index, item] of without.entries()) {
    complainOfPath(item, () => reading.places.placeOf([...path, "$without", index]), reading);
  }
  return {
    replace: readEntries(plain, path, reading),
    set: readEntries(set, [...path, "$set"], reading),
    without,
  };
}

function hasUnknownDirective(value: JsonObject, path: Path, reading: Reading): boolean {
  const known: readonly string[] = ["$ref", ...DIRECTIVES];
  const unknown = Object.keys(value).filter((key) => key.startsWith("$") && !known.includes(key));
  for (const key of unknown) {
    const place = reading.places.placeOfKey([...path, key]);
    complain(reading, place, `There is no directive \`${key}\`.`, didYouMean(key, DIRECTIVES));
  }
  return unknown.length > 0;
}
