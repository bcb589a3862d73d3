import { pauses } from "../../engine/settle.ts";
import { Asked } from "./asked.ts";
import type { IdTable } from "./id-table.ts";
import type { Surroundings } from "./surroundings.ts";

/**
 * Waits until the population shows: a server may take a while until a write shows in a read, and plays that come to
 * people it has just made would be told that there are none. Who was made last is looked for, and the last group; a server
 * that never shows them is left to be judged by the plays.
 */
export async function untilShown(shared: Surroundings): Promise<void> {
  const { users, groups } = shared.population;
  await Promise.all([
    shows(shared, "/Users/", users, ""),
    shows(shared, "/Groups/", groups, WITHOUT_MEMBERS),
  ]);
}

const WITHOUT_MEMBERS = "?excludedAttributes=members";

async function shows(shared: Surroundings, below: string, table: IdTable, query: string): Promise<void> {
  if (table.length === 0) return;
  const { setup } = shared;
  const path = below + encodeURIComponent(table.idAt(table.length - 1)) + query;
  const looks = pauses({ withinMs: setup.settleMs });
  const since = setup.now();
  for (;;) {
    const asked = new Asked(shared, { method: "GET", path, headers: setup.speak("okta", false) });
    await asked.exchange;
    const pause = looks.next(asked.sentAt - since);
    if (asked.status !== NOT_FOUND || pause.done === true || shared.isDraining) return;
    await setup.clock.sleep(pause.value, shared.endOfWaits);
  }
}

const NOT_FOUND = 404;
