import { MIMEType } from "node:util";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect } from "vitest";
import { inflateBody, inflateBodyNow } from "../../src/http/inflate.ts";
import { refusalOf } from "../../src/load/playing/refusal.ts";
import { AnswerReader } from "../../src/load/wire/answer-reader.ts";
import { allowedIdle } from "../../src/load/wire/idle-time.ts";
import type { Headers } from "../../src/model/exchange.ts";
import { URN } from "../../src/model/scim.ts";
import { oktaWaitMs, wholeSeconds } from "../../src/okta/retry-after.ts";
import { OKTA_ATTEMPTS, throttledWait } from "../../src/okta/throttled-wait.ts";
import { ScimFailure } from "../../src/reference-server/errors.ts";
import { isCurrent, requireVersion } from "../../src/reference-server/etag.ts";
import { mediaTypeOf } from "../../src/reference-server/media-type.ts";
import type { Resource } from "../../src/reference-server/resource.ts";
import { client } from "../unit/reference-server/client.ts";
import { holds } from "./property.ts";

/** Any text that may stand in a field: visible ASCII, spaces, tabs and bytes above. */
const fieldText = fc.string({
  unit: fc
    .oneof(
      { weight: 9, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
      { weight: 1, arbitrary: fc.oneof(fc.constant(0x09), fc.integer({ min: 0x80, max: 0xff })) },
    )
    .map((code) => String.fromCharCode(code)),
});
const space = fc.constantFrom("", " ", "\t", "  ");
const TOKEN = "!#$%&'*+-.^_`|~0123456789ABCXYZabcxyz";
const token = fc.string({ unit: fc.constantFrom(...TOKEN), minLength: 1, maxLength: 8 });

const retryAfter = fc.oneof(
  fc.nat(200_000).map(String),
  fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 14 }),
  fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom(
    "",
    "0",
    "-1",
    "+5",
    "1.5",
    "1e3",
    "0x10",
    "5, 5",
    "5;",
    "5 s",
    "\u00a05",
    "Infinity",
    "NaN",
  ),
  fieldText,
);

/** Digit by digit, and no more of them than thirty years have seconds; undefined for anything but digits. */
function secondsBySlowReading(text: string): number | undefined {
  let [from, to] = [0, text.length];
  while (from < to && " \t".includes(text.charAt(from))) from += 1;
  while (to > from && " \t".includes(text.charAt(to - 1))) to -= 1;
  if (from === to) return undefined;
  let seconds = 0n;
  for (let at = from; at < to; at += 1) {
    const digit = "0123456789".indexOf(text.charAt(at));
    if (digit === -1) return undefined;
    seconds = seconds * 10n + BigInt(digit);
  }
  return seconds > 999_999_999n ? undefined : Number(seconds);
}

describe("Retry-After", () => {
  holds(
    "retry-after",
    "is obeyed where it is a whole number of seconds, by a run and by a load alike; a date and anything else means five minutes",
    fc.record({
      spaces: fc.tuple(space, space),
      value: retryAfter,
      refusals: fc.integer({ min: 1, max: 12 }),
    }),
    ({ spaces, value, refusals }) => {
      const text = `${spaces[0]}${value}${spaces[1]}`;
      const seconds = secondsBySlowReading(text);
      expect(wholeSeconds(text)).toBe(seconds);
      expect(oktaWaitMs(text)).toBe(seconds === undefined ? 300_000 : seconds * 1_000);
      const waitMs = seconds === undefined ? 300_000 * 2 ** (refusals - 1) : seconds * 1_000;
      const isOver = refusals >= OKTA_ATTEMPTS;
      expect(throttledWait(refusals, text)).toEqual(
        isOver ? { kind: "give-up" } : { kind: "wait", ms: waitMs, said: seconds !== undefined },
      );
      expect(refusalOf(refusals, text, 10)).toEqual({
        waitMs: isOver ? -1 : seconds === undefined ? waitMs / 10 : waitMs,
        askedMs: seconds === undefined ? -2 : seconds * 1_000,
      });
    },
    { runs: 500 },
  );
});

const quoted = fieldText.map((text) => `"${text.replaceAll(/["\\]/g, "\\$&")}"`);
const parameter = fc
  .tuple(
    space,
    fc.oneof(fc.constantFrom("charset", "CHARSET", "profile", "q"), token),
    fc.oneof(
      fc.constantFrom("utf-8", "UTF-8", '"utf-8"', '"a;charset=latin1"', "utf8", "latin1"),
      token,
      quoted,
    ),
    space,
  )
  .map(([before, name, value, after]) => `;${before}${name}=${value}${after}`);
