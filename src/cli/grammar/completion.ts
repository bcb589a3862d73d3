import { Argument, type Command } from "commander";
import { wantedAt } from "../completion/candidates.ts";
import { SCRIPTS, SHELLS, type Shell } from "../completion/scripts.ts";
import type { Host } from "../host.ts";
import { examples } from "./examples.ts";
import type { SetExitCode } from "./set-exit-code.ts";

export function addCompletion(program: Command, host: Host, setExitCode: SetExitCode): void {
  program
    .command("completion")
    .summary("let the shell complete commands, flags and ids")
    .description("Prints what a shell has to be told, once for a session or in its start-up file.")
    .addArgument(new Argument("<shell>", "which shell").choices(SHELLS))
    .addHelpText(
      "after",
      examples(
        'eval "$(scim-check completion bash)"',
        'eval "$(scim-check completion zsh)"',
        "scim-check completion fish | source",
      ),
    )
    .action((shell: Shell) => {
      host.stdout.write(SCRIPTS[shell]);
      setExitCode(0);
    });
  program
    .command("complete", { hidden: true })
    .description("Prints what can stand at the end of a command line; asked by the shells.")
    .argument("[words...]", "everything after the program's name")
    .action(async (words: readonly string[]) => {
      const { completeCommand } = await import("../commands/complete.ts");
      setExitCode(await completeCommand(words, wantedAt(program, words), host));
    });
}
