import type { Make } from "../../quirks/make.ts";

/** How a habit is kept where the sound server does not keep it anyway, and how it is broken. */
export interface Ways {
  readonly kept: Make;
  readonly broken: Make;
}

export const asItIs: Make = () => ({});
