import type { StatusPattern } from "../model/scenario.ts";

/** Whether it is that of an answer that did what was asked for; no answer did not. */
export const isSuccess = (status: number | undefined): boolean =>
  status !== undefined && statusFits(status, "2xx");

/** How a server answers at an address that it does not have. */
export const NO_ENDPOINT: readonly number[] = [404, 405, 501];

/** How it says that it does not know an endpoint, a filter or a parameter that it need not have, or takes it for another. */
export const DECLINED: readonly number[] = [400, 403, ...NO_ENDPOINT];

/** Whether a status fits a pattern such as `201` or `4xx`. */
export function statusFits(status: number, pattern: StatusPattern): boolean {
  return typeof pattern === "number" ? status === pattern : Math.floor(status / 100) === Number(pattern[0]);
}