const mediaType = fc
  .tuple(
    space,
    fc.oneof(
      fc.constantFrom("application/scim+json", "Application/JSON", "text/html"),
      fc.tuple(token, token).map((both) => both.join("/")),
    ),
    space,
    fc.array(fc.oneof(parameter, fc.constantFrom(";", "; ")), { maxLength: 4 }),
  )
  .map((parts) => parts.flat().join(""));

describe("a media type", () => {
  holds(
    "media-type",
    "is read by the reference server as Node.js reads it, with its parameters in quotes or without",
    mediaType,
    (text) => {
      const known = new MIMEType(text);
      const own = mediaTypeOf(text);
      expect(own?.essence).toBe(known.essence);
      expect(Object.fromEntries(own?.parameters ?? [])).toEqual(
        Object.fromEntries([...known.params].map(([name, value]) => [name, value])),
      );
      const isJson = ["application/scim+json", "application/json"].includes(known.essence);
      const isUtf8 = ["utf-8", "utf8"].includes((known.params.get("charset") ?? "utf-8").toLowerCase());
      expect(createdWith(text)).toBe(isJson && isUtf8 ? 201 : 415);
    },
    { runs: 500 },
  );

  holds(
    "media-type-any-text",
    "that is no JSON in UTF-8 to Node.js is none to the reference server, whatever text it is",
    fc.oneof(mediaType, fieldText),
    (text) => {
      const status = createdWith(text);
      expect([201, 415]).toContain(status);
      if (status === 415) return;
      const known = new MIMEType(text);
      expect(["application/scim+json", "application/json"]).toContain(known.essence);
      expect(["utf-8", "utf8"]).toContain((known.params.get("charset") ?? "utf-8").toLowerCase());
    },
  );
});

/** The status of a create that is labelled so. */
const createdWith = (contentType: string) =>
  client().send("POST", "/Users", { userName: "ann", schemas: [URN.user] }, [["Content-Type", contentType]])
    .status;

