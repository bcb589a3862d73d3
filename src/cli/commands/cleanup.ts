import { cleanup, mergedOptions, type RunOptions } from "../../index.ts";
import type { Host } from "../host.ts";
import { stateFolderFrom } from "../state-folder.ts";

/** `scim-check cleanup`: 0 when nothing is left, 3 when something may be. */
export async function cleanupCommand(
  { auth, ...flags }: Omit<RunOptions, "auth"> & { readonly auth?: RunOptions["auth"] | false },
  host: Host,
): Promise<number> {
  const given = auth === false ? { noAuth: true } : auth === undefined ? {} : { auth };
  const { options } = await mergedOptions({ flags: { ...flags, ...given }, env: host.env });
  const cleaned = await cleanup(options, stateFolderFrom(host));
  if (cleaned.length === 0) host.stdout.write("No run left anything behind.\n");
  for (const { run, url, startedAt, removed, leftovers, problem } of cleaned) {
    host.stdout.write(`run ${run} of ${startedAt} on ${url}: ${removed} removed, ${leftovers.length} left\n`);
    for (const { collection, id, name, state, why } of leftovers) {
      host.stdout.write(`  /${collection}/${id ?? "?"} ${name} (${state}): ${why}\n`);
    }
    if (problem !== undefined) host.stdout.write(`  there may be more: ${problem}\n`);
  }
  return cleaned.every(({ leftovers, problem }) => leftovers.length === 0 && problem === undefined) ? 0 : 3;
}
