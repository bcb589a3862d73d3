import type { LoadOptions } from "../config/load-options.ts";
import type { NamedShard } from "../load/merge.ts";
import type { LoadReport } from "../model/load.ts";
import { BadInput, type Problem } from "../model/problem.ts";
import { finishLoad, type LoadContext } from "./load.ts";
import { loadLibraryForLoad } from "./load-plans.ts";
import { systemClock } from "./system-clock.ts";
import { chooseTarget } from "./target.ts";

/**
 * Adds up the shards of one load, exactly, and decides the thresholds on the whole. With `url` the server's state is
 * read back, compared with what all shards were acknowledged, and what they made is removed; without it that part is
 * unknown. Throws `BadInput` for shards that are missing, doubled or of another load.
 */
export async function mergeShards(
  files: readonly string[],
  options: LoadOptions,
  context: LoadContext = {},
): Promise<LoadReport> {
  const [{ readShard }, { merged, mergeProblems }] = await Promise.all([
    import("../load/shard-file.ts"),
    import("../load/merge.ts"),
  ]);
  const problems: Problem[] = [];
  const shards: NamedShard[] = [];
  for (const file of files) {
    const read = readShard(file);
    if (read.ok) shards.push({ file, result: read.result });
    else problems.push(...read.problems);
  }
  if (problems.length === 0) problems.push(...mergeProblems(shards));
  if (problems.length > 0) throw new BadInput(problems);
  const results = shards
    .map(({ result }) => result)
    .toSorted((one, other) => one.shard.index - other.shard.index);
  const library = await loadLibraryForLoad(options.scenarios);
  if (options.url !== undefined) {
    const server = await chooseTarget(options, { isCi: true, hasProjectFile: false });
    const [first] = results;
    if (first !== undefined && server.report.url !== first.url) {
      const what = `The shards loaded ${first.url}, not ${server.report.url}.`;
      throw new BadInput([{ place: { file: "--url" }, what, next: "Name the server that was loaded." }]);
    }
    // A server that was loaded over HTTP/2 may speak nothing else.
    const http2 = first?.transport === "http2" && server.noHttp2Because === undefined;
    const open = await server.open(systemClock(), { http2 });
    try {
      return await finishLoad({ library, server }, open, options, context, results, true);
    } finally {
      await open.close();
    }
  }
  const { loadReportOf } = await import("../load/report-of.ts");
  const whole = merged(results);
  const musts = new Set(
    library.catalogue.flatMap(({ claims }) =>
      claims.filter(({ level }) => level === "must").map(({ id }) => id),
    ),
  );
  return loadReportOf({
    whole,
    shards: results,
    target: { url: whole.url, kind: "remote" },
    scenarios: library.scenarios,
    reconciled: {
      kind: "unknown",
      why: "the state was not read back, because no --url was given to merge",
    },
    isMust: (claim) => musts.has(claim),
    leftovers: [],
    notes: [
      "What the shards made is still on the server; `scim-check merge --url …` or `cleanup` removes it.",
    ],
  });
}
