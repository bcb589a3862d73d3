import { describe, expect, it } from "vitest";
import { catalogue } from "../../../src/catalogue/index.ts";
import { rfcAToF } from "../../../src/catalogue/rfc/a-to-f.ts";
import type { ConformanceLine, LineLevel } from "../../../src/catalogue/rfc/conformance-line.ts";
import { coverageAToF } from "../../../src/catalogue/rfc/coverage-a-f.ts";
import { coverageGToP } from "../../../src/catalogue/rfc/coverage-g-p.ts";
import { rfcGToP } from "../../../src/catalogue/rfc/g-to-p.ts";

/** How many lines each area of the list has. */
const AREAS: Readonly<Record<string, number>> = {
  A: 27,
  B: 16,
  C: 31,
  D: 38,
  E: 29,
  F: 11,
  G: 29,
  H: 17,
  I: 35,
  J: 10,
  K: 25,
  L: 12,
  M: 6,
  N: 12,
  O: 13,
  P: 6,
};

const lines: readonly ConformanceLine[] = [...coverageAToF, ...coverageGToP];
const byId = new Map(catalogue.map((behaviour) => [behaviour.id, behaviour]));
const HAS_TO_BE_COVERED: readonly LineLevel[] = ["M", "S", "P"];

describe("the coverage of the conformance list", () => {
  it("has every line of every area, once", () => {
    const wanted = Object.entries(AREAS).flatMap(([area, count]) =>
      Array.from({ length: count }, (_, index) => `${area}${String(index + 1).padStart(2, "0")}`),
    );
    expect(lines.map(({ line }) => line).toSorted()).toEqual(wanted);
  });

  it("names only behaviours that exist and are judged", () => {
    const wrong = lines.flatMap((line) =>
      "judgedBy" in line
        ? line.judgedBy.filter((id) => byId.get(id)?.notJudged !== undefined || !byId.has(id))
        : [],
    );
    expect(wrong).toEqual([]);
  });

  it("judges every line of level M, S and P, or says why a black-box client cannot", () => {
    const open = lines.filter(
      (line) =>
        HAS_TO_BE_COVERED.includes(line.level) &&
        ("judgedBy" in line ? line.judgedBy.length === 0 : line.notJudged.trim().length < 20),
    );
    expect(open).toEqual([]);
  });

  it("leaves no behaviour of the RFCs without a line", () => {
    const named = new Set(lines.flatMap((line) => ("judgedBy" in line ? line.judgedBy : [])));
    const stray = [...rfcAToF, ...rfcGToP].filter(({ id }) => !named.has(id));
    expect(stray.map(({ id }) => id)).toEqual([]);
  });

  it("makes a must of a line of level M, where nothing but the RFC's own behaviour judges it", () => {
    const soft = lines.filter(
      (line) =>
        line.level === "M" &&
        "judgedBy" in line &&
        !line.judgedBy.some((id) => byId.get(id)?.claims.some(({ level }) => level === "must")),
    );
    expect(soft.map(({ line }) => line)).toEqual([]);
  });
});
