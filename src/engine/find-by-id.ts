import type { Playable } from "../model/play.ts";
import type { Collection } from "../model/scim.ts";
import { lastJson } from "./last-json.ts";
import { pathOf } from "./remove.ts";
import { buildRequest, type Speak } from "./request.ts";
import type { Found } from "./search-made.ts";
import { nameShown } from "./told-resource.ts";

/**
 * Which of these ids a read shows to be ours. Some servers leave out of their lists what a read by id still shows, such
 * as people who are not active.
 */
export function* findById(
  collection: Collection,
  ids: readonly string[],
  isOurs: (name: string) => boolean,
  speak: Speak,
): Playable<readonly Found[]> {
  if (ids.length === 0) return [];
  const requests = ids.map((id) => buildRequest(speak, "GET", pathOf({ collection, id })));
  const { exchanges } = yield { kind: "send-at-once", requests };
  return ids.flatMap((id, index) => {
    const exchange = exchanges[index];
    const name = exchange === undefined ? undefined : nameShown(lastJson([exchange]), collection);
    return name !== undefined && isOurs(name) ? [{ collection, name, id }] : [];
  });
}
