import type { RunOptions } from "../config/options.ts";
import type { Clock } from "../model/clock.ts";
import { seededRandom } from "../model/clock.ts";
import type { DryRequest, DryRun } from "../model/dry-run.ts";
import type { Exchange, Headers, Send } from "../model/exchange.ts";
import { SECRET_MASK } from "../model/secret.ts";
import type { RenderOptions } from "../report/format.ts";
import { settingsOf } from "./defaults.ts";
import type { Library } from "./library.ts";
import { deviationsOf, libraryFor } from "./profile.ts";
import type { RunContext } from "./run.ts";
import { chooseTarget, type Target } from "./target.ts";
import { toolVersion } from "./tool.ts";
import { serverWith } from "./variations.ts";

/**
 * Finds out what a run would send without sending anything: the scenarios are played against a reference server in
 * memory, which stands in for the real one. Throws `BadInput` when the options cannot be used.
 */
export async function dryRun(options: RunOptions, context: RunContext = {}): Promise<DryRun> {
  const target = await chooseTarget(options, {
    isCi: context.isCi ?? false,
    hasProjectFile: context.hasProjectFile ?? false,
  });
  const library = await libraryFor(options, target.profile);
  const [{ concealPasswords }, { virtualClock }, { shown }] = await Promise.all([
    import("../http/index.ts"),
    import("../self-test/virtual-clock.ts"),
    credentialShown(options),
  ]);
  const clock = virtualClock(Date.now());
  const log = new RequestLog(target, shown, (body) => concealPasswords(body).text);
  const report = await playInMemory(options, context, { target, library, clock, log });
  const left = report.scenarios.filter(({ status }) => status === "skipped");
  return {
    target: target.report.url,
    requests: log.requests,
    left: left.map(({ id, why = "" }) => ({ scenario: id, why })),
  };
}

/** The requests as lines for a shell. */
export async function renderDryRun(dry: DryRun, options: RenderOptions = {}): Promise<string> {
  const { dryRunText } = await import("../report/dry-run.ts");
  return dryRunText(dry, options);
}

interface Stage {
  readonly target: Target;
  readonly library: Library;
  readonly clock: Clock;
  readonly log: RequestLog;
}

async function playInMemory(
  options: RunOptions,
  context: RunContext,
  { target, library, clock, log }: Stage,
) {
  const [{ runConformance }, { speak }, { noLedger }, { memorySend }] = await Promise.all([
    import("../conformance/run.ts"),
    import("../okta/headers.ts"),
    import("../ledger/file-ledger.ts"),
    import("../reference-server/index.ts"),
  ]);
  const { groupMembers } = target.facts;
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);
  const random = seededRandom(seed);
  const { server } = await serverWith([], {
    clock,
    random: seededRandom(1),
    token: "dry-run",
    ...(groupMembers === undefined ? {} : { maxGroupMembers: groupMembers }),
  });
  const { rate: _rate, ...settings } = settingsOf(options, target.facts, seed);
  return runConformance({
    ...library,
    speak,
    send: log.watching(memorySend(server, clock, { origin: log.origin })),
    clock,
    random,
    runId: context.runId ?? "dryrun",
    openLedger: () => noLedger,
    // One after the other, so that the list can be read.
    settings: { ...settings, concurrency: 1 },
    target: target.report,
    toolVersion: toolVersion(),
    notes: [],
    ...(target.profile === undefined ? {} : { documented: deviationsOf(target.profile) }),
    signal: context.signal ?? new AbortController().signal,
    onProgress: (progress) => {
      if (progress.kind === "playing") log.scenario = progress.scenario;
    },
  });
}

/** Writes down every request, with the real address, the way of the credential, and slots for what is issued. */
class RequestLog {
  readonly requests: DryRequest[] = [];
  scenario: string | undefined;
  readonly #base: string;
  readonly #credential: Headers;
  readonly #slots = new Map<string, string>();
  readonly #counts = { Users: 0, Groups: 0 };

  readonly #conceal: (body: string) => string;

  constructor(target: Target, credential: Headers, conceal: (body: string) => string) {
    this.#conceal = conceal;
    this.#base = target.report.kind === "embedded" ? "http://embedded.invalid" : target.report.url;
    this.#credential = credential;
  }

  get origin(): string {
    return new URL(this.#base).origin;
  }

  watching(send: Send): Send {
    return async (request, signal) => {
      const exchange = await send(request, signal);
      this.requests.push({
        ...(this.scenario === undefined ? {} : { scenario: this.scenario }),
        exchange: this.#toReal(exchange),
      });
      this.#issue(exchange);
      return exchange;
    };
  }

  #toReal(exchange: Exchange): Exchange {
    const { request } = exchange;
    const headers = request.headers.filter(([name]) => name.toLowerCase() !== "authorization");
    const isGiven = (request.credential ?? "given") === "given";
    const path = this.#slotted(request.path);
    const below = request.below === "host" ? this.origin : this.#base.replace(/\/+$/, "");
    return {
      ...exchange,
      url: `${below}${path}`,
      request: {
        ...request,
        path,
        headers: isGiven ? [...headers, ...this.#credential] : request.headers,
        ...(request.body === undefined ? {} : { body: this.#conceal(this.#slotted(request.body)) }),
      },
    };
  }

  #slotted(text: string): string {
    return text.replaceAll(/[0-9a-f]{22}/g, (id) => this.#slots.get(id) ?? id);
  }

  #issue({ request, outcome }: Exchange): void {
    const collection = /^\/(Users|Groups)$/.exec(request.path)?.[1] as "Users" | "Groups" | undefined;
    if (request.method !== "POST" || collection === undefined || outcome.kind !== "answer") return;
    const id = /"id":"([0-9a-f]{22})"/.exec(outcome.body)?.[1];
    if (id === undefined || this.#slots.has(id)) return;
    this.#counts[collection] += 1;
    this.#slots.set(id, `${collection === "Users" ? "USER" : "GROUP"}-${this.#counts[collection]}-ID`);
  }
}

/** The header that a request would carry its credential in, with a mask for the secret. */
async function credentialShown(options: RunOptions): Promise<{ readonly shown: Headers }> {
  const { credentialOf } = await import("./credential.ts");
  const found = await credentialOf(options, []);
  switch (found?.credential.kind) {
    case undefined:
    case "none":
      return { shown: [] };
    case "header":
      return { shown: [[found.credential.name, SECRET_MASK]] };
    case "raw-header":
      return { shown: [["Authorization", SECRET_MASK]] };
    case "basic":
      return { shown: [["Authorization", `Basic ${SECRET_MASK}`]] };
    case "bearer":
    case "oauth":
      return { shown: [["Authorization", `Bearer ${SECRET_MASK}`]] };
  }
}
