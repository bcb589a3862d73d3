import type { DryRun } from "../model/dry-run.ts";
import { curlOf } from "./curl.ts";
import type { RenderOptions } from "./format.ts";
import { safeText } from "./safe-text.ts";
import { plural } from "./wording.ts";

/** Bodies up to this length are printed; a push of a thousand members is longer than a screen. */
const LONGEST_BODY = 4_000;

/** The requests as lines for a shell, under comments that say which scenario they belong to. */
export function dryRunText({ target, requests, left }: DryRun, options: RenderOptions = {}): string {
  const lines = [
    `# Nothing was sent. A run would send about these ${plural(requests.length, "request")} to ${safeText(target)}.`,
    "# The answers came from the embedded reference server: a server that answers otherwise is asked otherwise,",
    "# and scenarios that write may run side by side. USER-1-ID, GROUP-1-ID and so on stand for ids the server would issue.",
  ];
  let before: string | undefined;
  for (const { scenario, exchange } of requests) {
    if (scenario !== before) lines.push("", `# ${safeText(scenario ?? "before the first scenario")}`);
    before = scenario;
    const { command, note } = curlOf(exchange, {
      longestBody: LONGEST_BODY,
      ...(options.width === undefined ? {} : { width: options.width }),
    });
    if (note !== undefined) lines.push(`# ${note}`);
    lines.push(command);
  }
  if (left.length > 0) lines.push("", "# Not played:");
  for (const { scenario, why } of left) lines.push(`# ${safeText(scenario)}: ${safeText(why)}`);
  return `${lines.join("\n")}\n`;
}
