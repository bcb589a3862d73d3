import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/model/json.ts";
import { idsOf, pageOf, sound, walkOf } from "./walk-of.ts";

const walks = (facts: Readonly<Record<string, Json>>) =>
  facts.walks as readonly {
    ids: string[];
    pages: { startIndex: number }[];
    end: string;
    totalChanged: boolean;
  }[];

describe("list-all-pages", () => {
  it("asks for startIndex 1, 101 and 201 where there are 230 users, and sees each of them", () => {
    const { facts, asked } = walkOf(sound(230));
    expect(asked).toEqual([
      "/Users?startIndex=1&count=100",
      "/Users?startIndex=101&count=100",
      "/Users?startIndex=201&count=100",
    ]);
    expect(walks(facts)[0]).toMatchObject({ ids: idsOf(230), end: "covered", totalChanged: false });
    expect(facts).toMatchObject({ total: 230, pastEnd: 301 });
  });

  it("asks for no further page when the last one is full", () => {
    const { asked, facts } = walkOf(sound(200));
    expect(asked).toHaveLength(2);
    expect(facts).toMatchObject({ total: 200, pastEnd: 201 });
  });

  it("is satisfied with an empty list that has no Resources", () => {
    const { facts } = walkOf(() => ({ totalResults: 0 }));
    expect(walks(facts)[0]).toMatchObject({ ids: [], end: "covered" });
  });

  it("stops at an empty page, whatever totalResults promises", () => {
    const { facts, asked } = walkOf(({ startIndex, count }) =>
      pageOf(idsOf(100), startIndex, count, { totalResults: 1_000_000 }),
    );
    expect(asked).toHaveLength(2);
    expect(walks(facts)[0]?.end).toBe("empty-page");
  });

  it("stops after maxPages where a server repeats its pages for ever, and says that it was cut", () => {
    const endless = ({ startIndex }: { startIndex: number }) =>
      pageOf(idsOf(100), 1, 100, { totalResults: 1e9, startIndex });
    expect(walkOf(endless).asked).toHaveLength(50);
    const { facts, asked } = walkOf(endless, { maxPages: 3 });
    expect(asked).toHaveLength(3);
    expect(walks(facts)[0]?.end).toBe("cut");
    expect(facts).not.toHaveProperty("pastEnd");
  });

  // An answer may have 20 MB, and a walk fifty of them.
  const longIds = ({ startIndex }: { startIndex: number }, totalResults: number) => ({
    totalResults,
    Resources: [{ id: `${startIndex}`.padEnd(7_000_000, "x") }],
  });

  it("stops once the ids are more than are held, and says that it was not for the number of pages", () => {
    const { facts, asked } = walkOf((page) => longIds(page, 1_000), { count: 1 });
    expect(asked).toHaveLength(3);
    expect(walks(facts)[0]).toMatchObject({ end: "cut", full: true });
    expect(facts).not.toHaveProperty("pastEnd");
  });

  it("has walked to the end where the last page brings more ids than are held", () => {
    const { facts } = walkOf((page) => longIds(page, 3), { count: 1 });
    expect(walks(facts)[0]).toMatchObject({ end: "covered" });
    expect(walks(facts)[0]).not.toHaveProperty("full");
  });

  it.each<[string, Json | number]>([
    ["a status that is not 200", 500],
    ["a bare array", []],
    ["no totalResults", { Resources: [] }],
    ["Resources that are no array", { totalResults: 1, Resources: {} }],
    ["no Resources although there are results", { totalResults: 1 }],
  ])("stops at %s and tells where", (_what, said) => {
    const { facts } = walkOf(({ request, startIndex, count }) =>
      request === 1 ? pageOf(idsOf(150), startIndex, count) : said,
    );
    expect(walks(facts)[0]).toMatchObject({
      end: "unusable",
      problem: expect.stringContaining("startIndex=101"),
    });
  });

  it("walks on where the counters are written as texts, and notes them as they were sent", () => {
    const { facts } = walkOf(({ startIndex, count }) =>
      pageOf(idsOf(150), startIndex, count, { totalResults: "150" }),
    );
    expect(walks(facts)[0]).toMatchObject({ ids: idsOf(150), pages: [{ totalResults: "150" }, {}] });
  });

  it("notices that totalResults changed under it, and then knows no end", () => {
    const { facts } = walkOf(({ startIndex, count, request }) =>
      pageOf(idsOf(150 + request), startIndex, count),
    );
    expect(walks(facts)[0]?.totalChanged).toBe(true);
    expect(facts).not.toHaveProperty("total");
  });

  it("asks once for what follows a short page, to tell a cap from a loss", () => {
    const capped = walkOf(({ startIndex, count }) => pageOf(idsOf(250), startIndex, Math.min(count, 60)));
    expect(capped.asked.filter((path) => path.includes("startIndex=61&"))).toHaveLength(1);
    expect(capped.asked).toHaveLength(4);
    expect(walks(capped.facts)[0]).toMatchObject({ cappedAt: 60, pages: [{}, {}, {}] });
    const lossy = walkOf(({ startIndex, count }) => pageOf(idsOf(250), startIndex + 1, count));
    expect(walks(lossy.facts)[0]).not.toHaveProperty("cappedAt");
  });

  it("walks as often as it is told", () => {
    const { facts, asked } = walkOf(sound(120), { walks: 2 });
    expect(walks(facts)).toHaveLength(2);
    expect(asked).toHaveLength(4);
  });

  it("percent-encodes a filter and puts it first", () => {
    expect(walkOf(sound(1), { filter: 'userName eq "a+b"' }).asked).toEqual([
      "/Users?filter=userName%20eq%20%22a%2Bb%22&startIndex=1&count=100",
    ]);
  });

  it("hands over the resource it was told to look for, and the page it is on", () => {
    const { facts, exchanges } = walkOf(sound(350), { lookFor: "u150" });
    expect(facts.found).toEqual([{ id: "u150", userName: "u150@example.com" }]);
    expect(exchanges.map(({ request }) => request.path)).toEqual([
      "/Users?startIndex=1&count=100",
      "/Users?startIndex=101&count=100",
      "/Users?startIndex=301&count=100",
    ]);
  });

  it("keeps no more exchanges of a long walk than the first and the last", () => {
    expect(walkOf(sound(4000)).exchanges).toHaveLength(2);
  });

  it.each([
    [130, 65],
    [200, 100],
    [97, 97],
    [1, 1],
  ])("takes for %i users pages of %i when the last page has to be full", (size, count) => {
    const { facts, asked } = walkOf(sound(size), { exactMultiple: true });
    expect(asked.at(-1)).toContain(`count=${count}`);
    expect(facts).toMatchObject({ total: size, pastEnd: size + 1 });
  });

  it.each([101, 202, 0])("says so when no page size divides %i users", (size) => {
    const { facts, exchanges } = walkOf(sound(size), { exactMultiple: true });
    expect(facts).toMatchObject({ noDivisor: true, walks: [] });
    expect(exchanges).toEqual([]);
  });
});
