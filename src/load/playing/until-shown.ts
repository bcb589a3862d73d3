import { buildRequest } from "../../engine/request.ts";
import type { Exchange } from "../../model/exchange.ts";
import { isJsonObject } from "../../model/json.ts";
import { jsonBody } from "../../model/json-body.ts";
import { encodedSegment } from "../../model/percent.ts";
import { Asked } from "./asked.ts";
import { LateLooks } from "./late-looks.ts";
import type { Surroundings } from "./surroundings.ts";

/** Requests that `untilShown` sends at least, in every shard that has people or groups of the population. */
export const looksAt = (
  { users, groups }: { readonly users: number; readonly groups: number },
  shards: number,
) => 2 * Math.min(users, shards) + Math.min(groups, shards);

/**
 * Waits until the population shows: a server may take a while until a write shows in a read or a look-up, and plays that
 * come to people it has just made would be told that there are none. Who was made last is looked for, and the last group;
 * a server that never shows them is left to be judged by the plays.
 */
export async function untilShown(shared: Surroundings): Promise<void> {
  const { users, groups } = shared.population;
  const looks: string[] = [];
  if (users.length > 0) {
    const last = users.length - 1;
    const name = shared.names.textOf("userName", "", users.numberAt(last));
    const filter = encodeURIComponent(`userName eq "${name}"`);
    looks.push(`/Users?filter=${filter}&startIndex=1&count=100`);
    looks.push(`/Users/${encodedSegment(users.idAt(last))}`);
  }
  if (groups.length > 0) {
    looks.push(`/Groups/${encodedSegment(groups.idAt(groups.length - 1))}?excludedAttributes=members`);
  }
  await Promise.all(looks.map((path) => untilShows(shared, path)));
}

async function untilShows(shared: Surroundings, path: string): Promise<void> {
  const { setup } = shared;
  const looks = new LateLooks();
  const since = setup.now();
  for (;;) {
    const asked = new Asked(shared, buildRequest(setup.speak, "GET", path));
    const exchange = await asked.exchange;
    const mayShowMore = showsNothing(exchange) && looks.isTimeFor(setup.settleMs, asked.sentAt - since);
    if (!mayShowMore || shared.isDraining) return;
    await setup.clock.sleep(looks.pauseMs, shared.endOfWaits);
  }
}

/** Nobody by that id, or an empty list; any other answer will not be mended by waiting. */
function showsNothing({ outcome }: Exchange): boolean {
  if (outcome.kind !== "answer") return false;
  const body = outcome.status === 200 ? jsonBody(outcome) : undefined;
  return outcome.status === 404 || (isJsonObject(body) && body.totalResults === 0);
}
