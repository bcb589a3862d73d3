import { checkShape, expectedOneOf, type Path, z } from "../decode/index.ts";
import { DURATION_WORDS, durationMs } from "../model/duration.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { Matcher, StatusPattern } from "../model/scenario.ts";
import { readBody } from "./body.ts";
import { complain, type Reading } from "./reading.ts";
import { readValueMatcher } from "./value-matcher.ts";
import { complainOfPath } from "./value-path.ts";

const STATUS_WORDS = "Expected a status such as `201`, a class such as `4xx`, or a list of them.";
const status = z.union([z.int().min(100).max(599), z.enum(["1xx", "2xx", "3xx", "4xx", "5xx"])], {
  error: STATUS_WORDS,
});

const statusList = z.union([status, z.array(status).min(1)], { error: STATUS_WORDS }).optional();
const TIME_WORDS = `Expected ${DURATION_WORDS}.`;
const STEP_WORDS = "Expected the id of an earlier step, or a list of them.";

const matcherShape = z.strictObject({
  "if-status": statusList,
  "if-accepted": z.union([z.string(), z.array(z.string()).min(1)], { error: STEP_WORDS }).optional(),
  status: statusList,
  body: z.record(z.string(), z.unknown()).optional(),
  header: z.record(z.string(), z.unknown()).optional(),
  "empty-body": z.boolean().optional(),
  within: z
    .string({ error: TIME_WORDS })
    .refine((text) => durationMs(text) !== undefined, { error: TIME_WORDS })
    .optional(),
  check: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  "any-of": z.array(z.unknown()).min(1).optional(),
});

type MatcherFile = z.infer<typeof matcherShape>;

/**
 * The matchers under one claim, all of which have to hold. `any-of` beside other keys becomes a matcher of its
 * own, because a `Matcher` with alternatives has nothing else.
 */
export function readMatchers(value: Json, path: Path, reading: Reading): readonly Matcher[] {
  if (!Array.isArray(value)) return readMatcher(value, path, reading);
  if (value.length === 0) {
    complain(
      reading,
      reading.places.placeOf(path),
      "This claim has no matcher.",
      "Write one such as `{ status: 200 }`.",
    );
  }
  return value.flatMap((item: Json, index) => readMatcher(item, [...path, index], reading));
}

function readMatcher(value: Json, path: Path, reading: Reading): readonly Matcher[] {
  const checked = checkShape(matcherShape, value, reading.places, path);
  if (!checked.ok) {
    reading.problems.push(...checked.problems);
    readRest(value, path, reading);
    return [];
  }
  const file = checked.value;
  if (Object.keys(file).every((key) => key.startsWith("if-"))) {
    complain(
      reading,
      reading.places.placeOf(path),
      "This matcher asks for nothing.",
      expectedOneOf(Object.keys(matcherShape.shape).filter((key) => !key.startsWith("if-"))),
    );
  }
  const raw = value as JsonObject;
  const conditions = readConditions(file, path, reading);
  const own: Matcher = {
    ...(file.status === undefined ? {} : { status: statuses(file.status) }),
    ...(file.header === undefined
      ? {}
      : { header: readValues(raw.header, [...path, "header"], reading, false) }),
    ...(file.body === undefined ? {} : { body: readValues(raw.body, [...path, "body"], reading, true) }),
    ...(file["empty-body"] === undefined ? {} : { emptyBody: file["empty-body"] }),
    ...(file.within === undefined ? {} : { withinMs: durationMs(file.within) ?? 0 }),
    ...readCheck(file, raw, path, reading),
  };
  const alternatives = raw["any-of"];
  if (!Array.isArray(alternatives)) return [{ ...conditions, ...own }];
  const anyOf = readAlternatives(alternatives, [...path, "any-of"], reading);
  const chosen = { ...conditions, anyOf };
  return Object.keys(own).length === 0 ? [chosen] : [{ ...conditions, ...own }, chosen];
}

function readConditions(
  file: MatcherFile,
  path: Path,
  reading: Reading,
): Pick<Matcher, "ifStatus" | "ifAccepted"> {
  const accepted = file["if-accepted"];
  const steps = accepted === undefined ? [] : [accepted].flat();
  const place = reading.places.placeOf([...path, "if-accepted"]);
  for (const target of steps) {
    reading.mentions.push({ kind: "answer", target, place, step: reading.step, part: reading.part });
  }
  return {
    ...(file["if-status"] === undefined ? {} : { ifStatus: statuses(file["if-status"]) }),
    ...(steps.length === 0 ? {} : { ifAccepted: steps }),
  };
}

/** Reads what can be read of a broken matcher, for its problems alone. */
function readRest(value: Json, path: Path, reading: Reading): void {
  if (!isJsonObject(value)) return;
  readValues(value.header, [...path, "header"], reading, false);
  readValues(value.body, [...path, "body"], reading, true);
  const alternatives = value["any-of"];
  if (Array.isArray(alternatives)) readAlternatives(alternatives, [...path, "any-of"], reading);
}

function readAlternatives(values: readonly Json[], path: Path, reading: Reading): readonly Matcher[] {
  return values.flatMap((value, index) => {
    const place = reading.places.placeOf([...path, index]);
    if (isJsonObject(value) && "any-of" in value && Object.keys(value).length > 1) {
      complain(
        reading,
        place,
        "An alternative mixes `any-of` with other keys.",
        "Write it out as more alternatives.",
      );
      return [];
    }
    return readMatcher(value, [...path, index], reading);
  });
}

function statuses(given: StatusPattern | readonly StatusPattern[]): readonly StatusPattern[] {
  return typeof given === "object" ? given : [given];
}

function readValues(
  value: Json | undefined,
  path: Path,
  reading: Reading,
  byPath: boolean,
): NonNullable<Matcher["body"]> {
  return Object.entries(isJsonObject(value) ? value : {}).map(([key, item]) => {
    if (byPath) complainOfPath(key, () => reading.places.placeOfKey([...path, key]), reading);
    return [key, readValueMatcher(item, [...path, key], reading)];
  });
}

function readCheck(file: MatcherFile, raw: JsonObject, path: Path, reading: Reading): Pick<Matcher, "check"> {
  if (file.check === undefined) {
    if (file.with !== undefined) {
      const place = reading.places.placeOfKey([...path, "with"]);
      complain(
        reading,
        place,
        "`with` holds the arguments of a check, and no check is named.",
        "Add `check: <name>`.",
      );
    }
    return {};
  }
  return {
    check: { name: file.check, with: readArguments("check", file.check, raw, path, reading) },
  };
}

/** The arguments under `with`, noted together with the check or action they belong to. */
export function readArguments(
  kind: "check" | "action",
  name: string,
  raw: JsonObject,
  path: Path,
  reading: Reading,
): NonNullable<Matcher["check"]>["with"] {
  const given = Object.entries(isJsonObject(raw.with) ? raw.with : {});
  const args = given.map(([arg]) => ({
    name: arg,
    place: reading.places.placeOfKey([...path, "with", arg]),
  }));
  const place = reading.places.placeOf([...path, kind === "check" ? "check" : "perform"]);
  reading.mentions.push({ kind, name, args, place, step: reading.step, part: reading.part });
  return given.map(([arg, value]) => [arg, readBody(value, [...path, "with", arg], reading)]);
}
