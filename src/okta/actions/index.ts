import type { Action } from "../../model/play.ts";
import { atOnce } from "./at-once.ts";
import { burst } from "./burst.ts";
import { createSeveral } from "./create-several.ts";
import { listAllPages } from "./list-all-pages.ts";
import { pause } from "./pause.ts";
import { pushMembers } from "./push-members.ts";
import { putMembers } from "./put-members.ts";
import { readEntitlements } from "./read-entitlements.ts";
import { readGroups } from "./read-groups.ts";
import { replayPlan } from "./replay-plan.ts";
import { rush } from "./rush.ts";

/** Every action, one file each. */
export const actions: readonly Action[] = [
  atOnce,
  burst,
  createSeveral,
  listAllPages,
  pause,
  pushMembers,
  putMembers,
  readEntitlements,
  readGroups,
  replayPlan,
  rush,
];
