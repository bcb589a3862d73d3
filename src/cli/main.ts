import { BadInput, problemLine } from "../model/problem.ts";
import { LeftQuestion } from "./dialogue.ts";
import type { Host } from "./host.ts";
import { readerLeft, takeFailure, watchOutputs, whyUnwritten } from "./outputs.ts";
import { buildProgram, exitCodeOfUsage } from "./program.ts";

/**
 * Runs one command line to its end.
 * @returns the exit code, which is the caller's to set: a long report piped onwards must not be cut by an exit.
 */
export async function main(host: Host): Promise<number> {
  watchOutputs(host);
  let strayBug = false;
  host.on("uncaughtException", (bug) => {
    strayBug = true;
    host.stderr.write(bugText(bug));
  });
  const exitCode = await commandOf(host);
  const failure = await takeFailure(host.stdout);
  if (failure !== undefined && !readerLeft(failure)) {
    host.stderr.write(`Standard output cannot be written to (${whyUnwritten(failure)}).\n`);
    if (exitCode === 0) return 2;
  }
  return strayBug ? 4 : exitCode;
}

async function commandOf(host: Host): Promise<number> {
  let exitCode = 0;
  const program = buildProgram(host, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...host.argv]);
    return exitCode;
  } catch (problem) {
    const usage = exitCodeOfUsage(problem);
    if (usage !== undefined) return usage;
    if (problem instanceof BadInput) {
      for (const one of problem.problems) host.stderr.write(`${problemLine(one)}\n`);
      return 2;
    }
    if (problem instanceof LeftQuestion) return 130;
    host.stderr.write(bugText(problem));
    return 4;
  }
}

function bugText(problem: unknown): string {
  const told = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
  return [
    "scim-check has a bug: this is not a fault of the server.",
    "Please report it with the command line (without tokens), the version (scim-check --version) and this:",
    told,
    "",
  ].join("\n");
}
