import { checkShape, didYouMean, expectedOneOf, type Path, type Places } from "../decode/index.ts";
import type { Citation } from "../model/citation.ts";
import { isJsonObject, type Json } from "../model/json.ts";
import type { Observable } from "../model/observable.ts";
import type { Problem } from "../model/problem.ts";
import type { Fact, TargetProfile, Trouble } from "../model/target.ts";
import { KINDS, observableOf, observableShape } from "./observable-shape.ts";
import type { FactFile, SourceFile, TargetFile } from "./target-shape.ts";

export interface LinkedProfile {
  readonly profile: TargetProfile;
  readonly problems: readonly Problem[];
}

/** Finds what a profile names (sources, other facts) and says how each fact can be seen. Reports every problem. */
export function linkProfile(id: string, file: TargetFile, places: Places): LinkedProfile {
  const problems: Problem[] = [];
  const reading: Reading = { file, places, problems };
  const facts = Object.entries(file.facts).map(([factId, fact]) => factOf(factId, fact, reading));
  const troubles = (file.troubles ?? []).map((_, index) => troubleOf(index, reading));
  return { profile: { id, product: file.product, facts, troubles }, problems };
}

interface Reading {
  readonly file: TargetFile;
  readonly places: Places;
  readonly problems: Problem[];
}

function factOf(id: string, fact: FactFile, reading: Reading): Fact {
  const { since: sinceAll } = reading.file;
  const path = ["facts", id];
  complainOfSight(path, fact, reading);
  const sources = Array.isArray(fact.source) ? fact.source : [fact.source];
  const [first, ...others] = sources.map((source, index) =>
    citationOf(
      source,
      Array.isArray(fact.source) ? [...path, "source", index] : [...path, "source"],
      reading,
    ),
  );
  const since = fact.since ?? sinceAll;
  const { until, observe } = fact;
  return {
    id,
    statement: fact.says,
    grade: fact.grade,
    citations: [first as Citation, ...others],
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    observables: observablesOf(observe as Json | undefined, [...path, "observe"], reading),
    stated: observablesOf(fact.states as Json | undefined, [...path, "states"], reading),
    ...(fact["not-observed"] === undefined ? {} : { notObserved: fact["not-observed"] }),
    ...(fact["shown-with"] === undefined ? {} : { shownWith: fact["shown-with"] }),
    breaks: (fact.breaks ?? []).map(({ claim, at }) => ({ claim, ...(at === undefined ? {} : { at }) })),
    place: reading.places.placeOfKey(path),
  };
}

function observablesOf(
  given: Json | undefined,
  path: Path,
  { places, problems }: Reading,
): readonly Observable[] {
  if (given === undefined) return [];
  const items: readonly (readonly [Json, Path])[] = Array.isArray(given)
    ? (given as readonly Json[]).map((item, index) => [item, [...path, index]] as const)
    : [[given, path]];
  return items.flatMap(([item, at]) => {
    const kind = isJsonObject(item) ? item.kind : undefined;
    if (typeof kind !== "string" || !KINDS.includes(kind)) {
      problems.push({
        place: places.placeOf(kind === undefined ? at : [...at, "kind"]),
        what: typeof kind === "string" ? `There is no kind of fact \`${kind}\`.` : "This says no `kind`.",
        next: typeof kind === "string" ? didYouMean(kind, KINDS) : expectedOneOf(KINDS),
      });
      return [];
    }
    const checked = checkShape(observableShape, item, places, at);
    if (checked.ok) return [observableOf(checked.value)];
    problems.push(...checked.problems);
    return [];
  });
}

const SIGHTS = ["observe", "shown-with", "not-observed"] as const;

/** A fact is seen, or shown with another, or it says why nobody can see it: exactly one of them. */
function complainOfSight(path: Path, fact: FactFile, { file, places, problems }: Reading): void {
  const given = SIGHTS.filter((sight) => fact[sight] !== undefined);
  const [, second] = given;
  if (given.length === 0) {
    problems.push({
      place: places.placeOfKey(path),
      what: `\`${path.join(".")}\` does not say how it can be seen.`,
      next: "Add `observe`, `shown-with: <fact>` or `not-observed: <why>`.",
    });
  } else if (second !== undefined) {
    problems.push({
      place: places.placeOfKey([...path, second]),
      what: `\`${path.join(".")}\` has both \`${given[0]}\` and \`${second}\`.`,
      next: "Keep one of them.",
    });
  }
  if (fact.states !== undefined && fact["not-observed"] === undefined) {
    problems.push({
      place: places.placeOfKey([...path, "states"]),
      what: `\`${path.join(".")}\` states what it does not call unobserved.`,
      next: "Use `observe`, or add `not-observed: <why>`.",
    });
  }
  const other = fact["shown-with"];
  if (other === undefined) return;
  const shown = Object.hasOwn(file.facts, other) ? file.facts[other] : undefined;
  if (shown?.observe !== undefined) return;
  problems.push({
    place: places.placeOf([...path, "shown-with"]),
    what: shown === undefined ? `There is no fact \`${other}\`.` : `\`${other}\` is not observed itself.`,
    next:
      shown === undefined ? didYouMean(other, Object.keys(file.facts)) : "Name a fact that has an `observe`.",
  });
}

function citationOf(given: SourceFile, path: Path, { file, places, problems }: Reading): Citation {
  const { source: key, section } = typeof given === "string" ? { source: given, section: "" } : given;
  const source = Object.hasOwn(file.sources, key) ? file.sources[key] : undefined;
  if (source === undefined) {
    problems.push({
      place: places.placeOf(typeof given === "string" ? path : [...path, "source"]),
      what: `There is no source \`${key}\`.`,
      next: didYouMean(key, Object.keys(file.sources)),
    });
  }
  return { document: source?.title ?? key, standard: "target", section, url: source?.url ?? "" };
}

function troubleOf(index: number, reading: Reading): Trouble {
  const trouble = reading.file.troubles?.[index];
  if (trouble === undefined) throw new Error(`no trouble ${index}`);
  const { symptom, cause, remedy, source, when } = trouble;
  const path = ["troubles", index];
  if (Object.keys(when).length === 0) {
    reading.problems.push({
      place: reading.places.placeOf([...path, "when"]),
      what: "This trouble fits every run.",
      next: "Say what a run has to have seen, such as `{ stopped: unauthorised }`.",
    });
  }
  return {
    symptom,
    cause,
    remedy,
    citation: citationOf(source, [...path, "source"], reading),
    when: Object.fromEntries(Object.entries(when).filter(([, value]) => value !== undefined)),
  };
}
