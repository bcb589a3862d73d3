import type { Command } from "commander";
import type { Host } from "../host.ts";
import { inputs } from "../values.ts";
import { addConnectionOptions } from "./connection-options.ts";
import { examples } from "./examples.ts";
import type { SetExitCode } from "./set-exit-code.ts";

export function addCleanup(program: Command, host: Host, setExitCode: SetExitCode): void {
  const command = program
    .command("cleanup")
    .summary("remove what runs that were killed left on their servers")
    .description(
      "Removes the users and groups of earlier runs that were killed, or that a server would not remove then. Only what carries such a run's own marker is touched. What such a run paused, linked or minted as an administrator is undone, given that token.",
    )
    .addHelpText(
      "after",
      examples("SCIM_TOKEN=… scim-check cleanup --url https://staging.example.com/scim/v2"),
    );
  addConnectionOptions(command);
  command
    .option("--config <file>", "settings file (default: scim-check.yaml where there is one)")
    .option(
      "--input <name=value>",
      "a token that undoing needs, @FILE for a secret: --input admin-token=@FILE",
      inputs,
    )
    .option("--forget", "list once more what a server does not remove, and look for it no longer")
    .option("--verbose", "where each setting came from");
  command.action(async (options: Record<string, unknown>) => {
    const { cleanupCommand } = await import("../commands/cleanup.ts");
    setExitCode(await cleanupCommand(options, host));
  });
}
