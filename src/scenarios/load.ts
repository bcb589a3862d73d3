import { inReadingOrder } from "../decode/index.ts";
import type { Behaviour } from "../model/behaviour.ts";
import type { Check } from "../model/evidence.ts";
import type { Action } from "../model/play.ts";
import type { Problem } from "../model/problem.ts";
import type { Scenario } from "../model/scenario.ts";
import { decodeScenario } from "./decode-scenario.ts";
import { findScenarioFiles, type ScenarioFile } from "./find.ts";
import { FixtureShelf } from "./fixture.ts";
import { link } from "./link.ts";
import { vocabularyOf } from "./vocabulary.ts";

export interface ScenarioSources {
  /** Folders (or single files) with scenarios; the first holds the built-in ones, whose ids nobody may redefine. */
  readonly folders: readonly string[];
  /** Scenarios that were read before, whose ids nobody may redefine either. */
  readonly known?: readonly Scenario[];
  /** The folder that `$from` looks in. */
  readonly fixtures: string;
  readonly catalogue: readonly Behaviour[];
  readonly checks: readonly Check[];
  readonly actions: readonly Action[];
}

export type LoadedScenarios =
  | { readonly ok: true; readonly scenarios: readonly Scenario[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads every scenario in three stages (find, decode, link), each done for all files before the next begins, so
 * that everything wrong is told at once. Scenarios come in the order of their folders, sorted by id.
 */
export function loadScenarios(sources: ScenarioSources): LoadedScenarios {
  const found = sources.folders.map(findScenarioFiles);
  const files = found.flatMap((folder) => folder.files);
  const missing = [
    ...found.flatMap((folder) => folder.problems),
    ...duplicateIds(files, sources.known ?? []),
  ];
  if (missing.length > 0) return refused(missing);

  const shelf = new FixtureShelf(sources.fixtures);
  const decoded = files.map((file) => decodeScenario(file, shelf));
  const unread = [...shelf.problems, ...decoded.flatMap((result) => (result.ok ? [] : result.problems))];
  if (unread.length > 0) return refused(unread);

  const vocabulary = vocabularyOf(sources.catalogue, sources.checks, sources.actions);
  const linked = decoded.flatMap((result) => (result.ok ? [link(result.draft, vocabulary)] : []));
  const unlinked = linked.flatMap(({ problems }) => problems);
  if (unlinked.length > 0) return refused(unlinked);
  return { ok: true, scenarios: [...(sources.known ?? []), ...linked.map(({ scenario }) => scenario)] };
}

function duplicateIds(files: readonly ScenarioFile[], known: readonly Scenario[]): readonly Problem[] {
  const first = new Map(known.map((scenario) => [scenario.id, scenario.place.file]));
  return files.flatMap(({ id, path }) => {
    const earlier = first.get(id);
    first.set(id, earlier ?? path);
    if (earlier === undefined) return [];
    const what = `The scenario \`${id}\` is already defined in ${earlier}.`;
    return [{ place: { file: path }, what, next: "Rename this file, or move it to a folder of its own." }];
  });
}

function refused(problems: readonly Problem[]): LoadedScenarios {
  return { ok: false, problems: inReadingOrder(problems) };
}
