import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { Scenario } from "../model/scenario.ts";
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

const DAY_MS = 24 * 60 * 60 * 1000;

/** The values of a scenario alone. A fact that counts days also knows the date they lead to. */
export function valuesOf({ given = {} }: Pick<Scenario, "given">, now: number): JsonObject {
  const fact = given.fact ?? null;
  if (!isJsonObject(fact) || typeof fact.days !== "number") return given;
  return { ...given, fact: { ...fact, date: new Date(now + fact.days * DAY_MS).toISOString() } };
}
