import { wholeLength } from "../model/cut-text.ts";

/**
 * Whatever could move the cursor, hide, reverse or break a line: control characters (C0, C1, DEL), format
 * characters (bidi overrides, zero-width characters, tags), lone surrogates, line and paragraph separators,
 * noncharacters. Joiners inside an emoji are among them: what is invisible in an answer ought to be seen.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** One line of text that a terminal or a log viewer shows and never obeys; unsafe characters become `\u001b`. */
export function safeText(text: string): string {
  return text.replace(UNSAFE, (character) => SHORT[character] ?? escaped(character));
}

/** The same for text whose line feeds and tabs are ours. */
export function safeLines(text: string): string {
  return text.replace(UNSAFE, (character) =>
    character === "\n" || character === "\t" ? character : escaped(character),
  );
}

/** Whether a text has to be escaped before it is shown. */
export function isSafe(text: string): boolean {
  return text.search(UNSAFE) === -1;
}

/** A JSON text in which every unsafe character is a JSON escape; it parses to the same value as before. */
export function safeJson(json: string): string {
  // Line feeds between the tokens of a pretty-printed JSON text are the only unsafe characters outside strings.
  return json.replace(UNSAFE, (character) =>
    character === "\n"
      ? character
      : character
          .split("")
          .map((unit) => `\\u${hex(unit.charCodeAt(0))}`)
          .join(""),
  );
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${hex(code)}`;
}

const hex = (code: number) => code.toString(16).padStart(4, "0");

/** The first `length` characters, and how many there are in all, or were, when that is not everything. */
export function clipped(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = isHighSurrogate(text.charCodeAt(length - 1)) ? length - 1 : length;
  return `${text.slice(0, cut)}… (${wholeLength(text)} characters in all)`;
}

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
