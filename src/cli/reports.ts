import { accessSync, constants, statSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import {
  type AnyReport,
  BadInput,
  formatNames,
  type LoadReport,
  type Problem,
  render,
  unknownFormat,
} from "../index.ts";
import type { Host } from "./host.ts";
import { addToJobSummary } from "./job-summary.ts";
import { readerLeft, takeFailure, whyUnwritten } from "./outputs.ts";
import { styleFor, widthOf } from "./terminal.ts";

/** One `--report`: a format, and a file or standard output. */
export interface ReportRequest {
  readonly format: string;
  readonly file?: string;
}

export interface ReportStyle {
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** An earlier report of a load, to compare with. */
  readonly baseline?: LoadReport;
}

/**
 * Reads every `--report` and makes sure that each can be written, before anything else happens.
 * @param onlyThese whether the text, too, is written only where it was asked for
 */
export async function reportRequests(
  given: readonly string[],
  host: Host,
  onlyThese = false,
): Promise<readonly ReportRequest[]> {
  const known = await formatNames();
  const problems: Problem[] = [];
  const requests: ReportRequest[] = [];
  for (const text of given) {
    const colon = text.indexOf(":");
    const format = colon === -1 ? text : text.slice(0, colon);
    if (!known.includes(format)) problems.push(await unknownFormat(format));
    const file = colon === -1 ? undefined : resolve(host.cwd(), text.slice(colon + 1));
    if (file !== undefined) problems.push(...unwritable(file), ...writtenOver(file, requests));
    requests.push(file === undefined ? { format } : { format, file });
  }
  if (problems.length > 0) throw new BadInput(problems);
  // A person at the terminal sees the text unless standard output was asked for something else.
  const saysSomething = onlyThese || requests.some(({ file }) => file === undefined);
  return saysSomething ? requests : [{ format: "text" }, ...requests];
}

/** Two reports in one file: only the last would be left. A device takes any number. */
function writtenOver(file: string, before: readonly ReportRequest[]): readonly Problem[] {
  if (!before.some((other) => other.file === file)) return [];
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === false) return [];
  const what = "Two reports would be written there, one over the other.";
  return [{ place: { file }, what, next: "Name a file for each." }];
}

/** Why a report cannot be written to a file, as far as that can be known beforehand. */
export function unwritable(file: string): readonly Problem[] {
  const refuse = (what: string, next: string): readonly Problem[] => [{ place: { file }, what, next }];
  try {
    const there = statSync(file, { throwIfNoEntry: false });
    if (there?.isDirectory() === true) return refuse("This is a folder.", "Name a file in it.");
    accessSync(there === undefined ? dirname(file) : file, constants.W_OK);
    return [];
  } catch {
    return refuse(
      "The report cannot be written there.",
      "Name a file in a folder that exists and can be written to.",
    );
  }
}

/** A report that did not get where it was wanted. */
export interface Unwritten {
  readonly request: ReportRequest;
  /** What it is, where it is no report. */
  readonly what?: string;
  /** As the rest of a sentence. */
  readonly why: string;
  /** Standard output was closed by its reader, who has seen enough. */
  readonly readerLeft: boolean;
}

export interface Written {
  readonly unwritten: readonly Unwritten[];
  /** What a format threw, which is a bug of ours; every other report was written all the same. */
  readonly bugs: readonly unknown[];
}

/** Writes a report in every format that was asked for; what goes wrong with one keeps none of the others back. */
export async function writeReports(
  report: AnyReport,
  requests: readonly ReportRequest[],
  style: ReportStyle,
  host: Host,
): Promise<Written> {
  const unwritten: Unwritten[] = [];
  const bugs: unknown[] = [];
  for (const request of requests) {
    const { format, file } = request;
    const toTerminal = file === undefined;
    try {
      const text = await render(report, format, {
        ...style,
        width: widthOf(toTerminal ? host.stdout.columns : undefined),
        ...(toTerminal ? { style: styleFor(host, "stdout") } : {}),
      });
      const failure = toTerminal ? await toOutput(text, host) : toFile(text, file);
      if (failure !== undefined) unwritten.push({ request, ...failure });
      if (format === "github") unwritten.push(...(await addToJobSummary(report, host)));
    } catch (bug) {
      bugs.push(bug);
    }
  }
  return { unwritten, bugs };
}

async function toOutput(text: string, { stdout }: Host): Promise<Omit<Unwritten, "request"> | undefined> {
  stdout.write(text);
  const failure = await takeFailure(stdout);
  return failure === undefined ? undefined : { why: whyUnwritten(failure), readerLeft: readerLeft(failure) };
}

/**
 * Half a report would be read as a whole one, so what could not be finished is taken away again.
 * @param flag `wx` where nothing may be written over, not even what appeared a moment ago
 */
export function toFile(
  text: string,
  file: string,
  flag: "w" | "wx" = "w",
): Omit<Unwritten, "request"> | undefined {
  try {
    writeFileSync(file, text, { flag });
    return undefined;
  } catch (error) {
    try {
      const isOthers = (error as NodeJS.ErrnoException).code === "EEXIST";
      if (!isOthers && statSync(file).isFile()) unlinkSync(file);
    } catch {
      // It was not there, or it may not be removed either; the message is the same.
    }
    return { why: whyUnwritten(error), readerLeft: false };
  }
}
