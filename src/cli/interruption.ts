import type { Host } from "./host.ts";

export interface Interruption {
  /** Aborted by the first Ctrl-C, or SIGTERM: nothing new is begun, and what was made is removed. */
  readonly run: AbortSignal;
  /** Aborted by the second: the removing stops too. */
  readonly cleanUp: AbortSignal;
  stop(): void;
}

/** Listens for Ctrl-C until `stop` is called. */
export function interruptible(host: Host, sentence: string): Interruption {
  const runs = new AbortController();
  const cleansUp = new AbortController();
  const onSignal = () => {
    if (runs.signal.aborted) return cleansUp.abort();
    host.stderr.write(`${sentence}\n`);
    runs.abort();
  };
  host.on("SIGINT", onSignal);
  host.on("SIGTERM", onSignal);
  return {
    run: runs.signal,
    cleanUp: cleansUp.signal,
    stop: () => {
      host.off("SIGINT", onSignal);
      host.off("SIGTERM", onSignal);
    },
  };
}
