import type { Command } from "commander";
import type { Host } from "../host.ts";
import { collect } from "../values.ts";
import { examples } from "./examples.ts";
import type { SetExitCode } from "./set-exit-code.ts";

export function addList(program: Command, host: Host, setExitCode: SetExitCode): void {
  program
    .command("list")
    .summary("list behaviours, scenarios, plans, checks, actions, targets, flows, defects or quirks")
    .argument(
      "[subject]",
      "behaviours, scenarios, plans, checks, actions, targets, flows, defects or quirks",
      "behaviours",
    )
    .option("--scenarios <folder>", "scenarios of your own (again for more)", collect)
    .addHelpText("after", examples("scim-check list", "scim-check list scenarios"))
    .action(async (subject: string, options: Record<string, unknown>) => {
      const { listCommand } = await import("../commands/list.ts");
      setExitCode(await listCommand(subject, options, host));
    });
}
