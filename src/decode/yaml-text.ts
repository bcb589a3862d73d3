import { stringify } from "yaml";
import type { Json } from "../model/json.ts";

/** A value as YAML to be read and edited by people: long texts folded, nothing quoted without need. */
export function yamlText(value: Json): string {
  return stringify(value, { lineWidth: 100 });
}
