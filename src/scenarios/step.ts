import { checkShape, didYouMean, type Path } from "../decode/index.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { Expectation, PerformStep, SendStep, Step, Template } from "../model/scenario.ts";
import { readBody } from "./body.ts";
import { readArguments, readMatchers } from "./matcher.ts";
import { complain, type Reading, readTemplate } from "./reading.ts";
import { type PerformFile, performShape, type SendFile, sendShape } from "./step-shape.ts";
import { complainOfPath } from "./value-path.ts";

/** One element of `steps`; undefined when it is too broken to go on with. */
export function readStep(value: Json, path: Path, reading: Reading): Step | undefined {
  const raw = isJsonObject(value) ? value : {};
  if (isJsonObject(value) && "send" in raw === "perform" in raw) {
    const what = "send" in raw ? "This step has both `send` and `perform`." : "This step does nothing.";
    complain(
      reading,
      reading.places.placeOf(path),
      what,
      "Give it either `send: GET /Users` or `perform: <action>`.",
    );
    return undefined;
  }
  if ("perform" in raw) {
    const checked = checkShape(performShape, value, reading.places, path);
    if (checked.ok) return performStep(checked.value, raw, path, reading);
    reading.problems.push(...checked.problems);
    readRest(raw, path, reading);
    return undefined;
  }
  const checked = checkShape(sendShape, value, reading.places, path);
  if (checked.ok) return sendStep(checked.value, raw, path, reading);
  reading.problems.push(...checked.problems);
  readRest(raw, path, reading);
  return undefined;
}

/** Reads what can be read of a broken step, for its problems alone. */
function readRest(raw: JsonObject, path: Path, reading: Reading): void {
  if (typeof raw.send === "string") readSend(raw.send, [...path, "send"], reading);
  if (raw.body !== undefined) readBody(raw.body, [...path, "body"], reading);
  readExpect(raw.expect, [...path, "expect"], { ...reading, part: "expect" });
}

const READING_METHODS: readonly string[] = ["GET", "HEAD", "OPTIONS"];
const METHODS: readonly string[] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

export const isWritingMethod = (method: string) => !READING_METHODS.includes(method);

/** A search by POST (RFC 7644 section 3.4.3) changes nothing: it is repeated like any read. */
const isSearch = ({ parts }: Template) => {
  const last = parts.at(-1);
  return typeof last === "string" && last.endsWith("/.search");
};

function sendStep(file: SendFile, raw: JsonObject, path: Path, reading: Reading): SendStep {
  const { method, target } = readSend(file.send, [...path, "send"], reading);
  if (file.body !== undefined && file.text !== undefined) {
    const place = reading.places.placeOfKey([...path, "text"]);
    complain(
      reading,
      place,
      "This step has both `body` and `text`.",
      "`text` is for what is not JSON; keep one.",
    );
  }
  const reads = !isWritingMethod(method) || isSearch(target);
  if (file.settles === true && !reads) complainOfSettling(path, reading);
  const text = (key: string, given: string | number | boolean | null, below: Path) =>
    [key, readTemplate(given === null ? "" : String(given), [...below, key], reading)] as const;
  return {
    kind: "send",
    ...common(file, raw, path, reading),
    method,
    path: target,
    ...(file.below === undefined ? {} : { below: file.below }),
    query: Object.entries(file.query ?? {}).map(([key, given]) => text(key, given, [...path, "query"])),
    headers: Object.entries(file.headers ?? {}).map(([key, given]) => text(key, given, [...path, "headers"])),
    credential: file.credential ?? "given",
    speaker: file.as ?? "okta",
    ...(raw.body === undefined ? {} : { body: readBody(raw.body, [...path, "body"], reading) }),
    ...(file.text === undefined ? {} : { text: readTemplate(file.text, [...path, "text"], reading) }),
    ...(file["also-ask"] === undefined ? {} : { alsoAsk: file["also-ask"] }),
    settles: file.settles ?? reads,
  };
}

