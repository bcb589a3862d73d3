import { isJsonObject, type Json } from "../model/json.ts";
import { UNIQUE_KINDS } from "../model/people.ts";

/**
 * The same body for another person: every text that is one of the play's own unique texts becomes that of the
 * person with this label. So a burst of creates is made from the one body a scenario names.
 */
export function likewise(body: Json, unique: (kind: string, label?: string) => string, label: string): Json {
  const texts = new Map(UNIQUE_KINDS.map((kind) => [unique(kind), unique(kind, label)]));
  const changed = (value: Json): Json => {
    if (typeof value === "string") return texts.get(value) ?? value;
    if (Array.isArray(value)) return value.map(changed);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, changed(item)]));
  };
  return changed(body);
}
