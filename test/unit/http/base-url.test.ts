import { describe, expect, it } from "vitest";
import { isLoopback, parseBaseUrl } from "../../../src/http/base-url.ts";

describe("parseBaseUrl", () => {
  it.each([
    ["https://a.example/scim/v2", "https://a.example/scim/v2"],
    ["https://a.example/scim/v2/", "https://a.example/scim/v2"],
    ["  https://a.example/scim/v2//\n", "https://a.example/scim/v2"],
    ["HTTPS://A.example:8443/Scim", "https://a.example:8443/Scim"],
    ["https://a.example", "https://a.example/"],
    ["https://a.example/Users/scim", "https://a.example/Users/scim"],
  ])("reads %j", (text, href) => {
    const parsed = parseBaseUrl(text);
    expect(parsed.ok && parsed.url.href).toBe(href);
    expect(parsed.ok && parsed.notes).toEqual([]);
  });

  it.each([
    ["", /empty/],
    ["   ", /empty/],
    ["a.example/scim", /no scheme/],
    ["localhost:8080/scim", /no scheme/],
    ["ftp://a.example/scim", /not ftp/],
    ["https://", /cannot be read/],
    ["https://a.example/scim?x=1", /query/],
    ["https://a.example/scim?", /query/],
    ["https://a.example/scim#top", /fragment/],
    ["https://a.example/scim#", /fragment/],
    ["https://bob:hunter2@a.example/scim", /user name or password/],
    ["https://a.example/scim/Users", /before \/Users/],
    ["https://a.example/scim/Users/", /before \/Users/],
    ["https://a.example/scim/Groups", /before \/Groups/],
  ])("refuses %j", (text, problem) => {
    const parsed = parseBaseUrl(text);
    expect(parsed.ok ? "accepted" : parsed.problem).toMatch(problem);
  });

  it("does not repeat a password that it refuses", () => {
    const parsed = parseBaseUrl("https://bob:hunter2@a.example/scim");
    expect(JSON.stringify(parsed)).not.toContain("hunter2");
  });

  it("notes a token that would travel unencrypted, but not on this machine", () => {
    const remote = parseBaseUrl("http://a.example/scim");
    expect(remote.ok && remote.notes).toEqual([expect.stringMatching(/unencrypted/)]);
    const local = parseBaseUrl("http://localhost:8080/scim");
    expect(local.ok && local.notes).toEqual([]);
  });

  it("notes an underscore in the host, which Okta refuses", () => {
    const parsed = parseBaseUrl("https://my_app.example/scim");
    expect(parsed.ok && parsed.notes).toEqual([expect.stringMatching(/underscore/)]);
  });
});

describe("isLoopback", () => {
  it.each([
    "127.0.0.1",
    "127.8.9.10",
    "::1",
    "[::1]",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "[::ffff:7f00:1]",
  ])("%s is this machine", (host) => expect(isLoopback(host)).toBe(true));
  it.each(["128.0.0.1", "127.evil.example", "localhost.example", "10.0.0.1", "::2", "0.0.0.0"])(
    "%s is not",
    (host) => expect(isLoopback(host)).toBe(false),
  );
});
