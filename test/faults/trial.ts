import { runConformance } from "../../src/conformance/run.ts";
import { createSend } from "../../src/http/index.ts";
import type { TrustOptions } from "../../src/http/trust.ts";
import type { OktaApp } from "../../src/model/behaviour.ts";
import { seededRandom } from "../../src/model/clock.ts";
import type { RunReport } from "../../src/model/report.ts";
import { Secret } from "../../src/model/secret.ts";
import { speak } from "../../src/okta/headers.ts";
import { createReferenceServer, listen } from "../../src/reference-server/index.ts";
import { settingsOf } from "../../src/wiring/defaults.ts";
import { type Library, loadLibrary } from "../../src/wiring/library.ts";
import { systemClock } from "../../src/wiring/system-clock.ts";
import { standInFront, type Way } from "./front.ts";
import { type Asked, type Decide, type FaultyProxy, faultyProxy } from "./proxy.ts";
import { StallClock } from "./stall-clock.ts";

export const TOKEN = "canary-token-7f3a9c51d2e8";

/** Milliseconds that one exchange may take: Okta's own limit. */
const OKTAS_LIMIT_MS = 60_000;

let library: Promise<Library> | undefined;

export interface TrialOptions {
  readonly scenarios: readonly string[];
  readonly decide: Decide;
  readonly timeoutMs?: number;
  /** The fault stalls: exchanges time out as soon as the server owes nothing else. */
  readonly stalls?: boolean;
  readonly deadlineMs?: number;
  readonly largeGroup?: number;
  readonly app?: OktaApp;
  /** The base URL under test; the proxy's when absent. */
  readonly baseUrl?: URL;
  readonly trust?: TrustOptions;
  /** What stands in front of the proxy that strikes; nothing when absent. */
  readonly way?: Way;
  /** The server dies at this request: it breaks every connection off and accepts no more. */
  readonly diesAt?: number;
  readonly signal?: AbortSignal;
}

export interface Tried {
  readonly report: RunReport;
  readonly asked: readonly Asked[];
  /** How many requests a fault struck. */
  readonly struck: number;
  /** Milliseconds from the start of the run to its report. */
  readonly tookMs: number;
  /** What is left on the sound server behind the proxy. */
  readonly left: { readonly users: number; readonly groups: number };
  /** Connections that the client still holds after it was closed. */
  readonly openConnections: number;
}

/** One run against a sound server behind a proxy that strikes some of its answers, all over real sockets. */
export async function tryRun(options: TrialOptions): Promise<Tried> {
  library ??= loadLibrary();
  // Reading it takes seconds, once, and is no part of any run.
  const known = await library;
  const server = createReferenceServer({ clock: systemClock(), random: seededRandom(1), token: TOKEN });
  const behind = await listen(server);
  let asked = 0;
  const proxy: FaultyProxy = await faultyProxy(Number(new URL(behind.url).port), (one) => {
    asked += 1;
    return asked === options.diesAt ? () => proxy.die() : options.decide(one);
  });
  const clock = new StallClock(() => options.stalls === true && proxy.isStuck());
  const front = options.way === undefined ? undefined : await standInFront(options.way, proxy.port);
  const baseUrl = options.baseUrl ?? front?.baseUrl ?? new URL(`http://127.0.0.1:${proxy.port}/scim/v2`);
  const sender = createSend({
    baseUrl,
    credential: { kind: "bearer", token: new Secret(TOKEN) },
    clock,
    timeoutMs: options.timeoutMs ?? OKTAS_LIMIT_MS,
    connectTimeoutMs: options.timeoutMs ?? OKTAS_LIMIT_MS,
    maxBodyBytes: 20_000_000,
    ...options.trust,
    ...front?.options,
  });
  const startedAt = performance.now();
  try {
    const report = await runConformance({
      ...known,
      speak,
      send: sender.send,
      clock,
      random: seededRandom(7),
      openLedger: () => ({ lease: () => {}, close: () => {} }),
      runId: Math.random().toString(36).slice(2, 8).padEnd(6, "x"),
      settings: {
        ...settingsOf(
          {
            largeGroup: options.largeGroup ?? 2,
            burst: 6,
            settle: 120,
            concurrency: 2,
            ...(options.app === undefined ? {} : { oktaApp: options.app }),
          },
          { kind: "remote", isLoopback: true },
          1,
        ),
        onlyScenarios: options.scenarios,
        ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
      },
      target: { url: baseUrl.href, kind: "remote" },
      toolVersion: "0.0.0",
      notes: [],
      signal: options.signal ?? new AbortController().signal,
    });
    const tookMs = performance.now() - startedAt;
    await sender.close();
    // The other side sees the end of a connection a moment later.
    for (let look = 0; look < 100 && proxy.open() > 0; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return {
      report,
      asked: proxy.asked,
      struck: proxy.struck(),
      tookMs,
      left: server.counts(),
      openConnections: proxy.open(),
    };
  } finally {
    clock.stop();
    await sender.close();
    await front?.close();
    await proxy.close();
    await behind.close();
  }
}
