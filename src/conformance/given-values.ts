import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import type { Scenario } from "../model/scenario.ts";
import type { RunSettings } from "./settings.ts";

/** Requests a second below which two thousand people too many cost minutes. */
const SLOW = 50;

/** The values that templates can count on before the first step. */
export function givenValues(settings: RunSettings): Map<string, Json> {
  const { largeGroup, burst, maxGroupMembers, maxPages, rate = Infinity, paces = [] } = settings;
  const values = new Map<string, Json>(Object.entries({ ...settings.values, ...settings.inputs }));
  values.set("import.maxPages", maxPages);
  if (largeGroup !== undefined) values.set("large.members", largeGroup);
  if (burst !== undefined) values.set("burst.requests", burst);
  if (maxGroupMembers !== undefined) {
    values.set("limit.group-members", maxGroupMembers);
    // Two full groups and a rest, so that the last group differs from the others. Where people can be made at a few a
    // second only, one full group and a rest: each of them costs a create and a delete.
    const full = rate > SLOW && paces.length === 0 ? 2 : 1;
    const rest = Math.max(1, Math.floor(maxGroupMembers / (full === 2 ? 4 : 10)));
    values.set("limit.split-members", maxGroupMembers * full + rest);
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