// Whether it settles by default is the action's to say; linking fills it in.
function performStep(file: PerformFile, raw: JsonObject, path: Path, reading: Reading): PerformStep {
  return {
    kind: "perform",
    ...common(file, raw, path, reading),
    action: file.perform,
    with: readArguments("action", file.perform, raw, path, reading),
    settles: file.settles ?? true,
  };
}

function common(file: SendFile | PerformFile, raw: JsonObject, path: Path, reading: Reading) {
  for (const key of ["after", "undoes"] as const) {
    const target = file[key];
    if (target === undefined) continue;
    const place = reading.places.placeOf([...path, key]);
    reading.mentions.push({ kind: "answer", target, place, step: reading.step, part: reading.part });
  }
  return {
    id: file.id,
    place: reading.places.placeOf(path),
    ...(file.note === undefined ? {} : { note: file.note }),
    ...(file.after === undefined ? {} : { after: file.after }),
    ...(file.undoes === undefined ? {} : { undoes: file.undoes }),
    ...(file["may-be-refused"] === true ? { mayBeRefused: true } : {}),
    expect: readExpect(raw.expect, [...path, "expect"], { ...reading, part: "expect" }),
    remember: readRemember(file.remember ?? {}, [...path, "remember"], reading),
  };
}

function readSend(send: string, path: Path, reading: Reading): { method: string; target: Template } {
  const [, method = "", gap = "", target = ""] = /^(\S+)(\s*)(.*)$/s.exec(send) ?? [];
  if (!METHODS.includes(method)) {
    complain(
      reading,
      reading.places.placeOf(path),
      `There is no method \`${method}\`.`,
      didYouMean(method, METHODS),
    );
    return { method, target: { parts: [] } };
  }
  if (!target.startsWith("/")) {
    const next = "Expected a path below the base URL, such as `GET /Users`.";
    complain(reading, reading.places.placeOf(path), `\`send: ${send}\` names no path.`, next);
    return { method, target: { parts: [] } };
  }
  // The whole text is parsed so that problems keep their column; the method is cut off afterwards.
  const whole = readTemplate(send, path, reading);
  const [first, ...others] = whole.parts;
  const parts =
    typeof first === "string" ? [first.slice(method.length + gap.length), ...others] : whole.parts;
  const stray = parts.find((part) => typeof part === "string" && /\s/.test(part));
  if (stray !== undefined) {
    complain(
      reading,
      reading.places.placeOf(path),
      "The path holds a space.",
      "Write `%20`, or use `query`.",
    );
  }
  return { method, target: { parts: parts.filter((part) => part !== "") } };
}

function readExpect(value: Json | undefined, path: Path, reading: Reading): readonly Expectation[] {
  return Object.entries(isJsonObject(value) ? value : {}).flatMap(([claim, given]) =>
    readMatchers(given, [...path, claim], reading).map((matcher) => ({
      claim,
      matcher,
      place: reading.places.placeOfKey([...path, claim]),
    })),
  );
}

/** First names that always mean the same and cannot be remembered. */
export const BUILT_IN_NAMES: readonly string[] = [
  "unique",
  "crowd",
  "large",
  "limit",
  "burst",
  "import",
  "fact",
];

function readRemember(
  given: Readonly<Record<string, string>>,
  path: Path,
  reading: Reading,
): readonly (readonly [string, string])[] {
  return Object.entries(given).map(([name, source]) => {
    const place = reading.places.placeOfKey([...path, name]);
    if (!/^[A-Za-z][\w-]*$/.test(name)) {
      complain(
        reading,
        place,
        `\`${name}\` cannot be remembered.`,
        "Expected a name of letters, digits and hyphens.",
      );
    } else if (BUILT_IN_NAMES.includes(name)) {
      complain(
        reading,
        place,
        `\`${name}\` always means the same.`,
        `Choose another name than ${BUILT_IN_NAMES.join(", ")}.`,
      );
    }
    complainOfPath(source, () => reading.places.placeOf([...path, name]), reading);
    return [name, source];
  });
}

function complainOfSettling(path: Path, reading: Reading): void {
  const place = reading.places.placeOfKey([...path, "settles"]);
  complain(reading, place, "Only reads are repeated until they show a write.", "Take `settles` away here.");
}
