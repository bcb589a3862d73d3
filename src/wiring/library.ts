import type { Behaviour } from "../model/behaviour.ts";
import type { Check } from "../model/evidence.ts";
import type { People } from "../model/people.ts";
import type { Action } from "../model/play.ts";
import { BadInput } from "../model/problem.ts";
import type { BodyTemplate, Scenario } from "../model/scenario.ts";
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

/** Loads the built-in scenarios and those of the given folders. Throws `BadInput` with every problem found. */
export async function loadLibrary(folders: readonly string[] = []): Promise<Library> {
  const [{ catalogue }, { checks }, { actions }, { loadScenarios }, { loadPeople }, { loadBody }] =
    await Promise.all([
      import("../catalogue/index.ts"),
      import("../checks/index.ts"),
      import("../okta/actions/index.ts"),
      import("../scenarios/load.ts"),
      import("../scenarios/people.ts"),
      import("../scenarios/load-body.ts"),
    ]);
  const fixtures = packagePath("fixtures");
  const loaded = loadScenarios({
    folders: [packagePath("scenarios"), ...folders],
    fixtures,
    catalogue,
    checks,
    actions,
  });
  if (!loaded.ok) throw new BadInput(loaded.problems);
  const people = loadPeople(packagePath("fixtures/people/people.yaml"));
  if (!people.ok) throw new BadInput(people.problems);
  return {
    catalogue,
    checks,
    actions,
    scenarios: loaded.scenarios,
    people: people.people,
    userBody: loadBody(fixtures, "okta/user.json"),
  };
}
