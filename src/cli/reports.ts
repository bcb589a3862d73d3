import { accessSync, constants, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { BadInput, formatNames, type Problem, type RunReport, render } from "../index.ts";
import type { Host } from "./host.ts";
import { styleFor, widthOf } from "./terminal.ts";

/** One `--report`: a format, and a file or standard output. */
export interface ReportRequest {
  readonly format: string;
  readonly file?: string;
}

export interface ReportStyle {
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** Reads every `--report` and makes sure that each can be written, before anything else happens. */
export async function reportRequests(
  given: readonly string[],
  host: Host,
): Promise<readonly ReportRequest[]> {
  const known = await formatNames();
  const problems: Problem[] = [];
  const requests = given.map((text): ReportRequest => {
    const colon = text.indexOf(":");
    const format = colon === -1 ? text : text.slice(0, colon);
    if (!known.includes(format)) {
      problems.push({
        place: { file: "--report" },
        what: `There is no report format ${JSON.stringify(format)}.`,
        next: `Expected one of ${known.join(", ")}.`,
      });
    }
    if (colon === -1) return { format };
    const file = resolve(host.cwd(), text.slice(colon + 1));
    problems.push(...unwritable(file));
    return { format, file };
  });
  if (problems.length > 0) throw new BadInput(problems);
  // A person at the terminal sees the text unless standard output was asked for something else.
  return requests.some(({ file }) => file === undefined) ? requests : [{ format: "text" }, ...requests];
}

function unwritable(file: string): readonly Problem[] {
  try {
    accessSync(dirname(file), constants.W_OK);
    return [];
  } catch {
    return [
      {
        place: { file },
        what: "The report cannot be written there.",
        next: "Name a file in a folder that exists and can be written to.",
      },
    ];
  }
}

/** Writes a report in every format that was asked for. */
export async function writeReports(
  report: RunReport,
  requests: readonly ReportRequest[],
  style: ReportStyle,
  host: Host,
): Promise<void> {
  for (const { format, file } of requests) {
    const toTerminal = file === undefined;
    const text = await render(report, format, {
      ...style,
      width: widthOf(toTerminal ? host.stdout.columns : undefined),
      ...(toTerminal ? { style: styleFor(host, "stdout") } : {}),
    });
    if (toTerminal) host.stdout.write(text);
    else writeFileSync(file, text);
  }
}
