import type { OktaApp } from "./behaviour.ts";
import type { Verdict } from "./verdict.ts";

/** How one behaviour stands now, and how it stood then. */
export interface Change {
  readonly id: string;
  readonly statement: string;
  /** The kinds of app under which it changed so. */
  readonly apps: readonly OktaApp[];
  readonly before: Verdict["kind"];
  readonly now: Verdict["kind"];
}

/** What changed since an earlier run. */
export interface Comparison {
  readonly since: { readonly run: string; readonly startedAt: string; readonly url: string };
  /** Not broken then, broken now. */
  readonly broken: readonly Change[];
  /** Broken then, kept now. */
  readonly mended: readonly Change[];
  /** Told then, and could not be told now. */
  readonly unsettled: readonly Change[];
  /** Not asked then. */
  readonly new: readonly Change[];
  /** Not asked now. */
  readonly gone: readonly Change[];
}
