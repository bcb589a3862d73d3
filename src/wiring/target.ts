import type { RunOptions } from "../config/options.ts";
import { unusableTimes } from "../config/times.ts";
import type { Credential } from "../http/index.ts";
import type { Clock } from "../model/clock.ts";
import type { Send } from "../model/exchange.ts";
import type { Memory } from "../model/memory.ts";
import { BadInput, type Problem } from "../model/problem.ts";
import type { RunReport } from "../model/report.ts";
import type { TargetProfile } from "../model/target.ts";
import { limitOf, ratesOf } from "../model/target.ts";
import { credentialOf } from "./credential.ts";
import type { TargetFacts } from "./defaults.ts";
import type { ApartSettings, EmbeddedServer } from "./embedded-server.ts";
import { inputsOfReferenceServer, readInputs } from "./inputs.ts";
import type { LoadWay, LoadWaySettings } from "./load-way.ts";
import { nodeMemory } from "./memory.ts";
import { profileNamed } from "./profile.ts";
import { NOT_VERIFIED, trustOf } from "./trust.ts";
import { type VariationNames, variationsNamed } from "./variations.ts";

/** The server under test, chosen but not yet spoken to. */
export interface Target {
  readonly facts: TargetFacts;
  /** Host, with the port where the URL names one. */
  readonly host: string;
  readonly report: RunReport["target"];
  /** What the user should know, for example that the token travels unencrypted. */
  readonly notes: readonly string[];
  readonly profile?: TargetProfile;
  /** What scenarios are given by name, tokens taken out. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Why a load cannot reach it over HTTP/2; absent when it can be tried. */
  readonly noHttp2Because?: string;
  /** Whether requests go through a proxy that the environment names. */
  readonly isProxied: boolean;
  /** Opens the way to the server; nothing is sent before. */
  open(clock: Clock, way?: Way): Promise<OpenTarget>;
}

export interface Way {
  /** The embedded server is started in a thread of its own, so that its work is not taken for ours. */
  readonly isMeasured?: boolean;
  /** Single requests go over HTTP/2 too; see `noHttp2Because`. */
  readonly http2?: boolean;
}

export interface OpenTarget {
  readonly send: Send;
  /** What `send` frees while large answers come; absent for the embedded server, whose answers are small. */
  readonly memory?: Memory;
  /** The base URL, known only now for the embedded server. */
  readonly url: string;
  /** Everything is gone when it closes: nothing has to be put on record. */
  readonly isForgetful: boolean;
  /** Options by which another thread reaches the same server. */
  readonly reach: Pick<RunOptions, "url" | "token" | "embedded">;
  /** The way of a load to it, with so many connections, or over one connection of HTTP/2. */
  wire(connections: number, http2: boolean): Promise<LoadWay>;
  close(): Promise<void>;
}

/** Facts about where scim-check runs that decide whether the embedded server may be the default. */
export interface Surroundings {
  /** Whether `CI` is set. */
  readonly isCi: boolean;
  readonly hasProjectFile: boolean;
}

/** Says which server is tested, or every reason why that is in doubt. Throws `BadInput`; sends nothing. */
export async function chooseTarget(options: RunOptions, surroundings: Surroundings): Promise<Target> {
  const times = unusableTimes(options);
  if (times.length > 0) throw new BadInput(times);
  const profile = options.target === undefined ? undefined : await profileNamed(options.target);
  const embedded = options.embedded === true || (options.url === undefined && isDesk(surroundings));
  if (embedded && options.url !== undefined) {
    throw bad("--embedded", "The embedded server and a URL cannot both be tested.", "Leave one of them out.");
  }
  const { defect = [], quirk = [] } = options;
  if (embedded) {
    await variationsNamed({ defect, quirk });
    return embeddedTarget(profile, options, { defect, quirk });
  }
  if (defect.length + quirk.length > 0) {
    throw bad("--defect, --quirk", "Only the embedded server can be given these.", "Add --embedded.");
  }
  if (options.url === undefined) {
    throw bad(
      "--url",
      "No server is named.",
      "Give --url or SCIM_URL, or --embedded to test the embedded reference server.",
    );
  }
  return remoteTarget(options, options.url, profile);
}

const isDesk = ({ isCi, hasProjectFile }: Surroundings) => !isCi && !hasProjectFile;

const bad = (file: string, what: string, next?: string) =>
  new BadInput([{ place: { file }, what, ...(next === undefined ? {} : { next }) }]);

function factsOf(
  kind: TargetFacts["kind"],
  isLoopback: boolean,
  profile: TargetProfile | undefined,
): TargetFacts {
  const groupMembers = limitOf(profile, "group-members");
  const requestsPerSecond = limitOf(profile, "requests-per-second");
  return {
    kind,
    isLoopback,
    rates: ratesOf(profile),
    ...(groupMembers === undefined ? {} : { groupMembers }),
    ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
  };
}

