import { describe, expect, it } from "vitest";
import { recorder, redactor } from "../../../src/http/redact.ts";
import type { Headers } from "../../../src/model/exchange.ts";

const TOKEN = 'tok/en+1&2 "\u00e9<3';

describe("redactor", () => {
  const clean = redactor([TOKEN]);

  it.each([
    ["as it is", TOKEN],
    ["in JSON", JSON.stringify({ detail: TOKEN })],
    ["in JSON with escaped slashes", JSON.stringify(TOKEN).replaceAll("/", "\\/")],
    ["percent-encoded", `/Users?token=${encodeURIComponent(TOKEN)}`],
    [
      "percent-encoded in small letters",
      encodeURIComponent(TOKEN).replace(/%../g, (hex) => hex.toLowerCase()),
    ],
    ["as a form", encodeURIComponent(TOKEN).replaceAll("%20", "+")],
    ["in base64", Buffer.from(TOKEN).toString("base64")],
    ["in base64url", Buffer.from(TOKEN).toString("base64url")],
  ])("masks a secret %s", (_, text) => {
    const cleaned = clean(`before ${text} after`);
    expect(cleaned).toMatch(/^before .*«secret».* after$/s);
    for (const part of ["en+1", "en%2", "&2", "dG9rL"]) expect(cleaned).not.toContain(part);
  });

  it.each(["", "a", "ab", "abc", "user:", "Bearer "])("finds a secret in base64 behind %j", (before) => {
    const secret = "Tr0ub4dor-and-3";
    for (const after of ["", "x", "xy", ":tail"]) {
      const encoded = Buffer.from(before + secret + after).toString("base64");
      const cleaned = redactor([secret])(encoded);
      expect(cleaned).toContain("«secret»");
      expect(Buffer.from(cleaned.replace("«secret»", ""), "base64").toString("latin1")).not.toMatch(
        /r0ub4|and-/,
      );
    }
  });

  it("gives a text without secrets back as it is", () => {
    const text = '{"Resources":[{"userName":"ann"}]}';
    expect(clean(text)).toBe(text);
    expect(redactor([])(text)).toBe(text);
    expect(redactor([""])(text)).toBe(text);
  });

  it.each(["password", "test", "Users", "changeme"])(
    "does not take %j out of the words that judges read",
    (weak) => {
      const body = `{"userName":"${weak}@a.example","${weak}s":"${weak}","schemas":["${weak}"]}`;
      expect(redactor([weak])(body)).toBe(body);
    },
  );

  it("masks a weak secret where it can be nothing else", () => {
    expect(redactor(["test"])('{"password":"test","userName":"test"} Bearer test')).toBe(
      '{"password":"«secret»","userName":"test"} Bearer «secret»',
    );
  });

  it("masks all of a secret that begins like another", () => {
    expect(redactor(["hunter22", "hunter22-long"])("hunter22-long hunter22")).toBe("«secret» «secret»");
  });

  it("puts the mask in literally, whatever the secret looks like", () => {
    expect(redactor(["$&$1-secret"])("a $&$1-secret b")).toBe("a «secret» b");
  });

  it("is quick on bodies of 5 MB", () => {
    const body = `${'{"value":"2819c223-7f76-453a-919d-413861904646"},'.repeat(100_000)}`;
    expect(redactor(["0123456789abcdef0123456789abcdef"])(body)).toBe(body);
  });
});

describe("a secret whose characters are escaped here and there", () => {
  const secret = 'canary/t0ken+"x"-9';
  const clean = redactor([secret]);
  const mixed = (escaped: (character: string) => string) =>
    [...secret].map((one, index) => (index % 3 === 0 ? escaped(one) : one)).join("");
  const hex = (one: string) => one.charCodeAt(0).toString(16);
  it.each([
    ["JSON", mixed((one) => `\\u00${hex(one)}`)],
    ["JSON, upper case", mixed((one) => `\\u00${hex(one).toUpperCase()}`)],
    ["JSON inside JSON", mixed((one) => `\\\\u00${hex(one)}`)],
    ["a URL", mixed((one) => `%${hex(one)}`)],
    ["a URL inside a URL", mixed((one) => `%25${hex(one)}`)],
    ["HTML", mixed((one) => `&#${one.charCodeAt(0)};`)],
    ["HTML, hexadecimal", mixed((one) => `&#x${hex(one)};`)],
    ["hexadecimal bytes", Buffer.from(secret).toString("hex")],
  ])("is masked (%s)", (_, text) => {
    expect(clean(`{"detail":"${text}"} \\u0041 %41 &#65;`)).toBe('{"detail":"«secret»"} \\u0041 %41 &#65;');
  });
});

describe("recorder", () => {
  const record = (sent: Headers, heard: Headers = [], body = "", requestBody?: string) =>
    recorder(["configured-token-1"], "X-Api-Key").record({
      request: {
        method: "POST",
        path: "/Users",
        headers: sent,
        ...(requestBody === undefined ? {} : { body: requestBody }),
      },
      url: "https://a.example/scim/Users",
      outcome: { kind: "answer", status: 200, headers: heard, body },
      timing: { startedAt: 1 },
    });

  it("masks every header that is secret by name and keeps what explains it", () => {
    const { request, outcome } = record(
      [
        ["authorization", "Bearer abc"],
        ["Authorization", "Bearer Bearer abc"],
        ["Proxy-Authorization", "Basic abc"],
        ["Authorization", "abc"],
        ["Cookie", "a=b"],
        ["x-api-key", "abc"],
        ["Accept", "application/json"],
      ],
      [
        ["Set-Cookie", "SID=abc; Path=/; HttpOnly"],
        ["ETag", 'W/"1"'],
      ],
    );
    expect(request.headers).toEqual([
      ["authorization", "Bearer «secret»"],
      ["Authorization", "Bearer Bearer «secret»"],
      ["Proxy-Authorization", "Basic «secret»"],
      ["Authorization", "«secret»"],
      ["Cookie", "«secret»"],
      ["x-api-key", "«secret»"],
      ["Accept", "application/json"],
    ]);
    expect(outcome.kind === "answer" && outcome.headers).toEqual([
      ["Set-Cookie", "SID=«secret»; Path=/; HttpOnly"],
      ["ETag", 'W/"1"'],
    ]);
  });

  it("shows the wrong credential that was sent on purpose", () => {
    const { request, outcome } = record([["Authorization", "non-token"]], [], "non-token");
    expect(request.headers).toEqual([["Authorization", "non-token"]]);
    expect(outcome.kind === "answer" && outcome.body).toBe("non-token");
  });

  it("masks an echo of a token that only this request carried", () => {
    const { outcome } = record(
      [["Authorization", "Bearer expired-token-9"]],
      [["X-Debug", "expired-token-9"]],
      '{"detail":"expired-token-9"}',
    );
    expect(outcome).toMatchObject({ headers: [["X-Debug", "«secret»"]], body: '{"detail":"«secret»"}' });
  });

  it("leaves the judges an echoed password as an attribute, and masks its value", () => {
    const { request, outcome } = record(
      [],
      [],
      '{"userName":"ann","password":"1mz050nq"}',
      '{"password":"1mz050nq"}',
    );
    expect(request.body).toBe('{"password":"«secret»"}');
    expect(outcome).toMatchObject({ body: '{"userName":"ann","password":"«secret»"}' });
  });
});
