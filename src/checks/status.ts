import type { StatusPattern } from "../model/scenario.ts";

/** Whether it is that of an answer that did what was asked for; no answer did not. */
export const isSuccess = (status: number | undefined): boolean =>
  status !== undefined && statusFits(status, "2xx");

/** How a server answers at an address that it does not have. */
export const NO_ENDPOINT: readonly number[] = [404, 405, 501];

/** Whether a status fits a pattern such as `201` or `4xx`. */
export function statusFits(status: number, pattern: StatusPattern): boolean {
  return typeof pattern === "number" ? status === pattern : Math.floor(status / 100) === Number(pattern[0]);
}
