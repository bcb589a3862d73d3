import { type Observable, type ObservableKind, ofKind } from "../../model/observable.ts";
import type { Make } from "../quirks/make.ts";
import { together } from "../quirks/make.ts";
import { address } from "./address.ts";
import { installation } from "./admin/index.ts";
import { leftOut, neverChanged, patch } from "./changes.ts";
import { clientIdsWithin, clientIdsWithout } from "./client-ids.ts";
import { credential } from "./credentials.ts";
import { deactivated } from "./deactivated.ts";
import { declared, discovery, resourceTypes } from "./discovery.ts";
import { errorShows } from "./error-shows.ts";
import { filter, filterCase, filterJoined, neverFoundBy, unsupportedFilter } from "./filters.ts";
import { habit } from "./habits/index.ts";
import type { Playing } from "./kind.ts";
import { limit, limitCounts, limitReached } from "./limit.ts";
import { chosenAttribute, excludedAttribute, pageDefault, sorted } from "./lists.ts";
import { longest } from "./longest.ts";
import { mediaType } from "./media-type.ts";
import { method, noResource } from "./methods.ts";
import { paging } from "./paging.ts";
import { rates } from "./rates.ts";
import { refused } from "./refusals.ts";
import { removed, removedAbsent } from "./removal.ts";
import { optional, required } from "./required.ts";
import { membersShown, notKept, shown, singleValued } from "./shown.ts";
import { unique } from "./unique.ts";
import { writeLock } from "./write-lock.ts";

/**
 * The kinds in the order in which they are laid around the sound server, the first innermost: what looks at a request
 * before it is read stands outside of what changes it.
 */
const PLAYING: { readonly [Kind in ObservableKind]?: Playing<Kind> } = {
  "limit-counts": limitCounts,
  limit,
  "limit-reached": limitReached,
  unique,
  shown,
  "not-kept": notKept,
  "single-valued": singleValued,
  "members-shown": membersShown,
  "excluded-attribute": excludedAttribute,
  "chosen-attribute": chosenAttribute,
  sorted,
  "unsupported-filter": unsupportedFilter,
  filter,
  "filter-joined": filterJoined,
  "never-found-by": neverFoundBy,
  "filter-case": filterCase,
  patch,
  deactivated,
  "never-changed": neverChanged,
  habit,
  optional,
  "left-out": leftOut,
  required,
  longest,
  "page-default": pageDefault,
  paging,
  method,
  delete: removed,
  "delete-absent": removedAbsent,
  "no-resource": noResource,
  discovery,
  declared,
  "resource-types": resourceTypes,
  address,
  "error-shows": errorShows,
  credential,
  refused,
  "media-type": mediaType,
};

/** The variation of the sound server that does what these facts say. */
export function characterOfFacts(facts: readonly Observable[]): Make {
  const hasClientIds = ofKind(facts, "habit").some(
    ({ of, contrary }) => of === "id-is-external-id" && contrary !== true,
  );
  return together(
    ...(hasClientIds ? [clientIdsWithin] : []),
    // No profile documents roles or entitlements, so its server has none to be imported.
    () => ({ entitlements: [] }),
    ...Object.keys(PLAYING).flatMap((kind) => playingOf(kind as ObservableKind, facts)),
    installation(facts),
    ...(hasClientIds ? [clientIdsWithout] : []),
    ...outermost(facts),
  );
}

/** What looks at a request before anything else does, whichever fact it is about. */
function outermost(facts: readonly Observable[]): readonly Make[] {
  const [limits, locks] = [ofKind(facts, "limit"), ofKind(facts, "write-lock")];
  return [rates(limits, facts), ...(locks.length === 0 ? [] : [writeLock(locks, facts)])];
}

function playingOf<Kind extends ObservableKind>(kind: Kind, facts: readonly Observable[]): readonly Make[] {
  const own = ofKind(facts, kind);
  const play = PLAYING[kind] as Playing<Kind> | undefined;
  return play === undefined || own.length === 0 ? [] : [play(own, facts)];
}
