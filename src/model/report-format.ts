/** The formats a report can be written in, as `--report` names them. `report/formats.ts` holds what they do. */
export const REPORT_FORMATS = ["text", "html", "markdown", "github", "junit", "json"] as const;

export type ReportFormatName = (typeof REPORT_FORMATS)[number];

/** Those of them that the report of a load has a form in. */
export const LOAD_REPORT_FORMATS: readonly ReportFormatName[] = ["text", "html", "json"];
