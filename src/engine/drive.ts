import type { Clock } from "../model/clock.ts";
import type { Exchange, Send } from "../model/exchange.ts";
import type { Demand, Playable, Reply } from "../model/play.ts";

/** Thrown by `drive` when its signal is aborted; whatever the play made is in its `MadeLog`. */
export class Interrupted extends Error {
  constructor() {
    super("interrupted");
    this.name = "Interrupted";
  }
}

export interface Driver {
  readonly send: Send;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Plays a generator to its end: sends what it yields, and hands back what came of it. */
export async function drive<Result>(playable: Playable<Result>, driver: Driver): Promise<Result> {
  let next = playable.next();
  while (next.done !== true) {
    const exchanges = driver.signal.aborted ? undefined : await meet(next.value, driver);
    // What came back belongs to the play even when the run is being interrupted: it may name what was made.
    if (exchanges === undefined) throw new Interrupted();
    const reply: Reply = { exchanges, now: driver.clock.now() };
    next = playable.next(reply);
  }
  return next.value;
}

async function meet(demand: Demand, { send, clock, signal }: Driver): Promise<readonly Exchange[]> {
  switch (demand.kind) {
    case "send":
      return [await send(demand.request, signal)];
    case "send-at-once":
      return Promise.all(demand.requests.map((request) => send(request, signal)));
    case "wait":
      await clock.sleep(demand.ms, signal);
      return [];
  }
}
