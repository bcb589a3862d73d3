import type { Exchange } from "../../model/exchange.ts";
import { isJsonObject } from "../../model/json.ts";
import { jsonBody } from "../../model/json-body.ts";

const MOST_SHOWN = 200;

/** The `detail` of a SCIM error, cut short. */
export function complaintIn({ outcome }: Exchange): string {
  const error = outcome.kind === "answer" ? jsonBody(outcome) : undefined;
  const told = isJsonObject(error) && typeof error.detail === "string" ? error.detail.trim() : "";
  return told.length > MOST_SHOWN ? `${told.slice(0, MOST_SHOWN)}…` : told;
}
