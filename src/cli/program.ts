import { Command, CommanderError } from "commander";
import { toolVersion } from "../wiring/tool.ts";
import { addCleanup } from "./grammar/cleanup.ts";
import { addCompletion } from "./grammar/completion.ts";
import { examples } from "./grammar/examples.ts";
import { addExplain } from "./grammar/explain.ts";
import { addInit } from "./grammar/init.ts";
import { addList } from "./grammar/list.ts";
import { addLoad } from "./grammar/load.ts";
import { addMerge } from "./grammar/merge.ts";
import { addPlanGroups } from "./grammar/plan-groups.ts";
import { addRender } from "./grammar/render.ts";
import { addRun } from "./grammar/run.ts";
import { addSelfTest } from "./grammar/self-test.ts";
import { addServe } from "./grammar/serve.ts";
import type { SetExitCode } from "./grammar/set-exit-code.ts";
import type { Host } from "./host.ts";

/** The command line. A command's flags and help are in `grammar/`; what it does is in `commands/`, loaded when asked. */
export function buildProgram(host: Host, setExitCode: SetExitCode): Command {
  const program = new Command("scim-check")
    .description(
      "Replays what Okta really sends to a SCIM endpoint and reports pass or fail per documented behaviour.",
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void host.stdout.write(text),
      writeErr: (text) => void host.stderr.write(text),
      getOutHelpWidth: () => host.stdout.columns ?? 100,
      getErrHelpWidth: () => host.stderr.columns ?? 100,
    })
    .showHelpAfterError("(scim-check --help lists the commands)")
    .addHelpText("after", examples("scim-check run --embedded", "scim-check explain OKTA-MEMBER-02"));
  program.version(toolVersion(), "--version", "print the version");
  for (const add of [
    addRun,
    addLoad,
    addMerge,
    addServe,
    addSelfTest,
    addList,
    addExplain,
    addRender,
    addPlanGroups,
    addCleanup,
    addInit,
    addCompletion,
  ])
    add(program, host, setExitCode);
  for (const command of program.commands) {
    command
      .copyInheritedSettings(program)
      .showHelpAfterError(`(scim-check ${command.name()} --help explains the flags)`);
  }
  return program;
}

/** The exit code when commander gave up: 0 after help, 2 after a mistake. Undefined for anything else. */
export function exitCodeOfUsage(problem: unknown): number | undefined {
  if (!(problem instanceof CommanderError)) return undefined;
  return problem.exitCode === 0 ? 0 : 2;
}
