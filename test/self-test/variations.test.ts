import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/catalogue/index.ts";
import { defects } from "../../src/reference-server/defects/index.ts";
import { quirks } from "../../src/reference-server/quirks/index.ts";
import { soundVariations } from "../../src/reference-server/sound-variations.ts";
import { NEVER_SHOWN } from "../../src/self-test/never-shown.ts";

const claims = new Map(
  catalogue.flatMap((behaviour) =>
    behaviour.claims.map((claim) => [claim.id, { ...claim, behaviour }] as const),
  ),
);

describe("the defects", () => {
  it("break every claim of level must that can be judged", () => {
    const targets = new Set(defects.flatMap(({ target }) => target));
    const missing = [...claims.values()]
      .filter(({ level, behaviour }) => level === "must" && behaviour.notJudged === undefined)
      .filter(({ id }) => !targets.has(id))
      .map(({ id, text }) => `${id}: ${text}`);
    expect(missing).toEqual([]);
  });

  it("have a target each, and name only claims that exist and can be judged", () => {
    const strange = defects.flatMap(({ name, target, also }) => [
      ...(target.length === 0 ? [`${name} has no target`] : []),
      ...[...target, ...also.map(({ claim }) => claim)]
        .filter((id) => claims.get(id)?.behaviour.notJudged !== undefined || !claims.has(id))
        .map((id) => `${name} names ${id}`),
    ]);
    expect(strange).toEqual([]);
  });

  it("give a reason for each claim that fails besides, and name no claim twice", () => {
    const strange = defects.flatMap(({ name, target, also }) => {
      const named = [...target, ...also.map(({ claim }) => claim)];
      return [
        ...also
          .filter(({ why }) => why.trim().length < 10)
          .map(({ claim }) => `${name} gives no reason for ${claim}`),
        ...named.filter((id, index) => named.indexOf(id) !== index).map((id) => `${name} names ${id} twice`),
      ];
    });
    expect(strange).toEqual([]);
  });
});

describe("the quirks", () => {
  it("are forty or more, and each says what permits it", () => {
    expect(quirks.length).toBeGreaterThanOrEqual(40);
    expect(quirks.filter(({ permittedBy }) => permittedBy.trim() === "").map(({ name }) => name)).toEqual([]);
  });

  it("contradict only quirks that exist, and never themselves", () => {
    const names = new Set(quirks.map(({ name }) => name));
    const strange = quirks.flatMap(({ name, contradicts = [] }) =>
      contradicts
        .filter((other) => other === name || !names.has(other))
        .map((other) => `${name} contradicts ${other}`),
    );
    expect(strange).toEqual([]);
  });
});

describe("all variations", () => {
  const all = [...soundVariations, ...defects, ...quirks];

  it("have names of their own, in kebab-case, and a title that is a sentence", () => {
    const names = all.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
    expect(all.filter(({ title }) => !/^\S.{9,}/.test(title)).map(({ name }) => name)).toEqual([]);
  });

  it("name only claims that exist among those that no sound server can show", () => {
    expect([...NEVER_SHOWN.keys()].filter((id) => !claims.has(id))).toEqual([]);
  });
});
