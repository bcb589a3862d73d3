import type { Command } from "commander";
import { LOAD_REPORT_FORMATS } from "../../model/report-format.ts";
import type { Host } from "../host.ts";
import { collect, duration } from "../values.ts";
import { addConnectionOptions } from "./connection-options.ts";
import { examples } from "./examples.ts";
import { addReportOption } from "./report-option.ts";
import type { SetExitCode } from "./set-exit-code.ts";

export function addMerge(program: Command, host: Host, setExitCode: SetExitCode): void {
  const command = program
    .command("merge")
    .summary("put the shards of one load together")
    .description(
      "Adds up the shards of one load, exactly, and decides the thresholds on the whole. With --url the server's state is read back, compared with what all shards were acknowledged, and what they made is removed.",
    )
    .argument("<files...>", "every shard's file, as load --shard --out wrote it")
    .addHelpText(
      "after",
      examples("SCIM_TOKEN=… scim-check merge shard-*.json --url https://staging.example.com/scim/v2"),
    );
  addConnectionOptions(command);
  command
    .option("--settle <time>", "how long a write may take to show in a read (default: 2s)", duration)
    .option("--keep", "leave what was made on the server")
    .option("--scenarios <folder>", "scenarios of your own (again for more)", collect);
  command.optionsGroup("The report:");
  addReportOption(command, LOAD_REPORT_FORMATS)
    .option("--baseline <file>", "compare with an earlier report, saved with --report json:FILE")
    .option("--quiet", "only the thresholds and the outcome");
  command.action(async (files: string[], options: Record<string, unknown>) => {
    const { mergeCommand } = await import("../commands/merge.ts");
    setExitCode(await mergeCommand(files, options, host));
  });
}
