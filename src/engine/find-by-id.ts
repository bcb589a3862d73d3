import type { Outcome } from "../model/exchange.ts";
import type { Playable } from "../model/play.ts";
import type { Collection } from "../model/scim.ts";
import { lastJson } from "./last-json.ts";
import { pathOf } from "./remove.ts";
import { buildRequest, type Speak } from "./request.ts";
import type { Found } from "./search-made.ts";
import { nameShown } from "./told-resource.ts";

export interface ReadById {
  readonly found: readonly Found[];
  /** How many of them may be there all the same: the read shows no name, and does not say that nothing is there. */
  readonly unclear: number;
}

/**
 * Which of these ids a read shows to be ours. Some servers leave out of their lists what a read by id still shows, such
 * as people who are not active.
 */
export function* findById(
  collection: Collection,
  ids: readonly string[],
  isOurs: (name: string) => boolean,
  speak: Speak,
): Playable<ReadById> {
  if (ids.length === 0) return { found: [], unclear: 0 };
  const requests = ids.map((id) => buildRequest(speak, "GET", pathOf({ collection, id })));
  const { exchanges } = yield { kind: "send-at-once", requests };
  const found: Found[] = [];
  let unclear = 0;
  for (const [index, id] of ids.entries()) {
    const exchange = exchanges[index];
    if (exchange === undefined) continue;
    const name = nameShown(lastJson([exchange]), collection);
    if (name !== undefined && isOurs(name)) found.push({ collection, name, id });
    else if (name === undefined && !saysAbsent(exchange.outcome)) unclear += 1;
  }
  return { found, unclear };
}

const LEAVES_OPEN: readonly number[] = [401, 403, 408, 429];

/** What is refused for want of a right or of time may be there. */
const saysAbsent = (outcome: Outcome) =>
  outcome.kind === "answer" &&
  outcome.status >= 400 &&
  outcome.status < 500 &&
  !LEAVES_OPEN.includes(outcome.status);
