import { describe, expect, it } from "vitest";
import type { Request } from "../../../src/model/exchange.ts";
import type { Scenario } from "../../../src/model/scenario.ts";
import { loadLibrary } from "../../../src/wiring/library.ts";
import { stage } from "./stage.ts";

const { scenarios } = await loadLibrary();
const repeatable = scenarios.filter((scenario) => scenario.repeatable);

/** A population for the scenarios that take people from it. */
const POPULATION = { users: 12, groups: 1, members: 3 };

/** Plays a scenario once, compiled or through the engine's generator, on a fresh server. */
async function played(scenario: Scenario, sampled: boolean) {
  const on = stage({ mix: [scenario] });
  await on.plays.populate(POPULATION);
  const before = on.sent.length;
  const effects = on.told.effects.length;
  await on.play({ sampled });
  return {
    ...on,
    requests: on.sent.slice(before).map(shown),
    effects: on.told.effects
      .slice(effects)
      .map(([effect, certainty, number, other, id]) => [effect, certainty, number, other, id]),
    isCompiled: on.plays.scenarios[0]?.notCompiledBecause === undefined,
  };
}

const shown = ({ method, path, headers, body, credential = "given" }: Request) => ({
  method,
  path,
  headers,
  body,
  credential,
});

describe.each(repeatable.map((scenario) => [scenario.id, scenario] as const))("%s", (_id, scenario) => {
  it("is played alike by the compiled path and by the engine, byte for byte and effect for effect", async () => {
    const [compiled, full] = [await played(scenario, false), await played(scenario, true)];
    expect(compiled.requests).toEqual(full.requests);
    expect(compiled.effects).toEqual(full.effects);
    expect(compiled.told.broken).toEqual([]);
    expect(full.told.broken).toEqual([]);
    expect(compiled.told.gaveWay).toEqual([]);
    expect(compiled.told.ended.map(([, , , , end, why]) => [end, why])).toEqual([["completed", undefined]]);
  });
});

describe("what is not compiled", () => {
  it("performs an action, or changes whom no answer named", () => {
    const { plays } = stage({ mix: repeatable });
    const whole = plays.scenarios.filter(({ notCompiledBecause }) => notCompiledBecause !== undefined);
    expect(whole.map(({ id, notCompiledBecause }) => `${id}: ${notCompiledBecause}`)).toEqual([
      "okta/entitlements/import: step values performs the action read-entitlements",
      "okta/users/race: step race performs the action at-once",
      "okta/users/replace-unknown: whom step replace changes is known only from the server's answers",
      "rfc/concurrency/users: step different performs the action at-once",
      "rfc/creating/race: step race performs the action at-once",
      "rfc/delete/gone: whom step delete-unknown changes is known only from the server's answers",
      "rfc/errors/broken-bodies: whom step empty-user-name changes is known only from the server's answers",
      "rfc/patch/unknown: whom step user changes is known only from the server's answers",
      "rfc/replace/refused: whom step unknown changes is known only from the server's answers",
    ]);
  });
});
