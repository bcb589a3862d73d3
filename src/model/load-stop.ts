import type { Stopped } from "./report.ts";

/** The cause where no connection stood, and so nothing was ever sent. */
export const UNREACHABLE = "unreachable";
/** Causes that the first answer tells of, before anything was sent that could make something. */
export const REFUSED_AT_FIRST: readonly string[] = ["unauthorised", "redirect", "html"];

/** Whether a load that stopped has made nothing, so that nobody has to look for anything. */
export const madeNothing = ({ cause }: Pick<Stopped, "cause">): boolean =>
  cause === UNREACHABLE || REFUSED_AT_FIRST.includes(cause);
