import { describe, expect, it } from "vitest";
import { LARGE_BODY_BYTES } from "../../../src/http/body-bytes.ts";
import { memoryOf } from "../../../src/http/memory-of.ts";

const MB = 1_000_000;
const of = (text: string) => memoryOf(Buffer.from(text)) / Buffer.byteLength(text);
const list = (count: number, one: (index: number) => string) =>
  `[${Array.from({ length: count }, (_, index) => one(index)).join(",")}]`;

describe("the memory that a body may take", () => {
  it.each([
    ["empty objects", list(1_000, () => "{}"), 21],
    ["empty arrays", list(1_000, () => "[]"), 13],
    ["names that come once", `{${Array.from({ length: 1_000 }, (_, at) => `"k${at}":1`).join(",")}}`, 6],
    ["objects with a name of their own each", list(1_000, (index) => `{"k${index}":1}`), 12],
    ["numbers of many digits", list(1_000, () => "1.5"), 3],
  ])("is told to be many times its bytes, as measured: %s", (_, text, times) => {
    expect(of(text)).toBeGreaterThan(times);
  });

  it("is a few times its bytes where people are listed, so that twenty megabytes of them are read", () => {
    const person = (index: number) =>
      JSON.stringify({
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
        id: `2819c223-7f76-453a-919d-${index}`,
        userName: `somebody.${index}@example.com`,
        name: { givenName: "Some", familyName: `Body ${index}` },
        emails: [{ value: `somebody.${index}@example.com`, type: "work", primary: true }],
        active: true,
        meta: { resourceType: "User", location: `https://example.com/scim/v2/Users/2819c223-${index}` },
      });
    expect(of(list(2_000, person)) * 20 * MB).toBeLessThan(64 * MB);
  });

  it.each([
    ["names that come once, in one object", `{${'"":0,'.repeat(LARGE_BODY_BYTES / 5 - 2)}"":0}`],
    ["empty objects", `[${"{},".repeat(LARGE_BODY_BYTES / 3 - 2)}{}]`],
    ["objects of one member", `[${'{"":0},'.repeat(LARGE_BODY_BYTES / 7 - 2)}{}]`],
  ])("is no more than may be held for any body that is not looked through: %s", (_, text) => {
    const names = Array.from({ length: 30_000 }, (_, index) => `"name-${index}":0`).join(",");
    expect(memoryOf(Buffer.from(`{${names},"all":${text}}`))).toBeLessThan(64 * MB);
  });

  it("does not take what stands in a text for more than the text", () => {
    expect(of(`"${"{}[],:".repeat(10_000)}\\"{},"`)).toBeLessThan(2.1);
  });

  it("is twice as much where a text is beyond Latin-1", () => {
    expect(of(`"${"x".repeat(10_000)}\u20ac"`)).toBeGreaterThan(3.9);
  });

  it("is counted no further than is asked", () => {
    expect(memoryOf(Buffer.from(list(100_000, () => "{}")), 1_000)).toBeLessThan(400_000);
  });
});
