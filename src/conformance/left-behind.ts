import type { Recorded } from "../engine/made.ts";
import type { Leftover } from "../model/play.ts";

/** What clean-up could not see to, as the report lists it. */
export function leftBehind(entries: readonly Recorded[], why: string): readonly Leftover[] {
  return entries.map(({ collection, name, id }) => ({
    collection,
    name,
    ...(id === undefined ? {} : { id }),
    state: "left",
    why,
  }));
}
