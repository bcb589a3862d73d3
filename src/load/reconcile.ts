import type { Reconciliation } from "../model/load-reconciliation.ts";
import type { Playable } from "../model/play.ts";
import { StateLook, type StateLookOptions, UNLISTED_INACTIVE } from "./state-look.ts";

export interface ReconcileOptions extends StateLookOptions {
  /** Milliseconds a write may take to show in a read. */
  readonly settleMs: number;
  readonly now: () => number;
}

const FIRST_PAUSE_MS = 250;

/**
 * Reads back everything that carries our markers, page by page and group by group, and compares it with what was
 * acknowledged. What differs is read again until the settle time is over: a slow server is not a wrong one.
 */
export function* reconcile(options: ReconcileOptions): Playable<Reconciliation> {
  const startedAt = options.now();
  let earlierRequests = 0;
  let pause = FIRST_PAUSE_MS;
  let hasWaited = false;
  let documented = options.documented ?? {};
  while (true) {
    const lookedAt = options.now();
    const look = new StateLook({ ...options, documented });
    const problem = yield* look.everything();
    if (problem !== undefined) return { kind: "unknown", why: problem };
    const agrees = look.findings.isEmpty && !look.hasHalfMade;
    const isLast = agrees || lookedAt - startedAt >= options.settleMs;
    if (!isLast) {
      earlierRequests += look.requests;
      hasWaited = true;
      const { now } = yield { kind: "wait", ms: pause };
      pause = Math.min(pause * 2, Math.max(FIRST_PAUSE_MS, startedAt + options.settleMs - now));
      continue;
    }
    const doubt = yield* look.confirmLost();
    if (doubt === UNLISTED_INACTIVE) {
      earlierRequests += look.requests;
      documented = { ...documented, deactivatedMayBeGone: true };
      // It was not for what shows late that there were several looks.
      hasWaited = false;
      continue;
    }
    if (doubt !== undefined) return { kind: "unknown", why: doubt };
    yield* look.confirmHalfMade();
    const settled = agrees && hasWaited;
    return {
      kind: "done",
      counts: look.findings.counts,
      findings: look.findings.named,
      ...look.compared,
      ...(look.membersUntold === undefined ? {} : { membersUntold: look.membersUntold }),
      ...(settled ? { settledAfterMs: lookedAt - startedAt } : {}),
      requests: earlierRequests + look.requests,
      durationMs: options.now() - startedAt,
    };
  }
}
