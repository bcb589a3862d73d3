import type { Behaviour } from "../model/behaviour.ts";
import type { Check } from "../model/evidence.ts";
import type { People } from "../model/people.ts";
import type { Action } from "../model/play.ts";
import { BadInput } from "../model/problem.ts";
import type { BodyTemplate, Scenario } from "../model/scenario.ts";
import type { CompiledScenarios } from "../scenarios/compiled.ts";
import { packagePath } from "./tool.ts";

/** Everything that is read from files and tables before a run: what can be asked, and how. */
export interface Library {
  readonly catalogue: readonly Behaviour[];
  readonly checks: readonly Check[];
  readonly actions: readonly Action[];
  readonly scenarios: readonly Scenario[];
  readonly people: People;
  /** The body of a create as Okta sends it. */
  readonly userBody: BodyTemplate;
}

/** What the build leaves beside this file: the library without its code. Absent when run from sources. */
interface Compiled extends CompiledScenarios {
  readonly people: People;
  readonly userBody: BodyTemplate;
}

const COMPILED = new URL("./library.json", import.meta.url);
const SCENARIOS = packagePath("scenarios");
const FIXTURES = packagePath("fixtures");

/** Loads the built-in scenarios and those of the given folders. Throws `BadInput` with every problem found. */
export async function loadLibrary(folders: readonly string[] = []): Promise<Library> {
  const code = await loadCode();
  const { fingerprintOf, readCompiled } = await import("../scenarios/compiled.ts");
  const compiled = readCompiled<Compiled>(COMPILED, fingerprintOf([SCENARIOS, FIXTURES]));
  const builtIn = compiled ?? (await readBuiltIn(code));
  if (folders.length === 0) return { ...code, ...builtIn };
  const scenarios = await readScenarios(code, folders, builtIn.scenarios);
  const ours = new Set(builtIn.scenarios);
  return {
    ...code,
    ...builtIn,
    scenarios: scenarios.map((one): Scenario => (ours.has(one) ? one : { ...one, own: true })),
  };
}

/** Reads the built-in library as JSON for the build to keep, free of paths of this machine. Throws `BadInput`. */
export async function compileLibrary(): Promise<string> {
  const { fingerprintOf } = await import("../scenarios/compiled.ts");
  const builtIn = await readBuiltIn(await loadCode());
  const compiled: Compiled = { fingerprint: fingerprintOf([SCENARIOS, FIXTURES]), ...builtIn };
  return JSON.stringify(compiled).replaceAll(JSON.stringify(packagePath("")).slice(1, -1), "");
}

type Code = Pick<Library, "catalogue" | "checks" | "actions">;

async function loadCode(): Promise<Code> {
  const [{ catalogue }, { checks }, { actions }] = await Promise.all([
    import("../catalogue/index.ts"),
    import("../checks/index.ts"),
    import("../okta/actions/index.ts"),
  ]);
  return { catalogue, checks, actions };
}

async function readBuiltIn(code: Code): Promise<Omit<Compiled, "fingerprint">> {
  const [{ loadPeople }, { loadBody }, scenarios] = await Promise.all([
    import("../scenarios/people.ts"),
    import("../scenarios/load-body.ts"),
    readScenarios(code, [SCENARIOS], []),
  ]);
  const people = loadPeople(packagePath("fixtures/people/people.yaml"));
  if (!people.ok) throw new BadInput(people.problems);
  return { scenarios, people: people.people, userBody: loadBody(FIXTURES, "okta/user.json") };
}

async function readScenarios(
  code: Code,
  folders: readonly string[],
  known: readonly Scenario[],
): Promise<readonly Scenario[]> {
  const { loadScenarios } = await import("../scenarios/load.ts");
  const loaded = loadScenarios({ folders, known, fixtures: FIXTURES, ...code });
  if (!loaded.ok) throw new BadInput(loaded.problems);
  return loaded.scenarios;
}
