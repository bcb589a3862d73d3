import type { Answer, Exchange, Headers, Outcome, Request } from "../model/exchange.ts";
import { SECRET_MASK } from "../model/secret.ts";
import { concealPasswords } from "./passwords.ts";

/** Replaces every known form of some secrets in a text. */
export type Redactor = (text: string) => string;

/**
 * Masks secrets as they are, escaped for JSON or HTML (wholly or here and there), percent-encoded, in hexadecimal, and
 * inside base64. Built for large texts: each form is one search, and a text without secrets comes back as the same
 * string.
 *
 * A secret that could be part of ordinary words (under 8 characters, or nothing but letters as in `changeme`) is
 * masked only where it can be nothing else: behind `Bearer`, or as the value of a `password` or `token`. Masking it
 * everywhere would change user names and attribute names under the eyes of the judges.
 */
export function redactor(secrets: readonly string[]): Redactor {
  const replacements = new Map<string, string>();
  // Put together when a text first shows an escape; most never do, and a load has a password in every request.
  let escaped: readonly RegExp[] | undefined;
  for (const secret of new Set(secrets)) {
    if (secret === "") continue;
    if (isDistinct(secret)) for (const form of formsOf(secret)) replacements.set(form, SECRET_MASK);
    else for (const [from, to] of surroundedForms(secret)) replacements.set(from, to);
  }
  const sign = secrets.some((secret) => /["\\/]/.test(secret)) ? ESCAPE_OR_BACKSLASH : ESCAPE;
  // The longest first: a short form may be part of a longer one and would leave the rest of it standing.
  const ordered = [...replacements].sort(([left], [right]) => right.length - left.length);
  return (text) => {
    let clean = text;
    for (const [from, to] of ordered) if (clean.includes(from)) clean = clean.replaceAll(from, () => to);
    if (!sign.test(clean)) return clean;
    escaped ??= [...new Set(secrets)].filter(isDistinct).map(partlyEscaped);
    for (const form of escaped) clean = clean.replace(form, SECRET_MASK);
    return clean;
  };
}

/** Something that stands for a letter or digit of a secret: escaping those is nobody's need, so it is rare. */
const ESCAPE = /\\u00|%[2-7]|&(?:#|amp;|lt;|gt;|quot;|apos;)/i;
/** The same where a secret has characters that stand behind a backslash in JSON, and behind three in JSON within JSON. */
const ESCAPE_OR_BACKSLASH = /\\u00|%[2-7]|&(?:#|amp;|lt;|gt;|quot;|apos;)|\\["\\/]/i;

/**
 * The secret with any of its characters written as an escape of JSON, of a URL or of HTML, and the others as they are.
 * Every repetition is bounded: a server may send a megabyte of backslashes.
 */
function partlyEscaped(secret: string): RegExp {
  const characters = Array.from(secret, (character) => {
    const codes = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
    const json = codes.map((code) => `\\\\{1,7}u${code.toString(16).padStart(4, "0")}`).join("");
    const percent = [...Buffer.from(character, "utf8")].map((byte) => `%(?:25)?${hexOf(byte)}`).join("");
    const point = character.codePointAt(0) ?? 0;
    const plain = character.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
    // JSON permits or wants a backslash before these, and a text within a text has more of them.
    const backslashes = /["\\/]/.test(character) ? "\\\\{0,7}" : "";
    const named = NAMED[character] === undefined ? "" : `|&${NAMED[character]};`;
    return `(?:${backslashes}${plain}|${json}|${percent}|&#0{0,7}${point};|&#x0{0,7}${point.toString(16)};${named})`;
  });
  return new RegExp(characters.join(""), "gi");
}

/** The characters that HTML names. Escapers differ in which of them they leave alone, above all the apostrophe. */
const NAMED: Readonly<Record<string, string>> = {
  "&": "amp",
  "<": "lt",
  ">": "gt",
  '"': "quot",
  "'": "apos",
};

const hexOf = (byte: number) => byte.toString(16).padStart(2, "0");

const SHORTEST_DISTINCT = 8;
const SHORTEST_DISTINCT_WORD = 20;

function isDistinct(secret: string): boolean {
  return /^\p{L}*$/u.test(secret)
    ? secret.length >= SHORTEST_DISTINCT_WORD
    : secret.length >= SHORTEST_DISTINCT;
}

function formsOf(secret: string): Set<string> {
  const json = JSON.stringify(secret).slice(1, -1);
  const percent = encodeURIComponent(Buffer.from(secret, "utf8").toString("utf8"));
  return new Set([
    secret,
    json,
    // PHP escapes slashes, and many serialisers escape what HTML could mistake for markup.
    json.replaceAll("/", "\\/"),
    escapeAs(json, (code) => `\\u${code.toString(16).padStart(4, "0")}`),
    escapeAs(json, (code) => `\\u${code.toString(16).toUpperCase().padStart(4, "0")}`),
    htmlForm(secret),
    percent,
    percent.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
    percent.replaceAll("%20", "+"),
    // Read with the other encoding: UTF-8 in a header, Latin-1 in a body.
    Buffer.from(secret, "utf8").toString("latin1"),
    Buffer.from(secret, "latin1").toString("utf8"),
    Buffer.from(json, "latin1").toString("utf8"),
    Buffer.from(secret, "utf8").toString("hex"),
    Buffer.from(secret, "utf8").toString("hex").toUpperCase(),
    ...base64Forms(secret),
  ]);
}

/** Escapes what serialisers escape beyond need: `<>&'+=` and all that is not ASCII. */
function escapeAs(json: string, write: (code: number) => string): string {
  return json.replace(/[<>&'+=\u0080-\uffff]/g, (character) => write(character.charCodeAt(0)));
}

function htmlForm(secret: string): string {
  return secret
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/**
 * How a secret looks inside base64 depends on where it starts modulo three bytes. Of each of the three pictures the
 * part is kept that no neighbouring byte can change, so that `user:secret` and `Bearer secret` are found as well.
 */
function base64Forms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, "utf8");
  const forms: string[] = [];
  for (const offset of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    const first = Math.ceil((offset * 8) / 6);
    const last = Math.floor(((offset + bytes.length) * 8) / 6);
    // The whole ending is masked too when nothing follows the secret.
    for (const picture of [encoded.slice(first), encoded.slice(first, last)]) {
      if (picture.length < SHORTEST_DISTINCT) continue;
      forms.push(picture, picture.replaceAll("+", "-").replaceAll("/", "_"));
    }
  }
  return forms;
}

function surroundedForms(secret: string): readonly (readonly [from: string, to: string])[] {
  const quoted = JSON.stringify(secret);
  const masked = `"${SECRET_MASK}"`;
  const keys = ["password", "Password", "token", "authorization", "Authorization"];
  return [
    [`Bearer ${secret}`, `Bearer ${SECRET_MASK}`],
    ...keys.flatMap((key): [string, string][] => [
      [`"${key}":${quoted}`, `"${key}":${masked}`],
      [`"${key}": ${quoted}`, `"${key}": ${masked}`],
    ]),
  ];
}

/** Header fields whose value is a secret whoever sends it. */
const SECRET_HEADERS = new Set(["authorization", "proxy-authorization", "cookie", "set-cookie"]);

/** Values that stand for a wrong credential and are no secret: the reader should see them. */
const PUBLIC_VALUES = new Set(["non-token", "Bearer Bearer x"]);

/** What was on the wire, before anyone else may see it. */
export interface SentAndHeard {
  readonly request: Request;
  readonly url: string;
  readonly outcome: Outcome;
  readonly timing: Exchange["timing"];
}

/** Makes exchanges recordable, and can be told of further secrets on the way. */
export interface Recorder {
  record(raw: SentAndHeard): Exchange;
  /** Text that must not be seen from now on, for example an access token that was just issued. */
  conceal(secret: string): void;
}

/**
 * Makes exchanges recordable: no credential, no cookie, no password that we sent, wherever the server repeats it.
 * A password that is echoed stays visible as an attribute with a masked value, for the judges.
 * @param secrets texts of the configured credential
 * @param credentialHeader name of the header that carries it, when it is not Authorization
 */
export function recorder(secrets: readonly string[], credentialHeader?: string): Recorder {
  const isSecret = (name: string): boolean =>
    SECRET_HEADERS.has(name.toLowerCase()) || name.toLowerCase() === credentialHeader?.toLowerCase();
  const known = new Set(secrets);
  let cleanConfigured = redactor([...known]);
  const record = (raw: SentAndHeard): Exchange => {
    const body = raw.request.body === undefined ? undefined : concealPasswords(raw.request.body);
    // The forms of the configured secrets are worked out once; most requests carry no other.
    const others = [
      ...(body?.passwords ?? []),
      ...raw.request.headers.filter(([name]) => isSecret(name)).flatMap(([, value]) => secretParts(value)),
    ].filter((secret) => !known.has(secret));
    const cleanOthers = others.length === 0 ? undefined : redactor(others);
    const clean: Redactor = (text) => {
      const cleaned = cleanConfigured(text);
      return cleanOthers === undefined ? cleaned : cleanOthers(cleaned);
    };
    return recorded(raw, body?.text, clean, isSecret);
  };
  const conceal = (secret: string) => {
    if (known.has(secret)) return;
    known.add(secret);
    cleanConfigured = redactor([...known]);
  };
  return { record, conceal };
}

function recorded(
  { request, url, outcome, timing }: SentAndHeard,
  body: string | undefined,
  clean: Redactor,
  isSecret: (header: string) => boolean,
): Exchange {
  const headers = (fields: Headers): Headers =>
    fields.map(([name, value]) => [name, isSecret(name) ? maskedValue(name, value) : clean(value)]);
  return {
    request: {
      ...request,
      path: clean(request.path),
      headers: headers(request.headers),
      ...(body === undefined ? {} : { body: clean(body) }),
    },
    url: clean(url),
    outcome: outcome.kind === "answer" ? answer(outcome, headers, clean) : silence(outcome, clean),
    timing,
  };
}

function answer(heard: Answer, headers: (fields: Headers) => Headers, clean: Redactor): Answer {
  return { ...heard, headers: headers(heard.headers), body: clean(heard.body) };
}

function silence(heard: Exclude<Outcome, Answer>, clean: Redactor): Outcome {
  return { ...heard, detail: clean(heard.detail) };
}

/** What of a header's value would be a secret if the server repeated it: the whole and the part behind the scheme. */
function secretParts(value: string): readonly string[] {
  if (PUBLIC_VALUES.has(value)) return [];
  const bare = /^(?:[A-Za-z]+\s+)+(\S+)$/.exec(value)?.[1];
  return bare === undefined ? [value] : [bare];
}

/** Keeps the scheme of a credential and the name and attributes of a cookie: they explain without giving away. */
function maskedValue(name: string, value: string): string {
  if (PUBLIC_VALUES.has(value)) return value;
  const kind = name.toLowerCase();
  if (kind === "set-cookie") return value.replace(/^([^=;]*=)[^;]*/, `$1${SECRET_MASK}`);
  if (kind.endsWith("authorization")) {
    const schemes = /^(?:(?:Bearer|Basic|Digest|Negotiate|Token)\s+)*/i.exec(value)?.[0] ?? "";
    return schemes.length < value.length ? `${schemes}${SECRET_MASK}` : value;
  }
  return SECRET_MASK;
}
