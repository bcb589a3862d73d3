import { resolve } from "node:path";
import { BadInput, renderSelfTest, type SelfTestOptions, selfTest } from "../../index.ts";
import type { Host } from "../host.ts";
import { countingDisplay } from "../progress.ts";
import { toFile, unwritable } from "../reports.ts";
import { styleFor, widthOf } from "../terminal.ts";

interface SelfTestFlags extends Pick<SelfTestOptions, "defect" | "quirk" | "seed" | "whole"> {
  readonly json?: string;
  readonly verbose?: boolean;
}

/** `scim-check self-test`: 0 when scim-check can be believed, 1 when it has to be mended, 130 when interrupted. */
export async function selfTestCommand(
  { json, verbose = false, ...options }: SelfTestFlags,
  host: Host,
): Promise<number> {
  const file = json === undefined ? undefined : writable(resolve(host.cwd(), json));
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  host.on("SIGINT", interrupt);
  host.on("SIGTERM", interrupt);
  const display = countingDisplay(host);
  try {
    const report = await selfTest({
      ...options,
      signal: interruption.signal,
      onProgress: ({ done, all, trial }) => display.show(`${done}/${all} ${trial}`),
    });
    display.stop();
    const terminal = { width: widthOf(host.stdout.columns), style: styleFor(host, "stdout"), verbose };
    host.stdout.write(await renderSelfTest(report, "text", terminal));
    const lost = file === undefined ? undefined : toFile(await renderSelfTest(report, "json"), file);
    if (lost === undefined) return report.outcome.exitCode;
    host.stderr.write(`${file}: The matrix cannot be written (${lost.why}).\n`);
    return report.outcome.exitCode === 0 ? 3 : report.outcome.exitCode;
  } finally {
    display.stop();
    host.off("SIGINT", interrupt);
    host.off("SIGTERM", interrupt);
  }
}

function writable(file: string): string {
  const problems = unwritable(file);
  if (problems.length > 0) throw new BadInput(problems);
  return file;
}
