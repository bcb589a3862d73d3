import type { Clock, Random } from "../model/clock.ts";
import { seededRandom } from "../model/clock.ts";
import type { Headers, Request } from "../model/exchange.ts";
import type { Line, Transcript } from "./transcript.ts";

/** Asks a server at once, and tells what it answers and how long it takes. */
export type Ask = (request: Request) => {
  readonly response: Line["answer"];
  readonly waitMs: number;
};

/** Time that stands wherever it is set. */
export interface SetClock extends Clock {
  set(now: number): void;
}

export function setClock(): SetClock {
  let now = 0;
  return {
    now: () => now,
    set: (to) => {
      now = to;
    },
    sleep: async () => {},
  };
}

/** Chance that begins anew with each part of a run, so that no part's ids depend on what came before it. */
export interface RestartedRandom extends Random {
  restart(part: number): void;
}

export function restartedRandom(seed: number): RestartedRandom {
  let random = seededRandom(seed);
  return {
    next: () => random.next(),
    restart: (part) => {
      random = seededRandom(seed + Math.imul(part + 1, 0x9e3779b1));
    },
  };
}

/** After so many scenarios that all went otherwise, the next one will too. */
const ENOUGH = 20;

export interface Retraced {
  /** The scenarios whose plays would not see what they see on the sound server; `all` when a run would not even begin alike. */
  readonly otherwise: ReadonlySet<string> | "all";
  readonly requests: number;
}

/**
 * Asks another server what the sound one was asked, request by request. A play is a function of what it is answered: a
 * server that gives each request of a play the same answer to the byte, after the same time, gets the same verdicts.
 * One difference is enough: then the scenario has to be played. A scenario for which the sound server did nothing that
 * the other one does otherwise is not even asked; whatever it made was removed again, so that the next one begins alike.
 */
export function retrace(
  { passages }: Transcript,
  isWanted: (scenario: string) => boolean,
  needsCrowd: ReadonlySet<string>,
  server: {
    readonly ask: Ask;
    readonly clock: SetClock;
    readonly random: RestartedRandom;
    /** The operations through which alone it can answer otherwise; any, if absent. */
    readonly touches?: readonly string[];
  },
): Retraced {
  const otherwise = new Set<string>();
  let requests = 0;
  let isCrowdAlike = true;
  let alike = 0;
  const isAlike = (line: Line): boolean => {
    server.clock.set(line.at);
    requests += 1;
    const { response, waitMs } = server.ask(line.request);
    return waitMs === line.waitMs && sameAnswer(response, line.answer);
  };
  const { touches } = server;
  for (const [part, { of, asked, reached, tidied }] of passages.entries()) {
    server.random.restart(part);
    if (of === "preflight") {
      if (!asked.every(isAlike)) return { otherwise: "all", requests };
    } else if (of === "crowd") {
      // The whole crowd is made, whatever becomes of it: it stands in every list.
      isCrowdAlike = asked.map(isAlike).every((alike) => alike);
    } else if (isWanted(of.scenario)) {
      const isLost = needsCrowd.has(of.scenario) && !isCrowdAlike;
      if (isLost) otherwise.add(of.scenario);
      else if (touches?.some((name) => reached.has(name)) === false) continue;
      else {
        if (!asked.every(isAlike)) otherwise.add(of.scenario);
        for (const line of tidied) isAlike(line);
      }
      alike += otherwise.has(of.scenario) ? 0 : 1;
      if (alike === 0 && otherwise.size === ENOUGH) return { otherwise: "all", requests };
    }
  }
  return { otherwise, requests };
}

function sameAnswer(one: Line["answer"], other: Line["answer"]): boolean {
  return one.status === other.status && one.body === other.body && sameHeaders(one.headers, other.headers);
}

const sameHeaders = (some: Headers, others: Headers) =>
  some.length === others.length &&
  some.every(([name, value], index) => name === others[index]?.[0] && value === others[index]?.[1]);
