import { type Answer, type Exchange, type Headers, headerValue } from "../model/exchange.ts";
import type { Json } from "../model/json.ts";
import { parsePath } from "../model/path.ts";
import { clipped, safeText } from "./safe-text.ts";
import type { Glyphs } from "./style.ts";
import { durationText, SILENCE_WORDS } from "./wording.ts";

/** Enough to recognise an answer, short enough for three lines of a terminal. */
const SHORT_EXCERPT = 240;
/** With `--verbose`, bodies are shown up to here; the JSON report has all of them. */
const LONG_EXCERPT = 4_000;

/** `POST /Users → 201 in 12 ms`, safe to print. */
export function exchangeLine(exchange: Exchange, glyphs: Glyphs): string {
  const { method, path } = exchange.request;
  const took = exchange.timing.totalMs === undefined ? "" : ` in ${durationText(exchange.timing.totalMs)}`;
  const { outcome } = exchange;
  const came =
    outcome.kind === "answer"
      ? `${outcome.status}${took}`
      : `${SILENCE_WORDS[outcome.reason]}${took}: ${outcome.detail}`;
  return `${safeText(method)} ${safeText(clipped(path, 200))} ${glyphs.arrow} ${safeText(came)}`;
}

/** The part of the answer in which the difference lies, as one safe line; undefined when there is none to show. */
export function excerpt(exchange: Exchange, where: string): string | undefined {
  if (exchange.outcome.kind !== "answer") return undefined;
  const header = /^header[ .](.+)$/.exec(where)?.[1];
  if (header !== undefined) return headerExcerpt(exchange.outcome.headers, header);
  const path = /^body[ .]?(.*)$/.exec(where)?.[1] ?? "";
  return bodyExcerpt(exchange.outcome, path);
}

function headerExcerpt(headers: Headers, name: string): string {
  const value = headerValue(headers, name);
  return value === undefined ? `no header ${safeText(name)}` : safeText(clipped(`${name}: ${value}`, 240));
}

function bodyExcerpt(answer: Answer, path: string): string {
  if (answer.body.trim() === "") return "(empty body)";
  const parsed = parsedJson(answer.body);
  if (parsed === undefined) return safeText(clipped(answer.body, SHORT_EXCERPT));
  return safeText(clipped(spacedJson(holderOf(parsed, path)) ?? answer.body, SHORT_EXCERPT));
}

function parsedJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** The innermost object that holds the value at the path, or would: what is missing shows in its neighbours. */
function holderOf(body: Json, path: string): Json {
  let holder = body;
  let current: Json | undefined = body;
  for (const segment of parsePath(path) ?? []) {
    if (current === null || typeof current !== "object") break;
    if (!Array.isArray(current)) holder = current;
    current = Object.hasOwn(current, segment)
      ? (current as Record<string | number, Json>)[segment]
      : undefined;
  }
  return holder;
}

/** JSON on one line with spaces to wrap at; undefined for what is nested too deeply to be written. */
function spacedJson(value: Json): string | undefined {
  try {
    return JSON.stringify(value, null, 1).replace(/\n\s*/g, " ");
  } catch {
    return undefined;
  }
}

/** Request and answer with headers and bodies, one safe line each. */
export function wholeExchange(exchange: Exchange, glyphs: Glyphs): readonly string[] {
  const { request, outcome } = exchange;
  const sent = [...headerLines(request.headers), ...bodyLines(request.body)];
  const came = outcome.kind === "answer" ? [...headerLines(outcome.headers), ...bodyLines(outcome.body)] : [];
  return [
    exchangeLine(exchange, glyphs),
    ...sent.map((line) => `  > ${line}`),
    ...came.map((line) => `  < ${line}`),
  ];
}

const headerLines = (headers: Headers) =>
  headers.map(([name, value]) => safeText(clipped(`${name}: ${value}`, LONG_EXCERPT)));

const bodyLines = (body: string | undefined) =>
  body === undefined || body === "" ? [] : [safeText(clipped(body, LONG_EXCERPT))];
