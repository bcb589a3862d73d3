import type { RunOptions } from "../config/options.ts";
import type { DocumentedDeviation } from "../conformance/documented.ts";
import { ofKind } from "../model/observable.ts";
import { BadInput } from "../model/problem.ts";
import type { Scenario } from "../model/scenario.ts";
import { type Fact, holdsFor, type TargetProfile } from "../model/target.ts";
import { type Library, loadLibrary } from "./library.ts";

/**
 * The target profile of that name or path, as it stands for the release behind an `@`: `terraform-enterprise@2.0.0`.
 * Throws `BadInput` with everything wrong with it.
 */
export async function profileNamed(nameAndRelease: string): Promise<TargetProfile> {
  const { loadTarget } = await import("../targets/load-target.ts");
  const [, name = nameAndRelease, release] = /^(.*)@([\w.-]+)$/.exec(nameAndRelease) ?? [];
  const loaded = loadTarget(name);
  if (!loaded.ok) throw new BadInput(loaded.problems);
  const { profile } = loaded;
  return { ...profile, facts: profile.facts.filter((fact) => holdsFor(fact, release)) };
}

/** What the product breaks by its own documentation, with the words for a report. */
export function deviationsOf({ product, facts }: TargetProfile): readonly DocumentedDeviation[] {
  return facts.flatMap((fact) =>
    fact.breaks.map(({ claim, at }) => ({
      claim,
      ...(at === undefined ? {} : { at }),
      fact: fact.id,
      text: `${fact.id}: ${fact.statement} (${product}, ${fact.citations[0].document}, ${fact.citations[0].url})`,
    })),
  );
}

/** Marks what is about a collection that the product documents not to have: to fail it there would say nothing new. */
function offeredBy({ product, facts }: TargetProfile): (scenario: Scenario) => Scenario {
  const missing = facts.flatMap(({ id, grade, observables }) =>
    grade === "open" ? [] : ofKind(observables, "no-resource").map(({ resource }) => ({ id, resource })),
  );
  if (missing.length === 0) return (scenario) => scenario;
  return (scenario) => {
    // Without the files that the steps stand in: a folder may be called as a collection is.
    const sent = JSON.stringify(scenario.steps, (key, value: unknown) =>
      key === "place" ? undefined : value,
    );
    const none = missing.find(({ resource }) => sent.includes(`"/${resource}`));
    if (none === undefined) return scenario;
    return { ...scenario, notOffered: `${product} documents that it has no /${none.resource} (${none.id})` };
  };
}

/** What a run with these options plays. Throws `BadInput` where they do not fit what there is. */
export async function libraryFor(options: RunOptions, profile: TargetProfile | undefined): Promise<Library> {
  return identifiedBy(options, await withTarget(await loadLibrary(options.scenarios), profile));
}

/**
 * The library with the journey of Okta's administrator as one who chose that field walks it. Throws `BadInput` where
 * there is no journey, since nothing else depends on the choice.
 */
async function identifiedBy({ uniqueIdentifier }: RunOptions, library: Library): Promise<Library> {
  if (uniqueIdentifier === undefined) return library;
  const { identifiedByField, isJourney } = await import("../targets/unique-identifier.ts");
  if (!library.scenarios.some(isJourney)) {
    throw new BadInput([
      {
        place: { file: "--unique-identifier" },
        what: "Nothing that is played here has an administrator choose it.",
        next: "Add --target terraform-enterprise, or another profile with a `journey`; or leave it out.",
      },
    ]);
  }
  const scenarios = library.scenarios.map((one) =>
    isJourney(one) ? identifiedByField(uniqueIdentifier, one) : one,
  );
  return { ...library, scenarios };
}

/** A library that also asks what the product documents. The scenarios that are patterns give way to those made of them. */
export async function withTarget(library: Library, profile: TargetProfile | undefined): Promise<Library> {
  const scenarios = library.scenarios.filter(({ judges }) => judges === undefined);
  if (profile === undefined) return { ...library, scenarios };
  const [{ scenariosOf }, { behavioursOf }] = await Promise.all([
    import("../targets/instantiate.ts"),
    import("../targets/behaviours.ts"),
  ]);
  const made = scenariosOf(profile, library.scenarios);
  const flowOf = (fact: Fact) => made.find((one) => one.fact === fact)?.scenario.flow;
  return {
    ...library,
    scenarios: [...scenarios.map(offeredBy(profile)), ...made.map(({ scenario }) => scenario)],
    catalogue: [...library.catalogue, ...behavioursOf(profile, flowOf)],
  };
}
