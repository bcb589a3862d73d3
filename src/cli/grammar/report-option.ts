import type { Command } from "commander";
import { REPORT_FORMATS, type ReportFormatName } from "../../model/report-format.ts";
import { collect } from "../values.ts";

/** `--report`, the same for every command that writes reports but for the formats that there are. */
export function addReportOption(
  command: Command,
  names: readonly ReportFormatName[] = REPORT_FORMATS,
): Command {
  const formats = `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
  return command.option(
    "--report <format[:file]>",
    `${formats}, to a file or standard output (again for more)`,
    collect,
  );
}
