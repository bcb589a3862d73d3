import type { core } from "zod";
import { didYouMean, expectedOneOf } from "../model/suggest.ts";
import { type Path, pathText } from "./path-text.ts";

export interface Words {
  readonly what: string;
  readonly next: string;
}

export function unknownKeyWords(key: string, holder: Path, known: readonly string[]): Words {
  const where = holder.length === 0 ? "" : ` in \`${pathText(holder)}\``;
  return { what: `There is no key \`${key}\`${where}.`, next: didYouMean(key, known) };
}

/** One sentence on what was found, one on what was expected. A shape's own message is taken as the second. */
export function issueWords(issue: core.$ZodIssue, path: Path): Words {
  if (issue.code === "invalid_key") return badKeyWords(issue, path);
  return { what: found(inputOf(issue), path), next: issue.message === "" ? expected(issue) : issue.message };
}

/** What stands at the path of an issue. Of a key that tells kinds apart, zod hands over the object that it is in. */
export function inputOf(issue: core.$ZodIssue): unknown {
  if (issue.code !== "invalid_union" || issue.discriminator === undefined) return issue.input;
  return (issue.input as Readonly<Record<string, unknown>> | undefined)?.[issue.discriminator];
}

function badKeyWords(issue: core.$ZodIssueInvalidKey, path: Path): Words {
  const holder = path.slice(0, -1);
  const where = holder.length === 0 ? "" : ` in \`${pathText(holder)}\``;
  const next = issue.issues.find(({ message }) => message !== "")?.message ?? "Expected another key.";
  return { what: `The key ${describe(path.at(-1))}${where} cannot be used.`, next };
}

function found(input: unknown, path: Path): string {
  const name = path.length === 0 ? "The file" : `\`${pathText(path)}\``;
  if (input === undefined) return `${name} is missing.`;
  if (input === null) return path.length === 0 ? "The file is empty." : `${name} is empty.`;
  return `${name} is ${describe(input)}.`;
}

const SHOWN_LENGTH = 60;

/** A value in a few words. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "an object";
  if (typeof value !== "string") return String(value);
  if (value === "") return "an empty text";
  const text = JSON.stringify(value);
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…"` : text;
}

const TYPES: Readonly<Record<string, string>> = {
  string: "Expected a text.",
  number: "Expected a number.",
  int: "Expected a whole number.",
  boolean: "Expected `true` or `false`.",
  array: "Expected a list.",
  object: "Expected an object with keys.",
  record: "Expected an object with keys.",
  null: "Expected `null`.",
};

function expected(issue: core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return TYPES[issue.expected] ?? `Expected ${issue.expected}.`;
    case "invalid_value":
      return oneOf(issue.input, issue.values.map(String));
    case "invalid_union":
      return "options" in issue && Array.isArray(issue.options)
        ? oneOf(inputOf(issue), issue.options.map(String))
        : eitherOf("errors" in issue ? issue.errors : []);
    case "too_small":
      return `Expected ${amount(issue.origin, issue.inclusive === false ? "more than" : "at least", issue.minimum)}.`;
    case "too_big":
      return `Expected ${amount(issue.origin, "at most", issue.maximum)}.`;
    default:
      return "Expected another value.";
  }
}

/** `Expected a text or a list.`, where nothing of what may stand there is of another type. */
function eitherOf(alternatives: readonly (readonly core.$ZodIssue[])[]): string {
  const types = alternatives.map(([issue]) =>
    issue?.code === "invalid_type" && issue.path.length === 0 ? TYPES[issue.expected] : undefined,
  );
  if (types.length === 0 || types.includes(undefined)) return "Expected another value.";
  const words = types.map((type = "") => type.replace(/^Expected /, "").replace(/\.$/, ""));
  return `Expected ${[...new Set(words)].join(" or ")}.`;
}

const oneOf = (input: unknown, values: readonly string[]) =>
  typeof input === "string" ? didYouMean(input, values) : expectedOneOf(values);

function amount(origin: string, bound: string, size: number | bigint): string {
  if (origin === "string") {
    return bound === "at least" && size === 1 ? "a text that is not empty" : `${bound} ${size} characters`;
  }
  if (origin === "array") return `${bound} ${size} ${size === 1 ? "element" : "elements"}`;
  return `${bound} ${size}`;
}
