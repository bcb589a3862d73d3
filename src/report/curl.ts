import { isCut } from "../model/cut-text.ts";
import type { Exchange } from "../model/exchange.ts";
import { SECRET_MASK } from "../model/secret.ts";
import { columnsOf } from "./layout.ts";
import { isSafe, safeText } from "./safe-text.ts";

/** A request as something to paste into a POSIX shell. */
export interface Curl {
  /** Ready to run; the secret is read from `SCIM_TOKEN`. May span several lines that end in a backslash. */
  readonly command: string;
  /** What a reader has to know before running it. Not part of the command: it may quote nobody's text. */
  readonly note?: string;
}

export interface CurlOptions {
  /** Columns after which the command continues on the next line; one line when absent. */
  readonly width?: number;
  /** Columns before each line; they are not part of the command's meaning. */
  readonly indent?: number;
  /** Longer bodies are left to a file; 2,000 characters when absent. */
  readonly longestBody?: number;
}

/** curl computes or negotiates these itself. */
const LEFT_TO_CURL = new Set(["connection", "content-length", "host", "transfer-encoding"]);

/** Headers curl adds on its own; a request that had none is only the same request without them. */
const ADDED_BY_CURL = ["Accept", "User-Agent"];

/** The request of an exchange as a curl command line. */
export function curlOf(exchange: Exchange, options: CurlOptions = {}): Curl {
  const { request } = exchange;
  const body = bodyWords(request.body, options.longestBody ?? 2_000);
  const words = [
    "curl",
    "-sS",
    ...methodWords(request.method),
    ...urlWords(exchange.url),
    ...headerWords(exchange),
    ...body.words,
  ];
  const command = fill(words, options);
  return {
    command: body.pipe === undefined ? command : `${body.pipe} |${breakAfterPipe(options)}${command}`,
    ...(body.note === undefined ? {} : { note: body.note }),
  };
}

// HEAD needs its own flag: with -X HEAD curl waits for a body that never comes.
const methodWords = (method: string) => (method === "HEAD" ? ["--head"] : ["-i", `-X ${quoted(method)}`]);

function urlWords(url: string): readonly string[] {
  const words: string[] = [];
  // curl would expand brackets and braces, and tidy dots away, neither of which was sent.
  if (/[[\]{}]/.test(url)) words.push("--globoff");
  if (/\/\.{1,2}(?:\/|$)/.test(url)) words.push("--path-as-is");
  return [...words, quoted(isSafe(url) ? url : encodeUnsafe(url))];
}

function headerWords({ request }: Exchange): readonly string[] {
  const names = new Set(request.headers.map(([name]) => name.toLowerCase()));
  const sent = request.headers.filter(([name]) => !LEFT_TO_CURL.has(name.toLowerCase()));
  const unwanted = ADDED_BY_CURL.filter((name) => !names.has(name.toLowerCase()));
  // With a body, curl claims that it is a form unless told otherwise.
  if (request.body !== undefined && !names.has("content-type")) unwanted.push("Content-Type");
  return [
    // Sends nothing of its own, since the header is given, but unpacks the answer.
    ...(names.has("accept-encoding") ? ["--compressed"] : []),
    ...sent.map(([name, value]) => headerWord(name, value)),
    ...unwanted.map((name) => `-H ${quoted(`${name}:`)}`),
  ];
}

/**
 * One header. `SCIM_TOKEN` holds `user:password` for Basic, which curl encodes itself with -u; a scheme written in
 * another way has to be encoded before it.
 */
export function headerWord(name: string, value: string): string {
  const scheme = name.toLowerCase() === "authorization" ? BASIC.exec(value)?.[1] : undefined;
  if (scheme === undefined) return `-H ${quoted(headerText(name, value))}`;
  if (scheme === "Basic") return '-u "$SCIM_TOKEN"';
  return `-H "${name}: ${scheme} $(printf %s "$SCIM_TOKEN" | base64 | tr -d '\\n')"`;
}

