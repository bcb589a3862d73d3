import { describe, expect, it } from "vitest";
import { Names, newRunId } from "../../../src/engine/names.ts";
import { seededRandom } from "../../../src/model/clock.ts";
import type { Ledger } from "../../../src/model/ledger.ts";
import { UNIQUE_KINDS } from "../../../src/model/people.ts";
import { PEOPLE } from "../conformance/bench.ts";

const noted = () => {
  const leases: [number, number][] = [];
  const ledger: Ledger = { lease: (from, to) => leases.push([from, to]), close: () => {} };
  return { leases, names: new Names("abc123", ledger, PEOPLE, seededRandom(3)) };
};

describe("the names of a run", () => {
  it("never come twice, and all carry the marker", () => {
    const { names } = noted();
    const userNames = Array.from({ length: 1_200 }, () => names.forPlay().unique("userName"));
    expect(new Set(userNames.map((name) => name.toLowerCase())).size).toBe(1_200);
    expect(userNames.every((name) => names.isOurs(name) && name.includes(names.marker))).toBe(true);
  });

  it("hold their number in decimal, as it is read back out of them, however large", () => {
    const { names } = noted();
    for (const number of [1, 42, 999, 1_000, 1_001, 20_050, 999_999, 1_000_000, 1_234_567, 10_000_000]) {
      const name = names.textOf("userName", "", number);
      expect(name).toContain(`${names.marker}${number}@`);
      expect(names.numberIn(name)).toBe(number);
    }
  });

  it("are on record before the first of a range is used", () => {
    const { leases, names } = noted();
    expect(leases).toEqual([]);
    for (let count = 1; count <= 501; count += 1) {
      const number = Number(/-(\d+)@/.exec(names.forPlay().unique("userName"))?.[1]);
      expect(leases.some(([from, to]) => from <= number && number <= to)).toBe(true);
    }
    expect(leases).toEqual([
      [1, 500],
      [501, 1_000],
    ]);
  });

  it("are the same for one label throughout a play, and others for other labels and plays", () => {
    const { names } = noted();
    const play = names.forPlay();
    const [bob, anonymous] = [play.unique("userName", "bob"), play.unique("userName")];
    expect(play.unique("userName", "bob")).toBe(bob);
    expect(play.unique("email", "bob")).toBe(bob);
    expect(new Set([bob, anonymous, names.forPlay().unique("userName", "bob")]).size).toBe(3);
  });

  it.each(Object.keys(PEOPLE.people))("of the awkward person %s carry the marker", (label) => {
    const { names } = noted();
    expect(names.isOurs(names.forPlay().unique("userName", label))).toBe(true);
  });

  it.each(Object.keys(PEOPLE.groups))("of the awkward group %s carry the marker", (label) => {
    const { names } = noted();
    expect(names.isOurs(names.forPlay().unique("groupName", label))).toBe(true);
  });

  it("are awkward where they are meant to be", () => {
    const play = noted().names.forPlay();
    expect(play.unique("userName", "plus")).toContain("+tag@");
    expect(play.unique("userName", "apostrophe")).toContain("'");
    expect(play.unique("userName", "mixed-case")).toMatch(/Scim-Check.*McTest@Example/);
    expect(play.unique("groupName", "quotes")).toContain('"A"');
    expect(play.unique("groupName", "backslash")).toContain("\\");
  });

  it.each(["__proto__", "constructor", "toString"])("take %s for a label like any other", (label) => {
    const { names } = noted();
    expect(names.isOurs(names.forPlay().unique("userName", label))).toBe(true);
  });

  it("have every kind that scenarios may ask for, and no other", () => {
    const play = noted().names.forPlay();
    for (const kind of UNIQUE_KINDS) expect(play.unique(kind)).not.toBe("");
    expect(() => play.unique("shoeSize")).toThrow("shoeSize");
  });

  it.each(["Nobody@example.com", "scim-check-zzz999-1@example.com", "scim-check-", ""])(
    "are not %j",
    (name) => {
      expect(noted().names.isOurs(name)).toBe(false);
    },
  );

  it("are ours in any letter case", () => {
    expect(noted().names.isOurs("SCIM-CHECK-ABC123-7@EXAMPLE.COM")).toBe(true);
  });
});

describe("the id of a run", () => {
  it("is six letters and digits, the smallest and the largest too", () => {
    for (const value of [0, 0.5, 1 - 2 ** -32])
      expect(newRunId({ next: () => value })).toMatch(/^[a-z0-9]{6}$/);
  });
});
