import { checks } from "../../../src/checks/index.ts";
import { createPlays } from "../../../src/load/playing/create-plays.ts";
import type { Observer, Plays, PlaysSetup } from "../../../src/load/plays.ts";
import { OverSend } from "../../../src/load/wire/over-send.ts";
import { type Clock, seededRandom } from "../../../src/model/clock.ts";
import type { Exchange, Request, Send } from "../../../src/model/exchange.ts";
import type { Scenario } from "../../../src/model/scenario.ts";
import { actions } from "../../../src/okta/actions/index.ts";
import { speak } from "../../../src/okta/headers.ts";
import type { ReferenceServer } from "../../../src/reference-server/index.ts";
import { createReferenceServer, memorySend } from "../../../src/reference-server/index.ts";
import { loadBody } from "../../../src/scenarios/load-body.ts";
import { PEOPLE, RUN_ID, virtualClock } from "../conformance/bench.ts";

/** Everything the plays told, in order. */
export interface Told {
  readonly exchanged: Parameters<Observer["exchanged"]>[];
  readonly effects: Parameters<Observer["effect"]>[];
  readonly foundNothing: number[];
  readonly broken: { readonly operation: number; readonly claim: string }[];
  readonly shown: Exchange[];
  readonly judged: Parameters<Observer["judged"]>[];
  readonly throttled: Parameters<Observer["throttled"]>[];
  readonly resumed: Parameters<Observer["resumed"]>[];
  readonly gaveWay: string[];
  readonly ended: Parameters<Observer["ended"]>[];
}

export interface Stage {
  readonly plays: Plays;
  readonly told: Told;
  readonly clock: Clock;
  readonly sent: Request[];
  readonly server: ReferenceServer;
  readonly tell: Send;
  /** Starts plays and resolves when they have ended. */
  play(...plays: readonly { readonly scenario?: number; readonly sampled?: boolean }[]): Promise<void>;
}

export interface StageOptions {
  readonly mix: readonly Scenario[];
  readonly server?: ReferenceServer;
  readonly clock?: Clock;
  /** Stands between the plays and the server. */
  readonly way?: (send: Send) => Send;
  readonly setup?: Partial<PlaysSetup>;
}

export const TOKEN = "secret-token";

export const soundServer = (clock: Clock): ReferenceServer =>
  createReferenceServer({ clock, random: seededRandom(1), token: TOKEN });

/** Plays of a load over the reference server in memory, in virtual time. */
export function stage({
  mix,
  clock = virtualClock(),
  server = soundServer(clock),
  way,
  setup,
}: StageOptions): Stage {
  const told: Told = {
    exchanged: [],
    effects: [],
    foundNothing: [],
    broken: [],
    shown: [],
    judged: [],
    throttled: [],
    resumed: [],
    gaveWay: [],
    ended: [],
  };
  let left = 0;
  let allEnded: () => void = () => {};
  const observer: Observer = {
    exchanged: (...given) => told.exchanged.push(given),
    effect: (...given) => told.effects.push(given),
    isMember: () => true,
    isThere: () => true,
    foundNothing: (operation) => told.foundNothing.push(operation),
    broken: (operation, claim) => told.broken.push({ operation, claim }) > 0,
    shown: (_operation, _claim, exchange) => told.shown.push(exchange),
    judged: (...given) => told.judged.push(given),
    throttled: (...given) => told.throttled.push(given),
    resumed: (...given) => told.resumed.push(given),
    scanGaveWay: (_operation, why) => told.gaveWay.push(why),
    ended: (...given) => {
      told.ended.push(given);
      left -= 1;
      if (left === 0) allEnded();
    },
  };
  const tell = memorySend(server, clock);
  const sent: Request[] = [];
  const send: Send = async (request, signal) => {
    sent.push(request);
    return (way ?? ((one) => one))(tell)(request, signal);
  };
  const plays = createPlays({
    mix,
    observer,
    wire: new OverSend({ send, now: clock.now, epoch: 0, close: async () => {}, authority: "scim.test" }),
    given: new Map(),
    actions,
    checks,
    speak,
    people: PEOPLE,
    runId: RUN_ID,
    firstNumber: 1,
    ledger: { lease: () => {}, close: () => {} },
    random: seededRandom(1),
    oktaApp: "oin",
    userBody: loadBody("fixtures", "okta/user.json"),
    groupBody: loadBody("fixtures", "okta/group.json"),
    now: clock.now,
    clock,
    settleMs: 2_000,
    oktaTimeScale: 1,
    oktaWaits: false,
    ...setup,
  });
  let play = 0;
  return {
    plays,
    told,
    clock,
    sent,
    server,
    tell,
    play: (...given) =>
      new Promise((resolve) => {
        left = given.length;
        allEnded = resolve;
        for (const { scenario = 0, sampled = false } of given) {
          plays.start(play++, scenario, clock.now(), sampled);
        }
      }),
  };
}
