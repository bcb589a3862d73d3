import { readdirSync } from "node:fs";
import type { Behaviour } from "../model/behaviour.ts";
import { BadInput } from "../model/problem.ts";
import type { Scenario } from "../model/scenario.ts";
import type { Defect } from "../reference-server/defects/defect.ts";
import type { Proof } from "../report/explain.ts";
import type { RenderOptions } from "../report/format.ts";
import { type Library, loadLibrary } from "./library.ts";
import { profileNamed, withTarget } from "./profile.ts";
import { packagePath } from "./tool.ts";
import { variationTables } from "./variations.ts";

export const SUBJECTS = [
  "behaviours",
  "scenarios",
  "plans",
  "checks",
  "actions",
  "targets",
  "flows",
  "defects",
  "quirks",
] as const;
/** What `list` can list. */
export type ListSubject = (typeof SUBJECTS)[number];

/** A table of what there is, one line a thing. */
export async function list(
  subject: ListSubject,
  options: RenderOptions & { readonly scenarios?: readonly string[] } = {},
): Promise<string> {
  const tables = await import("../report/list.ts");
  if (subject === "flows") return tables.listFlows(options);
  if (subject === "plans") return tables.listPlans(await plans(), options);
  if (subject === "targets") return tables.listTargets(await targets(), options);
  if (subject === "defects") return tables.listDefects((await variationTables()).defects, options);
  if (subject === "quirks") return tables.listQuirks((await variationTables()).quirks, options);
  const library = await loadLibrary(options.scenarios);
  switch (subject) {
    case "behaviours":
      return tables.listBehaviours(library.catalogue, options);
    case "scenarios":
      return tables.listScenarios(library.scenarios, options);
    case "checks":
      return tables.listChecks(library.checks, options);
    case "actions":
      return tables.listActions(library.actions, options);
  }
}

async function plans() {
  const { loadPlanNamed, loadPlanNames } = await import("./load-plans.ts");
  return Promise.all(loadPlanNames().map(loadPlanNamed));
}

async function targets() {
  const { loadTarget } = await import("../targets/load-target.ts");
  return readdirSync(packagePath("fixtures/targets"))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => loadTarget(file.replace(/\.yaml$/, "")))
    .flatMap((loaded) => (loaded.ok ? [loaded.profile] : []));
}

/** The library with the profile that has this fact, where one of the built-in ones does. */
async function libraryWithFact(id: string): Promise<Library> {
  const library = await loadLibrary();
  const { targetOfFact } = await import("../targets/load-target.ts");
  const name = targetOfFact(id);
  return name === undefined ? library : withTarget(library, await profileNamed(name));
}

/** One behaviour in full. Throws `BadInput`, with the nearest ids, when there is none of that name. */
export async function explain(id: string, options: RenderOptions = {}): Promise<string> {
  const [{ explainBehaviour }, { didYouMean }, library, { defects }] = await Promise.all([
    import("../report/explain.ts"),
    import("../decode/index.ts"),
    libraryWithFact(id),
    variationTables(),
  ]);
  const wanted = id.toUpperCase();
  const behaviour = library.catalogue.find(
    (one) => one.id.toUpperCase() === wanted || one.claims.some((claim) => claim.id.toUpperCase() === wanted),
  );
  if (behaviour === undefined) {
    const ids = library.catalogue.map((one) => one.id);
    const hint = didYouMean(wanted, ids);
    const next = `${hint === undefined || hint === "" ? "" : `${hint} `}See \`scim-check list\`.`;
    throw new BadInput([{ place: { file: id }, what: "There is no behaviour of that id.", next }]);
  }
  return explainBehaviour(behaviour, proofOf(behaviour, library.scenarios, defects), options);
}

/** Which scenarios judge a behaviour, and which defects are there to break it. */
export function proofOf(
  behaviour: Pick<Behaviour, "claims">,
  scenarios: readonly Scenario[],
  defects: readonly Defect[],
): Proof {
  const claims = new Set(behaviour.claims.map((claim) => claim.id));
  const judgedBy = scenarios.filter(({ steps }) =>
    steps.some(({ expect }) => expect.some(({ claim }) => claims.has(claim))),
  );
  return {
    scenarios: judgedBy.map(({ id }) => id),
    defects: defects.filter(({ target }) => target.some((claim) => claims.has(claim))),
  };
}

/** What `namesOf` knows the names of. */
export type NameSubject =
  | "behaviours"
  | "scenarios"
  | "targets"
  | "defects"
  | "quirks"
  | "plans"
  | "switches";

/** Names alone, for whoever completes a word. */
export async function namesOf(subject: NameSubject): Promise<readonly string[]> {
  switch (subject) {
    case "behaviours":
      return (await loadLibrary()).catalogue.map(({ id }) => id);
    case "scenarios":
      return (await loadLibrary()).scenarios.map(({ id }) => id);
    case "targets":
      return namesIn("fixtures/targets");
    case "plans":
      return namesIn("scenarios/load");
    case "defects":
      return (await variationTables()).defects.map(({ name }) => name);
    case "quirks":
      return (await variationTables()).quirks.map(({ name }) => name);
    case "switches":
      return (await import("../conformance/settings.ts")).OKTA_ACTIONS;
  }
}

const namesIn = (folder: string) =>
  readdirSync(packagePath(folder))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.replace(/\.yaml$/, ""));
