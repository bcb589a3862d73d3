import type { Check } from "../../../model/evidence.ts";
import { answered } from "./answered.ts";
import { changeTook } from "./change-took.ts";
import { daysApart } from "./days-apart.ts";
import { exactlyNamed } from "./exactly-named.ts";
import { hasMembers } from "./has-members.ts";
import { leftInactive } from "./left-inactive.ts";
import { listsId } from "./lists-id.ts";
import { memberChangeTook } from "./member-change-took.ts";
import { noLongerThan } from "./no-longer-than.ts";
import { pageOfAtMost } from "./page-of-at-most.ts";
import { seen } from "./seen.ts";
import { seenThrottling } from "./seen-throttling.ts";
import { shownAs } from "./shown-as.ts";
import { throttled } from "./throttled.ts";

/** Checks whose expectations come from a target profile. */
export const targetChecks: readonly Check[] = [
  answered,
  changeTook,
  daysApart,
  exactlyNamed,
  hasMembers,
  leftInactive,
  listsId,
  memberChangeTook,
  noLongerThan,
  pageOfAtMost,
  seen,
  seenThrottling,
  shownAs,
  throttled,
];
