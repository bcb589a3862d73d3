import { describe, expect, it } from "vitest";
import {
  type Credential,
  credentialFrom,
  credentialHeaders,
  tokenFromText,
} from "../../../src/http/credential.ts";
import { Secret } from "../../../src/model/secret.ts";

const problemOf = (result: { ok: boolean; problem?: string }) => (result.ok ? "accepted" : result.problem);

describe("tokenFromText", () => {
  it.each([
    ["abc", "abc", false],
    ["Bearer abc", "abc", true],
    ["bearer  abc", "abc", true],
    ["  abc\r\n", "abc", false],
    ["Bearerabc", "Bearerabc", false],
  ])("reads %j", (text, secret, hadPrefix) => {
    const result = tokenFromText(text);
    expect(result.ok && [result.secret.reveal(), result.hadPrefix]).toEqual([secret, hadPrefix]);
  });

  it.each([
    ["", /empty/],
    [" \n", /empty/],
    ["Bearer ", /empty/],
    ["Bearer", /empty/],
    ["abc\ndef", /line break/],
    ["abc def", /white space/],
    ["abc\u2026", /character/],
    ["a\u0000b", /character/],
  ])("refuses %j without repeating it", (text, problem) => {
    expect(problemOf(tokenFromText(text))).toMatch(problem);
    expect(problemOf(tokenFromText(text))).not.toContain("abc");
  });
});

describe("credentialFrom", () => {
  const credentialOf = (sources: Parameters<typeof credentialFrom>[0]) => {
    const result = credentialFrom(sources);
    if (!result.ok) throw new Error(result.problem);
    return result.credential;
  };
  const sent = (sources: Parameters<typeof credentialFrom>[0]) =>
    credentialHeaders(credentialOf(sources), "given");

  it("sends each kind of credential as Okta would", () => {
    expect(sent({})).toEqual([]);
    expect(sent({ token: "abc" })).toEqual([["Authorization", "Bearer abc"]]);
    expect(sent({ token: "Bearer abc" })).toEqual([["Authorization", "Bearer abc"]]);
    expect(sent({ rawHeader: "abc" })).toEqual([["Authorization", "abc"]]);
    expect(sent({ basic: "ann:p:w\u00f6rd\n" })).toEqual([["Authorization", "Basic YW5uOnA6d8O2cmQ="]]);
    expect(sent({ header: "X-Api-Key: abc" })).toEqual([["X-Api-Key", "abc"]]);
  });

  it("tells that a prefix was taken off", () => {
    const result = credentialFrom({ token: "Bearer abc" });
    expect(result.ok && result.notes).toEqual([expect.stringMatching(/one prefix/)]);
  });

  it.each([
    [{ token: "" }, /empty/],
    [{ basic: "ann" }, /user:password/],
    [{ basic: ":pw" }, /user:password/],
    [{ basic: "ann: " }, /empty/],
    [{ rawHeader: " " }, /empty/],
    [{ rawHeader: "a\nb" }, /line break/],
    [{ header: "X-Api-Key" }, /Name: value/],
    [{ header: "X Api Key: a" }, /Name: value/],
    [{ header: "X-Api-Key: " }, /no value/],
    [{ header: "X-Api-Key: a\nX-Other: b" }, /line break/],
    [{ token: "a", basic: "b:c" }, /Only one.*token and basic/],
  ])("refuses %j", (sources, problem) => {
    expect(problemOf(credentialFrom(sources))).toMatch(problem);
  });
});

describe("credentialHeaders", () => {
  const bearer: Credential = { kind: "bearer", token: new Secret("abc") };

  it("leaves the header out, sends Okta's wrong one, or doubles the prefix", () => {
    expect(credentialHeaders(bearer, "none")).toEqual([]);
    expect(credentialHeaders(bearer, "wrong")).toEqual([["Authorization", "non-token"]]);
    expect(credentialHeaders(bearer, "doubled-bearer")).toEqual([["Authorization", "Bearer Bearer abc"]]);
    expect(credentialHeaders(bearer, "lower-case-scheme")).toEqual([["Authorization", "bearer abc"]]);
  });

  it("has something to double for every kind of credential", () => {
    const basic: Credential = { kind: "basic", user: "ann", password: new Secret("pw") };
    expect(credentialHeaders(basic, "doubled-bearer")).toEqual([["Authorization", "Bearer Bearer x"]]);
  });
});
