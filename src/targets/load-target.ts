import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Decoded, decodeYamlFile, didYouMean } from "../decode/index.ts";
import type { Problem } from "../model/problem.ts";
import type { Fact, TargetProfile } from "../model/target.ts";
import { type FactFile, type TargetFile, targetShape } from "./target-shape.ts";

export type LoadedTarget =
  | { readonly ok: true; readonly profile: TargetProfile }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The profiles that come with scim-check. `dist/targets` lies as deep as `src/targets`. */
export const BUILT_IN_TARGETS = fileURLToPath(new URL("../../fixtures/targets", import.meta.url));

const ENDING = ".yaml";

/** Names of the profiles in a folder, sorted. */
export function targetNames(folder: string = BUILT_IN_TARGETS): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => name.slice(0, -ENDING.length))
    .toSorted();
}

/** Reads a profile by its name, or from a file of the user's own (anything with a slash or ending in `.yaml`). */
export function loadTarget(nameOrPath: string, folder: string = BUILT_IN_TARGETS): LoadedTarget {
  const isPath = /[\\/]/.test(nameOrPath) || nameOrPath.endsWith(ENDING);
  if (!isPath && !targetNames(folder).includes(nameOrPath)) {
    const what = `There is no target \`${nameOrPath}\`.`;
    const next = `${didYouMean(nameOrPath, targetNames(folder))} A path to a file of your own works too.`;
    return { ok: false, problems: [{ place: { file: "--target" }, what, next }] };
  }
  const file = isPath ? nameOrPath : join(folder, `${nameOrPath}${ENDING}`);
  const decoded = decodeYamlFile(file, targetShape);
  return decoded.ok ? profileOf(decoded, basename(file, ENDING)) : decoded;
}

type DecodedFile = Extract<Decoded<TargetFile>, { ok: true }>;

function profileOf(decoded: DecodedFile, id: string): LoadedTarget {
  const { value } = decoded;
  const problems: Problem[] = [];
  const facts = Object.entries(value.facts).flatMap(([factId, fact]) => {
    const linked = factOf(factId, fact, decoded);
    if (!("what" in linked)) return [linked];
    problems.push(linked);
    return [];
  });
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, profile: { id, product: value.product, facts } };
}

function factOf(id: string, fact: FactFile, decoded: DecodedFile): Fact | Problem {
  const { sources, since: sinceAll } = decoded.value;
  const source = Object.hasOwn(sources, fact.source) ? sources[fact.source] : undefined;
  if (source === undefined) {
    const place = decoded.placeOf(["facts", id, "source"]);
    return {
      place,
      what: `There is no source \`${fact.source}\`.`,
      next: didYouMean(fact.source, Object.keys(sources)),
    };
  }
  const since = fact.since ?? sinceAll;
  const { limit, until } = fact;
  return {
    id,
    statement: fact.says,
    grade: fact.grade,
    citation: { document: source.title, standard: "target", section: fact.section ?? "", url: source.url },
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(limit === undefined ? {} : { limit: limitOf(limit) }),
    place: decoded.placeOfKey(["facts", id]),
  };
}

function limitOf({ subject, value, beyond }: NonNullable<FactFile["limit"]>): NonNullable<Fact["limit"]> {
  return { subject, value, ...(beyond === undefined ? {} : { beyond }) };
}
