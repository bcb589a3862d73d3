import { cleanup, renderCleanup } from "../../index.ts";
import type { Host } from "../host.ts";
import { warnIfInsecure } from "../insecure.ts";
import { interruptible } from "../interruption.ts";
import { type GivenFlags, settingsFrom } from "../settings.ts";
import { stateFolderFrom } from "../state-folder.ts";
import { styleFor } from "../terminal.ts";

/** `scim-check cleanup`: 0 when nothing is left, 3 when something may be, 130 after Ctrl-C. */
export async function cleanupCommand(
  flags: GivenFlags & { readonly forget?: boolean } & Readonly<Record<string, unknown>>,
  host: Host,
): Promise<number> {
  const { forget = false, ...given } = flags;
  const { options } = await settingsFrom(given, host);
  warnIfInsecure(options, host);
  const interruption = interruptible(host, "Interrupted: `scim-check cleanup` can go on later.");
  try {
    const context = { ...stateFolderFrom(host), signal: interruption.run, forget };
    const cleaned = await cleanup(options, context);
    host.stdout.write(await renderCleanup(cleaned, { style: styleFor(host, "stdout") }));
    if (interruption.run.aborted) return 130;
    const isDone = cleaned.every(
      ({ leftovers, problem, doubt }) =>
        ((leftovers.length === 0 && doubt === undefined) || forget) && problem === undefined,
    );
    return isDone ? 0 : 3;
  } finally {
    interruption.stop();
  }
}
