import { describe, expect, it } from "vitest";
import { DOCUMENTS } from "../src/catalogue/documents.ts";
import { catalogue } from "../src/catalogue/index.ts";
import { checks } from "../src/checks/index.ts";
import type { Behaviour } from "../src/model/behaviour.ts";
import { problemLine } from "../src/model/problem.ts";
import { actions } from "../src/okta/actions/index.ts";
import { shareAnApp } from "../src/scenarios/link.ts";
import { loadScenarios } from "../src/scenarios/load.ts";

const loaded = loadScenarios({ folders: ["scenarios"], fixtures: "fixtures", catalogue, checks, actions });
const scenarios = loaded.ok ? loaded.scenarios : [];

const judged = catalogue.filter((behaviour) => behaviour.notJudged === undefined);

/** Claims that some step expects, in a scenario that is played for a kind of app the behaviour is about. */
const expected = (behaviour: Behaviour) =>
  new Set(
    scenarios
      .filter((scenario) => shareAnApp(scenario.oktaApp, behaviour.okta))
      .flatMap((scenario) => scenario.steps.flatMap((step) => step.expect.map(({ claim }) => claim))),
  );

describe("the built-in scenarios", () => {
  it("load without a problem", () => {
    expect(loaded.ok ? [] : loaded.problems.map(problemLine)).toEqual([]);
  });

  it("exist, and so does what they judge", () => {
    expect(scenarios.length).toBeGreaterThan(0);
    expect(judged.length).toBeGreaterThan(0);
  });

  it("expect every claim of every judged behaviour somewhere", () => {
    const missing = judged.flatMap((behaviour) => {
      const seen = expected(behaviour);
      return behaviour.claims.filter(({ id }) => !seen.has(id)).map(({ id }) => id);
    });
    expect(missing).toEqual([]);
  });

  it("expect nothing of a behaviour that a black box cannot judge", () => {
    const open = catalogue.filter((behaviour) => behaviour.notJudged !== undefined);
    const wrong = open.flatMap((behaviour) => {
      const seen = expected(behaviour);
      return behaviour.claims.filter(({ id }) => seen.has(id)).map(({ id }) => id);
    });
    expect(wrong).toEqual([]);
  });
});

describe("the catalogue", () => {
  const repeated = (ids: readonly string[]) => ids.filter((id, index) => ids.indexOf(id) !== index);

  it("gives every behaviour and every claim an id of its own", () => {
    expect(repeated(catalogue.map(({ id }) => id))).toEqual([]);
    expect(repeated(catalogue.flatMap(({ claims }) => claims.map(({ id }) => id)))).toEqual([]);
  });

  it("has a claim for every behaviour that is judged", () => {
    expect(judged.filter(({ claims }) => claims.length === 0).map(({ id }) => id)).toEqual([]);
  });

  it("cites a document with an address for every behaviour", () => {
    const uncited = catalogue.filter(
      ({ citations }) =>
        citations.length === 0 || citations.some(({ document, url }) => document === "" || url === ""),
    );
    expect(uncited.map(({ id }) => id)).toEqual([]);
  });

  it("cites only documents of its own table, or a thread on GitHub, and an RFC by its section", () => {
    const known = new Map(DOCUMENTS.map((document) => [document.title, document]));
    const wrong = catalogue.flatMap(({ id, citations }) =>
      citations
        .filter(({ document, section, standard, url }) => {
          if (document.startsWith("GitHub: "))
            return !/^https:\/\/github\.com\/[^/]+\/[^/]+\/(issues|pull)\/\d+$/.test(url);
          const source = known.get(document);
          const isInside = source !== undefined && url.startsWith(source.url) && source.standard === standard;
          return !isInside || (standard === "rfc" && section === "");
        })
        .map(({ document, section }) => `${id}: ${document} ${section}`),
    );
    expect(wrong).toEqual([]);
  });

  // Ids never change meaning: a change of this file is a change that somebody has to answer for in review.
  it("says what it said before", async () => {
    const lines = catalogue.flatMap(({ id, statement, claims }) => [
      `${id} ${statement}`,
      ...claims.map((claim) => `  ${claim.id} ${claim.level}: ${claim.text}`),
    ]);
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("catalogue.txt");
  });
});
