import { checkShape, nearest, type Path, z } from "../decode/index.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { ValueMatcher } from "../model/scenario.ts";
import { isDirected, readBody } from "./body.ts";
import { complain, type Reading } from "./reading.ts";
import { complainOfPath } from "./value-path.ts";

const size = z.int().min(0).optional();
const onlyTrue = z
  .literal(true, { error: "Expected `true`; for the opposite put it below `not`." })
  .optional();
const anything = z.unknown().optional();

const conditionsShape = z.strictObject({
  equals: anything,
  "equals-ignoring-case": anything,
  "one-of": z.array(z.unknown()).min(1).optional(),
  contains: anything,
  type: z.enum(["string", "number", "integer", "boolean", "array", "object", "null"]).optional(),
  "not-empty": onlyTrue,
  absent: onlyTrue,
  unassigned: onlyTrue,
  "min-length": size,
  "max-length": size,
  length: size,
  "at-least": anything,
  "at-most": anything,
  matches: z.string().optional(),
  some: anything,
  each: anything,
  none: anything,
  at: z.record(z.string(), z.unknown()).optional(),
  not: anything,
});

type Conditions = z.infer<typeof conditionsShape>;

/** What stands beside a path: the value to equal, or an object of conditions. */
export function readValueMatcher(value: Json, path: Path, reading: Reading): ValueMatcher {
  if (!isJsonObject(value) || isDirected(value)) return { equals: readBody(value, path, reading) };
  const checked = checkShape(conditionsShape, value, reading.places, path);
  if (!checked.ok) {
    reading.problems.push(...(isNoCondition(value) ? [objectAsValue(path, reading)] : checked.problems));
    return {};
  }
  if (Object.keys(value).length === 0) {
    complain(
      reading,
      reading.places.placeOf(path),
      "An empty object asks for nothing.",
      "Write `{ equals: {} }` to ask for one.",
    );
  }
  return {
    ...bodies(value, path, reading),
    ...constants(checked.value),
    ...pattern(checked.value, path, reading),
    ...inner(value, path, reading),
  };
}

const CONDITIONS = Object.keys(conditionsShape.shape);

// An object none of whose keys is near a condition was meant as a value to compare with.
function isNoCondition(value: JsonObject): boolean {
  return Object.keys(value).every((key) => nearest(key, CONDITIONS) === undefined);
}

function objectAsValue(path: Path, reading: Reading): Reading["problems"][number] {
  return {
    place: reading.places.placeOf(path),
    what: "This object holds no condition.",
    next: "To compare with an object write `{ equals: { … } }`, or `{ at: { path: value } }` for some of its keys.",
  };
}

function bodies(value: JsonObject, path: Path, reading: Reading): ValueMatcher {
  const at = (key: string) => {
    const given = value[key];
    return given === undefined ? undefined : readBody(given, [...path, key], reading);
  };
  const oneOf = value["one-of"];
  return defined({
    equals: at("equals"),
    equalsIgnoringCase: at("equals-ignoring-case"),
    contains: at("contains"),
    atLeast: at("at-least"),
    atMost: at("at-most"),
    oneOf: Array.isArray(oneOf)
      ? oneOf.map((item: Json, index) => readBody(item, [...path, "one-of", index], reading))
      : undefined,
  });
}

function constants(given: Conditions): ValueMatcher {
  return defined({
    type: given.type,
    notEmpty: given["not-empty"],
    absent: given.absent,
    unassigned: given.unassigned,
    minLength: given["min-length"],
    maxLength: given["max-length"],
    length: given.length,
  });
}

function pattern(given: Conditions, path: Path, reading: Reading): ValueMatcher {
  if (given.matches === undefined) return {};
  try {
    new RegExp(given.matches, "u");
    return { matches: given.matches };
  } catch {
    const place = reading.places.placeOf([...path, "matches"]);
    complain(
      reading,
      place,
      `\`${given.matches}\` is not a regular expression.`,
      "Expected one as JavaScript reads it with the flag `u`; slots are not filled in here.",
    );
    return {};
  }
}

function inner(value: JsonObject, path: Path, reading: Reading): ValueMatcher {
  const below = (key: string) => {
    const given = value[key];
    return given === undefined ? undefined : readValueMatcher(given, [...path, key], reading);
  };
  const at = value.at;
  return defined({
    some: below("some"),
    each: below("each"),
    none: below("none"),
    not: below("not"),
    at: isJsonObject(at)
      ? Object.entries(at).map(([key, item]) => {
          complainOfPath(key, () => reading.places.placeOfKey([...path, "at", key]), reading);
          return [key, readValueMatcher(item, [...path, "at", key], reading)] as const;
        })
      : undefined,
  });
}

type Defined<Given> = { [Key in keyof Given]?: Exclude<Given[Key], undefined> };

/** Leaves out what is undefined: with exact optional properties an absent condition is no condition. */
function defined<Given extends object>(given: Given): Defined<Given> {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Defined<Given>;
}
