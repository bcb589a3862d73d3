import type { StepEvidence } from "../../model/evidence.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";

/** One page of a walk, as the action `list-all-pages` notes it. */
export interface WalkedPage {
  readonly startIndex: number;
  readonly asked: number;
  readonly got: number;
  /** What the page said of itself; undefined where it is no number, not even one written as a text. */
  readonly total: number | undefined;
  readonly itemsPerPage: number | undefined;
  readonly echoed: number | undefined;
}

export interface Walk {
  readonly ids: readonly string[];
  readonly pages: readonly WalkedPage[];
  readonly end: "covered" | "empty-page" | "cut" | "unusable";
  readonly totalChanged: boolean;
  /** It was cut because of all the ids, and not because of `--max-pages`. */
  readonly isFull?: true;
  /** The size of the server's largest page, where that is smaller than the page asked for. */
  readonly cappedAt?: number;
  readonly problem?: string;
}

export const NO_WALK = "no page could be read";
export const TOTAL_CHANGED =
  "totalResults changed while the pages were read, so somebody else may have written";

/** Why a cut walk tells nothing of what lies behind the cut. */
export function cutAfter({ pages, isFull }: Walk): string {
  const cut = `the walk was cut after ${pages.length} ${pages.length === 1 ? "page" : "pages"}`;
  return isFull === true
    ? `${cut}: the ids in them are more than scim-check holds`
    : `${cut}; --max-pages raises the limit`;
}

/** RFC 7644 3.4.2.4 lets a server give less than was asked for; Okta's documents do not tell what it does then. */
export const CAPPED =
  "the server's pages are smaller than asked for, and Okta's documents do not say how it goes on after such a page";

/** The walks a step made, in order; empty when it made none. */
export function walksIn(evidence: Pick<StepEvidence, "facts">): readonly Walk[] {
  const { walks } = evidence.facts;
  return Array.isArray(walks) ? walks.filter(isJsonObject).map(walkOf) : [];
}

function walkOf(walk: JsonObject): Walk {
  const pages = Array.isArray(walk.pages) ? (walk.pages as readonly Json[]) : [];
  return {
    ids: Array.isArray(walk.ids) ? (walk.ids as readonly Json[]).map(String) : [],
    pages: pages.filter(isJsonObject).map(pageOf),
    end: walk.end as Walk["end"],
    totalChanged: walk.totalChanged === true,
    ...(walk.full === true ? { isFull: true } : {}),
    ...(typeof walk.cappedAt === "number" ? { cappedAt: walk.cappedAt } : {}),
    ...(typeof walk.problem === "string" ? { problem: walk.problem } : {}),
  };
}

function pageOf(page: JsonObject): WalkedPage {
  return {
    startIndex: Number(page.startIndex),
    asked: Number(page.asked),
    got: Number(page.got),
    total: leniently(page.totalResults),
    itemsPerPage: leniently(page.itemsPerPage),
    echoed: leniently(page.echoed),
  };
}

/** A number, also one written as a text: that is the fault of OKTA-CRED-03 and is not reported twice. */
export function leniently(value: Json | undefined): number | undefined {
  if (typeof value !== "number" && (typeof value !== "string" || value.trim() === "")) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** How many resources a page ought to hold, going by its own totalResults. */
export function due(page: WalkedPage): number | undefined {
  return page.total === undefined
    ? undefined
    : Math.max(0, Math.min(page.asked, page.total - page.startIndex + 1));
}
