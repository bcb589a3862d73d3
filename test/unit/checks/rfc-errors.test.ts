import { describe, expect, it } from "vitest";
import { challenge } from "../../../src/checks/named/challenge.ts";
import { errorPart } from "../../../src/checks/named/error-part.ts";
import { mediaType } from "../../../src/checks/named/media-type.ts";
import { noServerErrors } from "../../../src/checks/named/no-server-errors.ts";
import { notRepeated } from "../../../src/checks/named/not-repeated.ts";
import { scimType } from "../../../src/checks/named/scim-type.ts";
import { tlsAddress } from "../../../src/checks/named/tls-address.ts";
import { unsupportedRefused } from "../../../src/checks/named/unsupported-refused.ts";
import type { Evidence } from "../../../src/model/evidence.ts";
import type { Headers } from "../../../src/model/exchange.ts";
import type { Json } from "../../../src/model/json.ts";
import { evidenceOf, exchangeOf } from "./evidence-of.ts";

const error = {
  schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
  status: "404",
  detail: "No such user.",
};

const withHeaders = (evidence: Evidence, headers: Headers): Evidence => ({
  ...evidence,
  exchanges: evidence.exchanges.map((exchange) => ({
    ...exchange,
    outcome: exchange.outcome.kind === "answer" ? { ...exchange.outcome, headers } : exchange.outcome,
  })),
});

describe("error-part", () => {
  const judged = (part: string, body: Json | undefined) =>
    errorPart.judge(evidenceOf(404, body), { part }).kind;

  it.each(["schema", "status", "status-text", "word"])("holds for a sound error: %s", (part) => {
    expect(judged(part, error)).toBe("holds");
    expect(judged(part, { ...error, scimType: "noTarget" })).toBe("holds");
  });

  it("takes a number for a status, but not for a text", () => {
    expect(judged("status", { ...error, status: 404 })).toBe("holds");
    expect(judged("status-text", { ...error, status: 404 })).toBe("broken");
  });

  it("blames each fault once", () => {
    expect(judged("schema", { ...error, schemas: ["urn:other"] })).toBe("broken");
    expect(judged("schema", "<h1>404</h1>")).toBe("broken");
    expect(judged("status", "<h1>404</h1>")).toBe("unknown");
    expect(judged("status", { ...error, status: "500" })).toBe("broken");
    expect(judged("status", { schemas: error.schemas })).toBe("broken");
    expect(judged("status-text", { schemas: error.schemas })).toBe("unknown");
    expect(judged("word", { ...error, scimType: "oops" })).toBe("broken");
  });

  it("says nothing of a success, or of a refusal without a body", () => {
    expect(judged("schema", undefined)).toBe("unknown");
    expect(errorPart.judge(evidenceOf(200, {}), { part: "schema" })).toMatchObject({
      kind: "unknown",
      neutral: true,
    });
  });
});

describe("scim-type", () => {
  it("wants one of the words, of a 400 or 409 alone", () => {
    const given = { is: ["invalidValue", "invalidSyntax"] };
    expect(scimType.judge(evidenceOf(400, { scimType: "invalidSyntax" }), given).kind).toBe("holds");
    expect(scimType.judge(evidenceOf(400, { scimType: "noTarget" }), given).kind).toBe("broken");
    expect(scimType.judge(evidenceOf(400, {}), given).kind).toBe("broken");
    expect(scimType.judge(evidenceOf(404, {}), given).kind).toBe("unknown");
  });
});

describe("challenge", () => {
  it("wants a scheme in WWW-Authenticate of a 401", () => {
    const judged = (headers: Headers) => challenge.judge(withHeaders(evidenceOf(401), headers), {}).kind;
    expect(judged([["www-authenticate", 'Bearer realm="scim"']])).toBe("holds");
    expect(judged([])).toBe("broken");
    expect(judged([["WWW-Authenticate", " "]])).toBe("broken");
    expect(challenge.judge(evidenceOf(403), {}).kind).toBe("unknown");
  });
});

describe("media-type", () => {
  const judged = (status: number, label: string | undefined, given: Record<string, Json>) =>
    mediaType.judge(
      withHeaders(evidenceOf(status, {}), label === undefined ? [] : [["content-type", label]]),
      given,
    ).kind;

  it("compares without letter case and parameters", () => {
    const given = { is: "application/scim+json" };
    expect(judged(200, "Application/SCIM+JSON ; charset=utf-8", given)).toBe("holds");
    expect(judged(200, "application/json", given)).toBe("broken");
    expect(judged(200, undefined, given)).toBe("broken");
  });

  it("looks at refusals only when told to, and then at nothing else", () => {
    expect(judged(404, "text/html", { is: "application/json" })).toBe("unknown");
    expect(judged(404, "text/html", { is: "application/json", refusal: true })).toBe("broken");
    expect(judged(200, "text/html", { is: "application/json", refusal: true })).toBe("unknown");
  });
});

describe("no-server-errors", () => {
  it("looks at every step so far, and forgives 501 and 503", () => {
    const judged = (earlier: number, now: number) =>
      noServerErrors.judge(evidenceOf(now, {}, { earlier: { before: exchangeOf(earlier) } }), {}).kind;
    expect(judged(501, 503)).toBe("holds");
    const twice = evidenceOf(500, {}, { earlier: { step: exchangeOf(500) } });
    expect(noServerErrors.judge(twice, {})).toMatchObject({
      kind: "broken",
      differences: [{ actual: "500" }],
    });
    expect(judged(500, 200)).toBe("broken");
    expect(judged(200, 502)).toBe("broken");
  });
});

describe("not-repeated", () => {
  it("looks for the secret in refusals, whatever their form", () => {
    const given = { secret: "Aa1-secret" };
    expect(notRepeated.judge(evidenceOf(409, error), given).kind).toBe("holds");
    expect(notRepeated.judge(evidenceOf(409, "<p>Aa1-secret</p>"), given).kind).toBe("broken");
    expect(notRepeated.judge(evidenceOf(201, "Aa1-secret"), given).kind).toBe("unknown");
  });
});

describe("tls-address", () => {
  it("wants HTTPS, except of this machine", () => {
    const judged = (url: string) =>
      tlsAddress.judge({ ...evidenceOf(200), exchanges: [exchangeOf(200, {}, url)] }, {}).kind;
    expect(judged("https://scim.example.com/Users")).toBe("holds");
    expect(judged("http://scim.example.com/Users")).toBe("broken");
    expect(judged("http://127.0.0.1:8080/Users")).toBe("unknown");
  });
});

describe("unsupported-refused", () => {
  const judged = (supported: Json, status: number) =>
    unsupportedRefused.judge(
      evidenceOf(status, {}, { earlier: { config: exchangeOf(200, { bulk: { supported } }) } }),
      { feature: "bulk", config: "config" },
    ).kind;

  it("wants a refusal of what is disclaimed, and says nothing of the rest", () => {
    expect(judged(false, 501)).toBe("holds");
    expect(judged(false, 404)).toBe("holds");
    expect(judged(false, 200)).toBe("broken");
    expect(judged(false, 500)).toBe("broken");
    expect(judged(true, 200)).toBe("unknown");
    expect(judged("no", 200)).toBe("unknown");
  });
});
