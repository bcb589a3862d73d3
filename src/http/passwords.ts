import { SECRET_MASK } from "../model/secret.ts";

/** A text without its passwords, and the passwords that stood in it. */
export interface Concealed {
  readonly text: string;
  /** As values, JSON escapes resolved. */
  readonly passwords: readonly string[];
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Masks the passwords of a JSON request body and leaves every other character as it is: the values of attributes
 * called `password`, and the value of a PATCH operation whose `path` is `password`. Works on text rather than on
 * parsed JSON, because a body may be broken on purpose and because the rest has to stay byte for byte.
 */
export function concealPasswords(body: string): Concealed {
  const passwords: string[] = [];
  let text = "";
  let copied = 0;
  for (const span of passwordSpans(body)) {
    if (span.start < copied) continue;
    const value = literalValue(body.slice(span.start, span.end));
    if (value === "") continue;
    passwords.push(value);
    text += `${body.slice(copied, span.start)}"${SECRET_MASK}"`;
    copied = span.end;
  }
  return { text: text + body.slice(copied), passwords };
}

/** Attribute names are case-insensitive in SCIM; these three spellings cost three quick searches. */
const SPELLINGS = ["password", "Password", "PASSWORD"];

function* passwordSpans(body: string): Generator<Span> {
  const found: Span[] = [];
  for (const spelling of SPELLINGS) {
    for (let at = body.indexOf(spelling); at !== -1; at = body.indexOf(spelling, at + 1)) {
      const quote = body.indexOf('"', at);
      // The name ends the string it stands in: `"password"`, or a path such as `"urn:…:User:password"`.
      if (quote !== at + spelling.length) continue;
      const span = valueAfter(body, quote + 1) ?? operationValue(body, at);
      if (span !== undefined) found.push(span);
    }
  }
  yield* found.sort((left, right) => left.start - right.start);
}

/** The literal behind a colon, when a colon is what follows. */
function valueAfter(body: string, from: number): Span | undefined {
  const colon = skipSpace(body, from);
  if (body[colon] !== ":") return undefined;
  const start = skipSpace(body, colon + 1);
  const end = body[start] === '"' ? endOfString(body, start) : endOfBare(body, start);
  return { start, end };
}

/** The `value` of the operation in which `"path": "password"` stands at `at`. */
function operationValue(body: string, at: number): Span | undefined {
  const open = enclosingObject(body, at);
  if (open === undefined) return undefined;
  let position = open + 1;
  while (position < body.length && body[position] !== "}") {
    if (body[position] !== '"') {
      position += 1;
      continue;
    }
    const end = endOfString(body, position);
    const name = body.slice(position + 1, end - 1).toLowerCase();
    const value = name === "value" ? valueAfter(body, end) : undefined;
    if (value !== undefined) return value;
    position = end;
  }
  return undefined;
}

/** Where the object begins that holds `at`. Read from the start, as only that tells braces inside strings apart. */
function enclosingObject(body: string, at: number): number | undefined {
  const open: number[] = [];
  let position = 0;
  while (position < at) {
    const character = body[position];
    if (character === '"') {
      position = endOfString(body, position);
      continue;
    }
    if (character === "{") open.push(position);
    else if (character === "}") open.pop();
    position += 1;
  }
  return open.at(-1);
}

function skipSpace(body: string, from: number): number {
  let at = from;
  while (at < body.length && " \t\r\n".includes(body.charAt(at))) at += 1;
  return at;
}

/** The position behind the closing quote, or the end of a string that is never closed. */
function endOfString(body: string, quote: number): number {
  for (let at = quote + 1; at < body.length; at += 1) {
    if (body[at] === "\\") at += 1;
    else if (body[at] === '"') return at + 1;
  }
  return body.length;
}

/** The end of a number; `null`, `true`, `false`, arrays and objects are no passwords and give an empty span. */
function endOfBare(body: string, start: number): number {
  let at = start;
  while (at < body.length && "-+.0123456789eE".includes(body.charAt(at))) at += 1;
  return at;
}

function literalValue(literal: string): string {
  if (!literal.startsWith('"')) return literal;
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal.slice(1).replace(/"$/, "");
  }
}
