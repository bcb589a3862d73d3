import type { Distribution, LoadReport } from "../../model/load.ts";
import { columnsOf, foldedItem, paragraph, table } from "../layout.ts";
import type { Page } from "../page.ts";
import { safeText } from "../safe-text.ts";
import { countText, plural } from "../wording.ts";
import { msText } from "./figures.ts";

const COUNT_HEADING = ["operation", "requests", "errors", "429"];
const TIME_HEADING = ["p50", "p90", "p99", "p99.9", "max", "service p99"];

/** One operation, or all plays of one scenario. */
interface Row {
  readonly name: string;
  readonly requests: number;
  readonly errors: number;
  /** Absent for whole plays, which are not refused. */
  readonly throttled?: number;
  readonly times: readonly string[];
}

/** Every operation with its figures, the plays of each scenario below its own. */
export function operationLines(report: LoadReport, page: Page): readonly string[] {
  const rows = rowsOf(report);
  if (rows.length === 0) return [];
  const inOne = inOneTable(rows);
  const isWide = Math.max(...inOne.map(columnsOf)) + 2 <= page.width;
  const [heading = "", ...lines] = isWide ? inOne : stacked(rows, page.width - 2);
  const explained =
    "Times count from when a request was meant to be sent; the service time counts from when it was.";
  return [
    `  ${page.style.dim(heading)}`,
    ...lines.map((line) => `  ${line}`),
    ...paragraph(explained, page.width, 2).map((line) => page.style.dim(line)),
  ];
}

function rowsOf(report: LoadReport): readonly Row[] {
  return uniquePlays(report).flatMap((play) => {
    const own = report.operations.filter(
      ({ scenario, requests }) => scenario === play.scenario && requests > 0,
    );
    const operations = own.map((one): Row => {
      const { requests, errors, throttled } = one;
      const times = [...percentiles(one.response), msText(one.service.p99)];
      return { name: safeText(one.id), requests, errors, throttled, times };
    });
    if (play.response.count === 0) return operations;
    const name = `${safeText(play.scenario)} (whole play)`;
    const whole: Row = {
      name,
      requests: play.finished,
      errors: play.failed,
      times: [...percentiles(play.response), ""],
    };
    return [...operations, whole];
  });
}

function inOneTable(rows: readonly Row[]): readonly string[] {
  const cells = rows.map(({ name, requests, errors, throttled, times }) => [
    name,
    countText(requests),
    countText(errors),
    throttled === undefined ? "" : countText(throttled),
    ...times,
  ]);
  return table([...COUNT_HEADING, ...TIME_HEADING], cells, Number.POSITIVE_INFINITY);
}

/** For narrow terminals: the times below the name and its counts. */
function stacked(rows: readonly Row[], width: number): readonly string[] {
  const times = rows.map((row) => row.times);
  const [heading = "", ...lines] = table(TIME_HEADING, times, Number.POSITIVE_INFINITY);
  return [
    `  ${heading}`,
    ...rows.flatMap((row, index) => [
      ...foldedItem(`${row.name}: ${countsOf(row)}`, width, 2),
      `  ${lines[index] ?? ""}`,
    ]),
  ];
}

function countsOf({ requests, errors, throttled }: Row): string {
  if (throttled === undefined) return `${plural(requests, "play")}, ${countText(errors)} failed`;
  return `${plural(requests, "request")}, ${plural(errors, "error")}, ${countText(throttled)} with 429`;
}

function uniquePlays({ plays }: LoadReport): LoadReport["plays"] {
  return plays.filter(({ scenario }, index) => plays.findIndex((one) => one.scenario === scenario) === index);
}

function percentiles({ p50, p90, p99, p999, max }: Distribution): readonly string[] {
  return [p50, p90, p99, p999, max].map(msText);
}
