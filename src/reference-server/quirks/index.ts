import type { Quirk } from "./quirk.ts";

/** Every quirk the reference server can be given, one file a theme. */
export const quirks: readonly Quirk[] = [];
