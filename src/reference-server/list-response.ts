import type { JsonObject } from "../model/json.ts";
import { URN } from "../model/scim.ts";

/** The ListResponse message of RFC 7644 section 3.4.2. `Resources` is there even when nothing is in it. */
export function listBody(total: number, startIndex: number, resources: readonly JsonObject[]): JsonObject {
  return {
    schemas: [URN.listResponse],
    totalResults: total,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}
