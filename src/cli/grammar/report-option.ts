import type { Command } from "commander";
import { REPORT_FORMATS } from "../../model/report-format.ts";
import { collect } from "../values.ts";

/** `--report`, the same for every command that writes reports. */
export function addReportOption(command: Command): Command {
  const formats = `${REPORT_FORMATS.slice(0, -1).join(", ")} or ${REPORT_FORMATS.at(-1)}`;
  return command.option(
    "--report <format[:file]>",
    `${formats}, to a file or standard output (again for more)`,
    collect,
  );
}
