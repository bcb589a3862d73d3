import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsedBody } from "../../../src/checks/answer.ts";
import { jsonFault } from "../../../src/checks/json-fault.ts";

describe("where JSON goes wrong", () => {
  it.each([
    ['{"name":{"givenName":"a","middleName"}}', 37, "middleName"],
    ['{"a":1,}', 7, "a"],
    ["[1,]", 3, undefined],
    ['{"a" 1}', 4, "a"],
    ['{"a":[1 2]}', 7, "a"],
    ['{"a":01}', 5, "a"],
    ['{"a":"b\nc"}', 5, "a"],
    ['{"a":1}}', 7, "a"],
    ["[1}", 2, undefined],
    ['{"a":{"b":"c', 10, "b"],
  ])("is told of %s", (text, at, name) => {
    expect(jsonFault(text)).toEqual({ at, ...(name === undefined ? {} : { name }) });
  });

  it("is nowhere in what a parser takes, and somewhere in what it does not", () => {
    const texts = fc.oneof(
      fc.json(),
      fc
        .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "}", '"', ":", "0", "x", "\\"))
        .map(([text, at, put]) => {
          const place = at % (text.length + 1);
          return text.slice(0, place) + put + text.slice(place + 1);
        }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        expect(jsonFault(text) === undefined).toBe(isJson);
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it("is told of texts of any length, also of those that never end", () => {
    const long = "x\\u00e9 ".repeat(1_000_000);
    expect(jsonFault(`{"a":"${long}`)).toEqual({ at: 5, name: "a" });
    expect(jsonFault(`{"a":"${long}",}`)).toEqual({ at: long.length + 8, name: "a" });
    expect(jsonFault(`{"${long}`)).toEqual({ at: 1 });
    expect(jsonFault("[".repeat(1_000_000))).toEqual({ at: 1_000_000 });
  });

  it("is said with the problem, by the name of the attribute and without anybody's value", () => {
    const broken = (body: string) => {
      const parsed = parsedBody({ kind: "answer", status: 200, headers: [], body } as never);
      return parsed.ok ? "" : parsed.problem;
    };
    expect(broken('{"Resources":[{"userName":"ann","title"}]}')).toMatch(
      / and goes wrong after 39 characters, at "title"$/,
    );
    expect(broken('{"Resources":[{"userName":"ann')).toMatch(
      / and goes wrong after 26 characters, at "userName"$/,
    );
    expect(broken('{"Resources":[')).toMatch(/ and ends after 14 characters, at "Resources"$/);
    expect(broken("<html>")).toMatch(/begins with "<html>"$/);
  });
});
