import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { decodeYamlFile, didYouMean, inReadingOrder } from "../decode/index.ts";
import type { Problem } from "../model/problem.ts";
import type { TargetProfile } from "../model/target.ts";
import { linkProfile } from "./link-profile.ts";
import { targetShape } from "./target-shape.ts";

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
  if (!decoded.ok) return decoded;
  const linked = linkProfile(basename(file, ENDING), decoded.value, decoded);
  return linked.problems.length > 0
    ? { ok: false, problems: inReadingOrder(linked.problems) }
    : { ok: true, profile: linked.profile };
}

/** The built-in profile with a fact of this id; looked for in the texts, because reading all of them takes a while. */
export function targetOfFact(id: string, folder: string = BUILT_IN_TARGETS): string | undefined {
  const wanted = `\n  ${id.replace(/\.holds$/i, "").toLowerCase()}:`;
  return targetNames(folder).find((name) =>
    readFileSync(join(folder, `${name}${ENDING}`), "utf8")
      .toLowerCase()
      .includes(wanted),
  );
}