async function embeddedTarget(
  profile: TargetProfile | undefined,
  { target, input }: RunOptions,
  { defect, quirk }: Required<VariationNames>,
): Promise<Target> {
  // Its token is chosen here, because what else it takes by name depends on it.
  const { randomBytes } = await import("node:crypto");
  const token = randomBytes(24).toString("base64url");
  const inputs = readInputs({ ...(await inputsOfReferenceServer(profile, token)), ...input });
  return {
    inputs: inputs.values,
    facts: factsOf("embedded", true, profile),
    host: "embedded",
    report: { url: "embedded", kind: "embedded", ...(profile === undefined ? {} : { profile: profile.id }) },
    notes: [
      ...defect.map((name) => `The embedded server was told to do this wrong: ${name} (--defect).`),
      ...quirk.map((name) => `The embedded server was given this permitted peculiarity: ${name} (--quirk).`),
    ],
    ...(profile === undefined ? {} : { profile }),
    noHttp2Because: "The embedded server speaks HTTP/1.1 alone.",
    isProxied: false,
    open: async (clock, { isMeasured = false } = {}) => {
      const [{ createSend }, { Secret }] = await Promise.all([
        import("../http/index.ts"),
        import("../model/secret.ts"),
      ]);
      const settings = { token, defect, quirk, ...(target === undefined ? {} : { target }) };
      const server = await startEmbedded(settings, isMeasured);
      const baseUrl = new URL(server.url);
      const credential = { kind: "bearer" as const, token: new Secret(server.token ?? "") };
      const sender = createSend({
        baseUrl,
        credential,
        clock,
        named: inputs.tokens,
      });
      return {
        send: sender.send,
        url: server.url,
        isForgetful: true,
        reach: { url: server.url, token: server.token ?? "", embedded: false },
        wire: (connections, http2) =>
          wayTo({ baseUrl, credential, trust: {}, connections, http2, send: sender.send }),
        close: async () => {
          await sender.close();
          await server.close();
        },
      };
    },
  };
}

async function startEmbedded(settings: ApartSettings, isMeasured: boolean): Promise<EmbeddedServer> {
  if (!isMeasured) return (await import("./reference-server.ts")).startReferenceServer(settings);
  return (await import("./embedded-server.ts")).startEmbeddedServer(settings);
}

async function remoteTarget(
  options: RunOptions,
  url: string,
  profile: TargetProfile | undefined,
): Promise<Target> {
  const { parseBaseUrl, isLoopback, isProxied, createSend } = await import("../http/index.ts");
  const problems: Problem[] = [];
  const base = parseBaseUrl(url);
  if (!base.ok) problems.push({ place: { file: "--url" }, what: base.problem });
  const credential = await credentialOf(options, problems);
  const trust = trustOf(options, problems);
  if (problems.length > 0 || !base.ok || credential === undefined) throw new BadInput(problems);
  const insecure = options.insecure === true ? [NOT_VERIFIED] : [];
  const inputs = readInputs(options.input);
  const proxied = isProxied(base.url);
  const noHttp2Because = refusalOfHttp2(base.url, credential.credential, proxied);
  return {
    inputs: inputs.values,
    facts: factsOf("remote", isLoopback(base.url.hostname), profile),
    host: base.url.host,
    report: {
      url: base.url.href.replace(/\/$/, ""),
      kind: "remote",
      ...(profile === undefined ? {} : { profile: profile.id }),
    },
    notes: [...insecure, ...base.notes, ...credential.notes],
    ...(profile === undefined ? {} : { profile }),
    ...(noHttp2Because === undefined ? {} : { noHttp2Because }),
    isProxied: proxied,
    open: async (clock, { http2: isHttp2 = false } = {}) => {
      const memory = nodeMemory();
      const timeout = options.timeout === undefined ? {} : { timeoutMs: options.timeout };
      const sender = createSend({
        memory,
        baseUrl: base.url,
        credential: credential.credential,
        named: inputs.tokens,
        clock,
        proxy: "from-environment",
        ...timeout,
        ...trust,
      });
      const wayOf = (connections: number, http2: boolean) =>
        wayTo({
          http2,
          baseUrl: base.url,
          credential: credential.credential,
          trust,
          connections,
          send: sender.send,
          ...timeout,
        });
      const single = isHttp2 ? await overOneWire(wayOf(1, true)) : sender;
      return {
        send: single.send,
        memory,
        url: base.url.href,
        isForgetful: false,
        reach: {},
        wire: wayOf,
        close: async () => {
          await Promise.all([...new Set([sender, single])].map((one) => one.close()));
        },
      };
    },
  };
}

function refusalOfHttp2({ protocol }: URL, { kind }: Credential, isProxied: boolean): string | undefined {
  if (protocol === "http:") return "HTTP/2 is agreed on while a TLS connection is made, and this is http.";
  if (isProxied) return "A load over HTTP/2 does not go through a proxy.";
  if (kind === "oauth") return "A load over HTTP/2 cannot renew an access token while it goes on.";
  return undefined;
}

async function wayTo(settings: LoadWaySettings): Promise<LoadWay> {
  const { loadWay } = await import("./load-way.ts");
  return loadWay(settings);
}

/** One request at a time, over the same kind of connection as a load's. */
async function overOneWire(way: Promise<LoadWay>): Promise<Pick<OpenTarget, "send" | "close">> {
  const [{ wire }, { sendOver }] = await Promise.all([way, import("../load/wire/send-over.ts")]);
  return { send: sendOver(wire), close: () => wire.close() };
}
