import type { Evidence } from "../../model/evidence.ts";
import type { Json } from "../../model/json.ts";
import { valueAt } from "../answer.ts";
import { shownEarlier } from "./shown.ts";

/** What `/ServiceProviderConfig`, read by an earlier step, says of a feature; undefined where it says nothing. */
export function saysOf(evidence: Evidence, step: Json | undefined, feature: string): boolean | undefined {
  const supported = valueAt(shownEarlier(evidence, step), `${feature}.supported`);
  return typeof supported === "boolean" ? supported : undefined;
}
