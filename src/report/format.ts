import type { LoadReport } from "../model/load.ts";
import type { RunReport } from "../model/report.ts";
import type { Style } from "./style.ts";

/** How a report is to be written. Formats for machines ignore all of it. */
export interface RenderOptions {
  /** Colours; none when absent, so that no format has to ask whether it writes to a terminal. */
  readonly style?: Style;
  /** Columns to wrap prose to; 80 when absent. Ids and addresses are never broken. */
  readonly width?: number;
  /** Adds every behaviour with its verdict, and every exchange. */
  readonly verbose?: boolean;
  /** Leaves nothing but the ids of what is broken and the outcome. */
  readonly quiet?: boolean;
  /** Marks and arrows in ASCII, for terminals and logs that know nothing else. */
  readonly ascii?: boolean;
  /** Bytes the text may have, for Markdown: a job summary has a limit. None when absent. */
  readonly maxBytes?: number;
}

/** The same for the report of a load. */
export interface LoadRenderOptions extends RenderOptions {
  /** An earlier report to compare with. */
  readonly baseline?: LoadReport;
}

/** One way to write a report down. A pure function: a saved report can be rendered again next year. */
export interface ReportFormat {
  /** As the user names it: `--report junit:scim.xml`. */
  readonly name: string;
  /** One line for `--help`. */
  readonly summary: string;
  /** The whole text, ending in a line feed. */
  readonly render: (report: RunReport, options: RenderOptions) => string;
  /** The same for the report of a load; absent where the format has no form for one. */
  readonly renderLoad?: (report: LoadReport, options: LoadRenderOptions) => string;
}
