import type { Json } from "../model/json.ts";
import type { RunSettings } from "./settings.ts";

/** The values that templates can count on before the first step. */
export function givenValues(settings: RunSettings): Map<string, Json> {
  const { largeGroup, burst, maxGroupMembers, maxPages } = settings;
  const values = new Map<string, Json>(Object.entries({ ...settings.values, ...settings.inputs }));
  values.set("import.maxPages", maxPages);
  if (largeGroup !== undefined) values.set("large.members", largeGroup);
  if (burst !== undefined) values.set("burst.requests", burst);
  if (maxGroupMembers !== undefined) {
    values.set("limit.group-members", maxGroupMembers);
    // Enough for two full groups and a rest, so that the last group differs from the others.
    values.set("limit.split-members", maxGroupMembers * 2 + Math.max(1, Math.floor(maxGroupMembers / 4)));
  }
  return values;
}
