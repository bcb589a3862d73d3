import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recorder, redactor } from "../../src/http/redact.ts";
import { SECRET_MASK } from "../../src/model/secret.ts";
import { holds } from "./property.ts";

/** As tokens and good passwords are: long enough, and with more than letters. */
const secret = fc
  .string({ minLength: 8, maxLength: 24, unit: fc.constantFrom(..."abcXYZ0189-_.~+/=&<>\"'\\ !%é") })
  .filter((text) => /\d/.test(text) && text.trim() === text && new Set(text).size > 3);

/** Ways in which servers and proxies repeat what they were sent, and how to get it back. */
const ENCODINGS: Readonly<
  Record<string, readonly [write: (text: string) => string, read: (text: string) => string]>
> = {
  plain: [(text) => text, (text) => text],
  json: [(text) => JSON.stringify(text).slice(1, -1), (text) => text.replaceAll(/\\(["\\/])/g, "$1")],
  "json in json": [
    (text) => JSON.stringify(JSON.stringify(text)).slice(3, -3),
    (text) => text.replaceAll(/\\+(["\\/])/g, "$1"),
  ],
  percent: [encodeURIComponent, decoded],
  form: [
    (text) => encodeURIComponent(text).replaceAll("%20", "+"),
    (text) => decoded(text.replaceAll("+", " ")),
  ],
  "percent in small letters": [
    (text) => encodeURIComponent(text).replaceAll(/%../g, (hex) => hex.toLowerCase()),
    decoded,
  ],
  html: [
    (text) =>
      text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
    (text) =>
      text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&"),
  ],
  hex: [(text) => Buffer.from(text).toString("hex"), (text) => text],
  base64: [(text) => Buffer.from(text).toString("base64"), (text) => text],
  "basic credentials": [(text) => Buffer.from(`user:${text}`).toString("base64"), (text) => text],
  base64url: [(text) => Buffer.from(`ab${text}`).toString("base64url"), (text) => text],
};

function decoded(text: string): string {
  return text.replaceAll(/(?:%[0-9a-fA-F]{2})+/g, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return bytes;
    }
  });
}

const around = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom('{"detail":"', '"}', "Bearer ", "token=", "\n", ""),
);
const told = fc.record({
  secret,
  encoding: fc.constantFrom(...Object.keys(ENCODINGS)),
  before: around,
  after: around,
  times: fc.integer({ min: 1, max: 3 }),
});

describe("a secret", () => {
  holds(
    "redaction-encodings",
    "in any usual encoding, inside any text, however often, does not survive",
    told,
    ({ secret: hidden, encoding, before, after, times }) => {
      const [write, read] = ENCODINGS[encoding] ?? [];
      if (write === undefined || read === undefined) throw new Error(encoding);
      // Base64 has no room for other text between its groups.
      const written = `${before} ${`${write(hidden)} `.repeat(times)}${after}`;
      const clean = redactor([hidden])(written);
      expect(clean).not.toContain(hidden);
      expect(read(clean)).not.toContain(hidden);
      expect(clean).toContain(SECRET_MASK);
      for (const piece of clean.split(/[^A-Za-z0-9+/=_-]+/)) {
        expect(Buffer.from(piece, "base64").toString("utf8")).not.toContain(hidden);
        expect(Buffer.from(piece, "hex").toString("utf8")).not.toContain(hidden);
      }
    },
    { runs: 400 },
  );

  it.each(["\\", "\\\\u00", "&#0", "%25", "/"])(
    "is looked for in a megabyte of %s, and the search ends",
    (piece) => {
      const text = `\\u0041${piece.repeat(1_000_000 / piece.length)}`;
      expect(redactor(["/a\\b\\\\c0123456789"])(text)).toBe(text);
    },
  );

  holds(
    "redaction-no-secret",
    "leaves every text alone that it is not in",
    fc.record({ secret, text: fc.oneof(fc.string({ unit: "binary" }), fc.json()) }),
    ({ secret: hidden, text }) => {
      expect(redactor([hidden])(text)).toBe(text);
    },
  );

  holds(
    "redaction-recorder",
    "that is a password in a body, or a credential in a header, stays out of everything that is recorded",
    fc.record({
      token: secret,
      password: secret,
      before: around,
      key: fc.constantFrom("password", "Password", "PASSWORD"),
    }),
    ({ token, password, before, key }) => {
      fc.pre(!token.includes(password) && !password.includes(token));
      const { record } = recorder([token]);
      const exchange = record({
        request: {
          method: "POST",
          path: `/Users?echo=${encodeURIComponent(token)}`,
          headers: [["Authorization", `Bearer ${token}`]],
          body: JSON.stringify({ userName: before, [key]: password }),
        },
        url: `https://x/Users?echo=${encodeURIComponent(token)}`,
        outcome: {
          kind: "answer",
          status: 400,
          headers: [
            ["WWW-Authenticate", `Bearer error="${token}"`],
            ["Set-Cookie", `session=${token}; Path=/`],
          ],
          body: JSON.stringify({ detail: `${before}${password} is no password, said ${token}` }),
        },
        timing: { startedAt: 0 },
      });
      const all = JSON.stringify(exchange);
      for (const hidden of [token, password]) {
        expect(all).not.toContain(hidden);
        expect(all).not.toContain(JSON.stringify(hidden).slice(1, -1));
        expect(decoded(all)).not.toContain(hidden);
      }
    },
  );
});
