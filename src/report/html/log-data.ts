import { cutText, wholeLength } from "../../model/cut-text.ts";
import type { Exchange, Headers } from "../../model/exchange.ts";
import type { RunReport } from "../../model/report.ts";

/** One exchange of the run, in the order of sending. */
export interface LogEntry {
  readonly scenario: string;
  readonly step: string;
  readonly exchange: Exchange;
  /** Ids of the behaviours that broke at this answer. */
  readonly broke: readonly string[];
}

/** The log as the page carries it: headers that repeat in thousands of requests are written once. */
export interface PackedLog {
  /** Milliseconds since the epoch at which the first request was sent. */
  readonly startedAt: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly entries: readonly PackedEntry[];
}

type PackedEntry = Omit<LogEntry, "exchange"> & {
  readonly exchange: Omit<Exchange, "request" | "outcome"> & {
    readonly request: Packed<Exchange["request"]>;
    readonly outcome: Exchange["outcome"] extends infer One
      ? One extends { readonly headers: Headers }
        ? Packed<One>
        : One
      : never;
  };
};

/** With indexes into `PackedLog.headers` in place of headers. */
type Packed<Message extends { readonly headers: Headers }> = Omit<Message, "headers"> & {
  readonly headers: readonly number[];
};

/** Characters of a body that the log keeps; the JSON report has what the run kept of the rest. */
const LONGEST_BODY = 12_000;

/** Every exchange that the report kept, in the order of sending. */
export function logOf(report: RunReport): readonly LogEntry[] {
  const broke = brokenAt(report);
  const entries = report.scenarios.flatMap(({ id: scenario, steps }) =>
    steps.flatMap(({ id: step, exchanges }) =>
      exchanges.map((exchange, index) => ({
        scenario,
        step,
        exchange,
        // A step is judged by its last answer.
        broke: index === exchanges.length - 1 ? [...(broke.get(`${scenario} ${step}`) ?? [])] : [],
      })),
    ),
  );
  return entries.toSorted((one, other) => one.exchange.timing.startedAt - other.exchange.timing.startedAt);
}

function brokenAt({ behaviours }: RunReport): ReadonlyMap<string, ReadonlySet<string>> {
  const broke = new Map<string, Set<string>>();
  for (const { id, places } of behaviours) {
    for (const { scenario, step, verdict } of places) {
      if (verdict.kind !== "fail") continue;
      const at = `${scenario} ${step}`;
      const ids = broke.get(at) ?? new Set<string>();
      broke.set(at, ids.add(id));
    }
  }
  return broke;
}

export function pack(log: readonly LogEntry[]): PackedLog {
  const headers: (readonly [string, string])[] = [];
  const known = new Map<string, number>();
  const indexes = (list: Headers) =>
    list.map(([name, value]) => {
      const key = `${name}\n${value}`;
      const index = known.get(key) ?? headers.push([name, value]) - 1;
      known.set(key, index);
      return index;
    });
  const entries = log.map(({ exchange, ...entry }): PackedEntry => {
    const { request, outcome } = exchange;
    return {
      ...entry,
      exchange: {
        ...exchange,
        request: { ...request, ...shortBody(request.body), headers: indexes(request.headers) },
        outcome:
          outcome.kind === "silence"
            ? outcome
            : { ...outcome, body: short(outcome.body), headers: indexes(outcome.headers) },
      },
    };
  });
  return { startedAt: log[0]?.exchange.timing.startedAt ?? 0, headers, entries };
}

/** The same log again; bodies too long for the page stay cut. */
export function unpack({ headers, entries }: PackedLog): readonly LogEntry[] {
  const listed = (indexes: readonly number[]): Headers =>
    indexes.map((index) => headers[index] ?? (["", ""] as const));
  return entries.map(({ exchange, ...entry }): LogEntry => {
    const { request, outcome } = exchange;
    return {
      ...entry,
      exchange: {
        ...exchange,
        request: { ...request, headers: listed(request.headers) },
        outcome: outcome.kind === "silence" ? outcome : { ...outcome, headers: listed(outcome.headers) },
      },
    };
  });
}

const shortBody = (body: string | undefined) => (body === undefined ? {} : { body: short(body) });

const short = (text: string) =>
  text.length <= LONGEST_BODY ? text : cutText(text.slice(0, LONGEST_BODY), wholeLength(text) - LONGEST_BODY);