/** What stands between the quotes of an entity-tag (RFC 9110 section 8.8.3): no quote, no space. */
const opaque = fc.oneof(
  fc.constantFrom("3", "33", "*", "a,*,b", ",", "W/", "\\", ""),
  fieldText.map((text) => text.replaceAll(/["\t ]/g, "")),
);
const tag = fc.record({ weak: fc.boolean(), opaque });
const tags = fc.array(fc.record({ tag, before: space, after: space, empty: fc.boolean() }), {
  minLength: 1,
  maxLength: 5,
});

describe("a list of entity tags", () => {
  holds(
    "etag-list",
    "names a version where one of its tags is that version, weak or strong, over however many fields it is spread",
    fc.record({ tags, fields: fc.integer({ min: 1, max: 3 }) }),
    ({ tags: listed, fields }) => {
      const written = listed.map(
        ({ tag: one, before, after, empty }) =>
          `${before}${one.weak ? "W/" : ""}"${one.opaque}"${after}${empty ? ",," : ""}`,
      );
      const each = Math.ceil(written.length / fields);
      const headersOf = (name: string): Headers =>
        Array.from({ length: fields }, (_, at) => written.slice(at * each, (at + 1) * each))
          .filter((some) => some.length > 0)
          .map((some) => [name, some.join(",")] as const);
      const isNamed = listed.some(({ tag: one }) => one.opaque === "3");
      expect(isCurrent(headersOf("If-None-Match"), AT_VERSION_3)).toBe(isNamed);
      expect(isRefused(headersOf("if-match"), AT_VERSION_3)).toBe(!isNamed);
      expect(isRefused(headersOf("If-None-Match"), AT_VERSION_3)).toBe(isNamed);
    },
    { runs: 500 },
  );

  holds(
    "etag-any-text",
    "of any text is read as one that names the version, or not, and `*` alone is every version",
    fieldText,
    (text) => {
      const names = isCurrent([["If-None-Match", text]], AT_VERSION_3);
      if (names) expect(text.trim() === "*" || text.includes('"3"')).toBe(true);
      expect(isCurrent([["If-None-Match", ` ${text === "" ? "*" : text}`]], AT_VERSION_3)).toBe(
        text === "" || names,
      );
    },
  );
});

// Only the version of a resource is looked at.
const AT_VERSION_3 = { version: 3 } as Resource;

function isRefused(headers: Headers, resource: Resource): boolean {
  try {
    requireVersion(headers, resource);
    return false;
  } catch (refusal) {
    expect(refusal).toBeInstanceOf(ScimFailure);
    expect((refusal as ScimFailure).status).toBe(412);
    return true;
  }
}

const CODED = {
  gzip: gzipSync,
  "x-gzip": gzipSync,
  deflate: deflateSync,
  "deflate without its header": deflateRawSync,
  br: brotliCompressSync,
  identity: (bytes) => bytes,
} as const satisfies Readonly<Record<string, (bytes: Buffer) => Buffer>>;
const coding = fc.constantFrom(...(Object.keys(CODED) as (keyof typeof CODED)[]));
const SPELLINGS: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => name.toUpperCase(),
  (name) => ` ${name}\t`,
  (name) => `,${name},`,
];

describe("a list of content codings", () => {
  holds(
    "content-codings",
    "is undone from its end, in one field or in several, however it is spelled",
    fc.record({
      text: fc.string({ unit: "binary", minLength: 1, maxLength: 300 }),
      codings: fc.array(coding, { maxLength: 4 }),
      spelling: fc.nat(SPELLINGS.length - 1),
      inOneField: fc.boolean(),
    }),
    async ({ text, codings, spelling, inOneField }) => {
      const spell = SPELLINGS[spelling] ?? String;
      const coded = codings.reduce<Buffer>((bytes, name) => CODED[name](bytes), Buffer.from(text));
      const names = codings.map((name) => spell(name.split(" ")[0] ?? ""));
      const fields = inOneField && names.length > 0 ? [names.join(",")] : names;
      const plain = { ok: true, bytes: Buffer.from(text) };
      expect(await inflateBody(coded, fields, 10_000)).toEqual(plain);
      expect(inflateBodyNow(coded, fields, 10_000)).toEqual(plain);
    },
    { runs: 300 },
  );

  holds(
    "content-codings-any-text",
    "of any text and any bytes gives a body, or a reason why there is none",
    fc.record({ fields: fc.array(fieldText, { maxLength: 3 }), bytes: fc.string({ unit: "binary" }) }),
    async ({ fields, bytes }) => {
      const inflated = await inflateBody(Buffer.from(bytes), fields, 1_000);
      if (!inflated.ok) expect(inflated.why).not.toBe("");
      expect(bytes === "" ? inflated : inflateBodyNow(Buffer.from(bytes), fields, 1_000)).toEqual(inflated);
    },
  );
});

const keepAlive = fc.oneof(
  fc
    .tuple(fc.array(token, { maxLength: 2 }), space, fc.nat(1_000_000), space, fc.boolean())
    .map(([others, before, seconds, after, last]) =>
      [...others, `${before}timeout=${seconds}${after}`, ...(last ? ["max=100"] : [])].join(","),
    ),
  fieldText,
);

/** Seconds of the first parameter that is a timeout, split by hand. */
function timeoutBySlowReading(text: string): number | undefined {
  for (const one of text.split(",")) {
    const [name = "", value = "", ...more] = one.split("=");
    if (name.trim().toLowerCase() !== "timeout" || more.length > 0) continue;
    const digits = value.trim();
    if (digits !== "" && [...digits].every((digit) => "0123456789".includes(digit))) return Number(digits);
  }
  return undefined;
}

describe("Keep-Alive", () => {
  holds(
    "keep-alive",
    "never makes a load use a connection for longer than the server gives it",
    keepAlive,
    (text) => {
      const reader = new AnswerReader({ maxHeadBytes: 16_384, maxBodyBytes: 1_000 });
      const bytes = Buffer.from(`HTTP/1.1 204 No Content\r\nKeep-Alive: ${text}\r\n\r\n`, "latin1");
      reader.begin(false);
      expect(reader.read(bytes, 0, bytes.length)).toBe(true);
      const seconds = timeoutBySlowReading(text);
      const idleMs = allowedIdle(reader);
      if (seconds === undefined) expect(idleMs).toBe(1_000);
      else expect(idleMs).toBeLessThanOrEqual(seconds * 1_000);
      expect(idleMs).toBeGreaterThanOrEqual(0);
    },
  );
});
