import { describe, expect, it } from "vitest";
import { baseUrlForOkta } from "../../../src/checks/named/base-url-for-okta.ts";
import { evidenceOf, exchangeOf } from "./evidence-of.ts";

const at = (base: string) => ({ ...evidenceOf(200), exchanges: [exchangeOf(200, {}, `${base}/Users`)] });

describe("base-url-for-okta", () => {
  it("holds for HTTPS with a prefix", () => {
    expect(baseUrlForOkta.judge(at("https://scim.example.com/scim/v2"), {}).kind).toBe("holds");
  });

  it.each([
    ["plain HTTP", "http://scim.example.com"],
    ["an underscore", "https://scim.example.com/scim_v2"],
    ["a very long one", `https://scim.example.com/${"v".repeat(1024)}`],
  ])("breaks for %s", (_what, base) => {
    expect(baseUrlForOkta.judge(at(base), {}).kind).toBe("broken");
  });

  it("says nothing of a server on the same machine", () => {
    for (const base of ["http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080"]) {
      expect(baseUrlForOkta.judge(at(base), {})).toMatchObject({ kind: "unknown", neutral: true });
    }
  });

  it("counts an underscore of a request's query to nobody's base URL", () => {
    const exchange = exchangeOf(200, {}, "https://scim.example.com/Users?a_b");
    const evidence = {
      ...evidenceOf(200),
      exchanges: [{ ...exchange, request: { ...exchange.request, path: "/Users?a_b" } }],
    };
    expect(baseUrlForOkta.judge(evidence, {}).kind).toBe("holds");
  });
});
