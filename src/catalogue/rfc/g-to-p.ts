import type { Behaviour } from "../../model/behaviour.ts";
import { filterOperators } from "./filter-operators.ts";
import { filtering } from "./filtering.ts";
import { groupsAndDeletes } from "./groups-and-deletes.ts";
import { loadAndSafety } from "./load-and-safety.ts";
import { optionalParts } from "./optional-parts.ts";
import { patchMessage } from "./patch-message.ts";
import { patchOperations } from "./patch-operations.ts";
import { replacing } from "./replacing.ts";

/** What the RFCs ask of filters, changes, groups, deletes, optional parts, concurrency and safety (lines G to P). */
export const rfcGToP: readonly Behaviour[] = [
  ...filtering,
  ...filterOperators,
  ...replacing,
  ...patchMessage,
  ...patchOperations,
  ...groupsAndDeletes,
  ...optionalParts,
  ...loadAndSafety,
];
