import type { LogEntry } from "./log-data.ts";

/** Which entries a choice of the log's filter stands for. */
export const LOG_FILTERS: Readonly<Record<string, (entry: LogEntry) => boolean>> = {
  broke: ({ broke }) => broke.length > 0,
  errors: ({ exchange: { outcome } }) => outcome.kind === "silence" || outcome.status >= 400,
  silent: ({ exchange: { outcome } }) => outcome.kind === "silence" || outcome.status >= 500,
  writes: ({ exchange: { request } }) => request.method !== "GET",
};
