import type { Defect } from "./defect.ts";

/** Every defect the reference server can be given, one file a theme. */
export const defects: readonly Defect[] = [];
