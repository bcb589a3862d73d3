import type { Answer, Exchange, Request, Send } from "../model/exchange.ts";
import type { RunReport } from "../model/report.ts";

/** One request to the sound server, and what came back. */
export interface Line {
  readonly request: Request;
  /** When it was sent, in milliseconds since the epoch of the trial's clock. */
  readonly at: number;
  readonly answer: Pick<Answer, "status" | "headers" | "body">;
  readonly waitMs: number;
}

/** A part of a run: what comes before everything, the making of the crowd, or one scenario. */
export interface Passage {
  readonly of: "preflight" | "crowd" | { readonly scenario: string };
  /** What verdicts rest on, in the order in which it was sent. */
  readonly asked: readonly Line[];
  /** Names of the server's operations that its answers rest on. */
  readonly reached: ReadonlySet<string>;
  /** The clean-up afterwards, which no verdict rests on. */
  readonly tidied: readonly Line[];
}

/** Everything that a run against the sound server said and heard, one scenario after another. */
export interface Transcript {
  readonly passages: readonly Passage[];
  readonly report: RunReport;
}

interface Open {
  readonly of: Passage["of"];
  readonly asked: (Line | undefined)[];
  readonly reached: Set<string>;
  readonly tidied: (Line | undefined)[];
}

/** Takes down a run while it goes on. Nothing may be sent for two scenarios at the same time. */
export class Stenographer {
  readonly #passages: Open[] = [];
  readonly #onPart: (part: number) => void;
  #isTidying = false;

  /** @param onPart told the number of each part before anything of it is sent */
  constructor(onPart: (part: number) => void) {
    this.#onPart = onPart;
    this.begin("preflight");
  }

  /** Whatever is sent from now on belongs to this part. */
  begin(of: Passage["of"]): void {
    this.#onPart(this.#passages.length);
    this.#passages.push({ of, asked: [], reached: new Set(), tidied: [] });
    this.#isTidying = false;
  }

  /** The server did this for what was sent last. */
  operation(name: string): void {
    if (!this.#isTidying) this.#passages.at(-1)?.reached.add(name);
  }

  /** What this part still sends removes what it made. */
  tidy(): void {
    this.#isTidying = true;
  }

  watching(send: Send): Send {
    return async (request, signal) => {
      const passage = this.#passages.at(-1);
      const lines = this.#isTidying ? passage?.tidied : passage?.asked;
      // Requests that travel together are answered in another order, perhaps, than they were sent.
      const place = (lines?.push(undefined) ?? 1) - 1;
      const exchange = await send(request, signal);
      if (lines !== undefined) lines[place] = lineOf(request, exchange);
      return exchange;
    };
  }

  transcript(report: RunReport): Transcript {
    const heard = (lines: readonly (Line | undefined)[]) => lines.flatMap((line) => line ?? []);
    return {
      report,
      passages: this.#passages.map(({ of, asked, reached, tidied }) => ({
        of,
        reached,
        asked: heard(asked),
        tidied: heard(tidied),
      })),
    };
  }
}

function lineOf(request: Request, { outcome, timing }: Exchange): Line | undefined {
  if (outcome.kind === "silence") return undefined;
  const { status, headers, body } = outcome;
  return { request, at: timing.startedAt, answer: { status, headers, body }, waitMs: timing.totalMs ?? 0 };
}
