import type { Command } from "commander";
import type { Host } from "../host.ts";
import { collect, wholeNumber } from "../values.ts";
import { examples } from "./examples.ts";
import type { SetExitCode } from "./set-exit-code.ts";

export function addSelfTest(program: Command, host: Host, setExitCode: SetExitCode): void {
  program
    .command("self-test")
    .summary("is scim-check itself right? Every scenario against every known defect and quirk")
    .description(
      "Plays every scenario against a sound server, against servers that each do one thing wrong, and against servers with peculiarities that the standards permit. Exit 1 when a defect is not caught, or something permitted is blamed.",
    )
    .option("--defect <name>", "only this defect (again for more)", collect)
    .option("--quirk <name>", "only this quirk (again for more)", collect)
    .option("--seed <number>", "repeat the random sets of quirks of an earlier self-test", wholeNumber)
    .option("--whole", "play everything everywhere, also where a server answers like the sound one (slow)")
    .option("--json <file>", "write the whole matrix as JSON")
    .option("--verbose", "every trial, and every claim that fails in it")
    .addHelpText(
      "after",
      examples("scim-check self-test", "scim-check self-test --defect members-cut-at-100 --verbose"),
    )
    .action(async (options: Record<string, unknown>) => {
      const { selfTestCommand } = await import("../commands/self-test.ts");
      setExitCode(await selfTestCommand(options, host));
    });
}
