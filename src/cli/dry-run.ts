import { BadInput } from "../index.ts";

/** What a dry run would have to leave unwritten or unread: its words go to standard output. */
const OF_NO_USE = {
  report: ["--report", "A dry run makes no report: nothing is judged."],
  baseline: ["--baseline", "A dry run has nothing to compare: nothing is measured."],
  writeKnown: ["--write-known", "A dry run finds nothing broken that could be listed."],
} as const;

/** Throws `BadInput` where a dry run was asked for something that only a real one can give. */
export function refuseBesideDryRun(flags: { readonly [Name in keyof typeof OF_NO_USE]?: unknown }): void {
  const problems = Object.entries(OF_NO_USE).flatMap(([name, [flag, what]]) =>
    flags[name as keyof typeof OF_NO_USE] === undefined
      ? []
      : [{ place: { file: flag }, what, next: `Leave ${flag} out, or --dry-run.` }],
  );
  if (problems.length > 0) throw new BadInput(problems);
}
