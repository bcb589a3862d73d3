import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../../src/catalogue/index.ts";
import { coverageAToF } from "../../../src/catalogue/rfc/coverage-a-f.ts";
import { coverageGToP } from "../../../src/catalogue/rfc/coverage-g-p.ts";
import { levelOf } from "../../../src/model/behaviour.ts";

/** The lines of a table that was taken out of a study, which is not part of the package. */
const table = (name: string): readonly (readonly string[])[] =>
  readFileSync(new URL(name, import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(" "));

interface Studied {
  readonly id: string;
  readonly level: string;
  readonly versions: string;
  readonly profile: string;
  readonly replay: string;
}

const studied: readonly Studied[] = table("okta-behaviours.txt").map(
  ([id = "", level = "", versions = "", profile = "", replay = ""]) => ({
    id,
    level,
    versions,
    profile,
    replay,
  }),
);
const byId = new Map(catalogue.map((behaviour) => [behaviour.id, behaviour]));
const judged = (id: string) => byId.get(id)?.notJudged === undefined;

/** The study says `ANY` of them, and yet only one kind of app sends what they are about. */
const FOR_FEWER_APPS: Readonly<Record<string, string>> = {
  "OKTA-MEMBER-10": "It is about the answer to a PATCH of a group, which custom apps never send.",
  "OKTA-ERR-06": "It is about operations of a PATCH; what a PUT leaves behind is judged by OKTA-PUT.",
};

const OF_ANOTHER_LEVEL: Readonly<Record<string, string>> = {
  "OKTA-LOOKUP-07":
    "One claim is a must: step 9 of the published test wants 200. That somebody is found is a should.",
  "OKTA-LOOKUP-10": "Okta only announced it once; nobody who does without it does wrong.",
  "OKTA-CREATE-10": "One claim is a must: step 6 of the published test creates without externalId.",
  "OKTA-PASSWORD-02":
    "No document shows the body that Okta sends, so nobody can be failed for refusing ours.",
};

describe("the study of Okta's behaviours", () => {
  const ofVersion2 = studied.filter(({ versions, profile }) => versions !== "1.1" && profile !== "OPP");

  it("has 150 behaviours, and the catalogue has them all and no others of Okta's", () => {
    expect(studied).toHaveLength(150);
    const own = catalogue.filter(({ standard }) => standard === "okta").map(({ id }) => id);
    expect(own.toSorted()).toEqual(studied.map(({ id }) => id).toSorted());
  });

  it("has 115 behaviours of SCIM 2.0 that can be replayed, and 15 in part, each of which is judged", () => {
    const replayed = ofVersion2.filter(({ replay }) => replay === "yes");
    const inPart = ofVersion2.filter(({ replay }) => replay === "partial");
    expect([replayed.length, inPart.length]).toEqual([115, 15]);
    const open = [...replayed, ...inPart].filter(({ id }) => !judged(id));
    expect(open.map(({ id }) => `${id}: ${byId.get(id)?.notJudged}`)).toEqual([]);
  });

  it("has others, each of which says why it is not judged", () => {
    const others = studied.filter((one) => one.replay === "no" || !ofVersion2.includes(one));
    expect(others.filter(({ id }) => judged(id)).map(({ id }) => id)).toEqual([]);
  });

  it("names the kind of app that each is judged for", () => {
    const APPS: Readonly<Record<string, string>> = { ANY: "both", AIW: "aiw", OIN: "oin" };
    const wrong = studied.filter(
      ({ id, profile }) => profile !== "OPP" && byId.get(id)?.okta !== APPS[profile],
    );
    expect(wrong.map(({ id }) => id)).toEqual(Object.keys(FOR_FEWER_APPS));
  });

  it("gives the level that a behaviour has here", () => {
    const other = studied.filter(({ id, level }) => {
      const behaviour = byId.get(id);
      return behaviour !== undefined && behaviour.claims.length > 0 && levelOf(behaviour) !== level;
    });
    expect(other.map(({ id }) => id)).toEqual(Object.keys(OF_ANOTHER_LEVEL));
  });
});

describe("the list of conformance checks", () => {
  const lines = new Map([...coverageAToF, ...coverageGToP].map((line) => [line.line, line]));

  it("has 317 lines, each at the level it has here; of `O/M`, which holds where it is offered, the first", () => {
    const listed = table("conformance-lines.txt");
    expect(listed).toHaveLength(317);
    const wrong = listed.filter(([id = "", level = ""]) => lines.get(id)?.level !== level.slice(0, 1));
    expect(wrong).toEqual([]);
    expect([...lines.keys()].toSorted()).toEqual(listed.map(([id = ""]) => id));
  });
});
