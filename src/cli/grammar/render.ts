import type { Command } from "commander";
import type { Host } from "../host.ts";
import { examples } from "./examples.ts";
import { addReportOption } from "./report-option.ts";
import type { SetExitCode } from "./set-exit-code.ts";

export function addRender(program: Command, host: Host, setExitCode: SetExitCode): void {
  const command = program
    .command("render")
    .summary("render a saved JSON report in another format")
    .argument("<file>", "a report written by --report json:FILE")
    .addHelpText(
      "after",
      examples("scim-check render saved.json --report html:scim.html --report junit:scim.xml"),
    );
  addReportOption(command)
    .option("--since <file>", "another saved report of the same kind: say what changed since then")
    .option("--quiet", "only what is broken, and the outcome")
    .option("--verbose", "every behaviour and every exchange")
    .action(async (file: string, options: Record<string, unknown>) => {
      const { renderCommand } = await import("../commands/render.ts");
      setExitCode(await renderCommand(file, options, host));
    });
}
