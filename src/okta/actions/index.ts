import type { Action } from "../../model/play.ts";
import { atOnce } from "./at-once.ts";
import { listAllPages } from "./list-all-pages.ts";

/** Every action, one file each. */
export const actions: readonly Action[] = [atOnce, listAllPages];
