import type { Check } from "../../../model/evidence.ts";
import { answered } from "./answered.ts";
import { changeTook } from "./change-took.ts";
import { daysApart } from "./days-apart.ts";
import { errorSays } from "./error-says.ts";
import { exactlyNamed } from "./exactly-named.ts";
import { hasMembers } from "./has-members.ts";
import { leftInactive } from "./left-inactive.ts";
import { listsId } from "./lists-id.ts";
import { lockKept } from "./lock-kept.ts";
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
  errorSays,
  exactlyNamed,
  hasMembers,
  leftInactive,
  listsId,
  lockKept,
  memberChangeTook,
  noLongerThan,
  pageOfAtMost,
  seen,
  seenThrottling,
  shownAs,
  throttled,
];