const BASIC = new RegExp(`^(basic) ${SECRET_MASK}$`, "i");

// A header without a value is written with a semicolon; with a colon curl would leave it out.
const headerText = (name: string, value: string) => safeText(value === "" ? `${name};` : `${name}: ${value}`);

interface BodyWords {
  readonly words: readonly string[];
  readonly pipe?: string;
  readonly note?: string;
}

function bodyWords(body: string | undefined, longest: number): BodyWords {
  if (body === undefined) return { words: [] };
  if (body.length > longest || isCut(body)) {
    return {
      words: ["--data-binary @body"],
      note: isCut(body)
        ? "The body was too long for the report to keep all of it: put a body of your own into a file `body`."
        : `The body, ${body.length} characters, is too long to show here: save it as \`body\` from the JSON report.`,
    };
  }
  // Pasting control characters into a terminal is not safe, and NUL cannot be an argument at all.
  if (!isSafe(body)) return { words: ["--data-binary @-"], pipe: `printf ${printfFormat(body)}` };
  return {
    // After --data-binary a leading @ would name a file.
    words: [`${body.startsWith("@") ? "--data-raw" : "--data-binary"} ${singleQuoted(body)}`],
    // A secret in a body is not the token but, say, a password; the mask itself does as one.
    ...(body.includes(SECRET_MASK)
      ? { note: `Where the body says ${SECRET_MASK}, the run sent another value.` }
      : {}),
  };
}

/**
 * A word as the shell reads it back. Single quotes keep everything as it is; only the mask of the secret
 * becomes `$SCIM_TOKEN`, inside double quotes so that the shell fills it in.
 */
export function quoted(text: string): string {
  const parts = text.split(MASKS);
  if (parts.length === 1) return singleQuoted(text);
  if (parts.every((part) => /^[\w .,:;/?&=%@+~-]*$/.test(part))) return `"${parts.join("$SCIM_TOKEN")}"`;
  return parts.map((part) => (part === "" ? "" : singleQuoted(part))).join('"$SCIM_TOKEN"');
}

const MASKS = new RegExp(`${SECRET_MASK}|${encodeURIComponent(SECRET_MASK)}`, "i");

function singleQuoted(text: string): string {
  if (/^[\w./:=@%+-]+$/.test(text) && !text.startsWith("-")) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A printf format that prints the body byte for byte. Octal escapes are what every POSIX printf knows. */
function printfFormat(body: string): string {
  let format = "";
  for (const character of body) {
    if (character === "\n") format += "\\n";
    else if (character === "%") format += "%%";
    else if (character === "\\") format += "\\\\";
    else if (isSafe(character)) format += character;
    else for (const byte of new TextEncoder().encode(character)) format += octal(byte);
  }
  // Some shells take a leading hyphen for an option.
  const start = format.startsWith("-") ? `\\055${format.slice(1)}` : format;
  return `'${start.replaceAll("'", `'\\''`)}'`;
}

const octal = (byte: number) => `\\${byte.toString(8).padStart(3, "0")}`;

function encodeUnsafe(url: string): string {
  let encoded = "";
  for (const character of url) {
    if (isSafe(character)) encoded += character;
    else for (const byte of new TextEncoder().encode(character)) encoded += percent(byte);
  }
  return encoded;
}

const percent = (byte: number) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;

/** Puts as many words on a line as fit; a word is never broken, or the paste would not be the same. */
function fill(words: readonly string[], { width, indent = 0 }: CurlOptions): string {
  if (width === undefined) return words.join(" ");
  const room = width - indent - 2;
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    if (line === "") line = word;
    else if (columnsOf(line) + 1 + columnsOf(word) <= room) line += ` ${word}`;
    else {
      lines.push(line);
      line = `  ${word}`;
    }
  }
  return [...lines, line].join(` \\\n${" ".repeat(indent)}`);
}

const breakAfterPipe = ({ width, indent = 0 }: CurlOptions) =>
  width === undefined ? " " : `\n${" ".repeat(indent)}`;
