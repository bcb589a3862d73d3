import { setMaxListeners } from "node:events";
import type { Clock } from "../model/clock.ts";
import type { Exchange, Request, Send, Silence } from "../model/exchange.ts";
import { LEFT_ALONE, type Memory } from "../model/memory.ts";
import { BadInput } from "../model/problem.ts";
import { Asker } from "./asker.ts";
import type { WireRequest } from "./attempt.ts";
import { connector } from "./connection.ts";
import { Connections } from "./connections.ts";
import { type Credential, type HeldCredential, secretsOf } from "./credential.ts";
import { Keyring, type NamedTokens, namedSecrets } from "./keyring.ts";
import { proxySecrets } from "./proxy.ts";
import { type Recorder, recorder } from "./redact.ts";
import type { TrustOptions } from "./trust.ts";

export interface SendOptions extends TrustOptions {
  /** What requests are sent below; its credentials, query and fragment are not used. See `parseBaseUrl`. */
  readonly baseUrl: URL;
  readonly credential: Credential;
  /** Tokens beside it, for requests that ask for one by name. */
  readonly named?: NamedTokens;
  /** Deadlines and timings are taken from it. */
  readonly clock: Clock;
  /** Milliseconds for a whole exchange, 60 000 (Okta's) unless given. A request may ask for another number. */
  readonly timeoutMs?: number;
  /** Milliseconds until a connection has to stand, 15 000 unless given. */
  readonly connectTimeoutMs?: number;
  /** Bytes of an answer's body, counted before and after inflating; 20 MB unless given. */
  readonly maxBodyBytes?: number;
  /** Bytes of all headers of an answer together; 64 KiB unless given. */
  readonly maxHeaderBytes?: number;
  /** URL of a proxy, or `from-environment` for HTTP_PROXY, HTTPS_PROXY and NO_PROXY. No proxy unless given. */
  readonly proxy?: string;
  /** To be freed while large bodies come; left to the engine unless given. */
  readonly memory?: Memory;
  /** Connections open at once; further exchanges wait for a free one. No limit unless given. */
  readonly connections?: number;
}

export interface Sender {
  readonly send: Send;
  /** Ends what is under way as `aborted`, and resolves when every socket is closed. */
  close(): Promise<void>;
}

/**
 * Opens the way to a server. `send` never rejects: what the network does comes back as a silence, and what it hands
 * back holds no secret.
 * @throws BadInput when a certificate, a key or the proxy's address cannot be used
 */
export function createSend(options: SendOptions): Sender {
  const wire = new Wire(options);
  return {
    send: (request, signal) => wire.exchange(request, signal),
    close: () => wire.close(),
  };
}

class Wire {
  readonly #options: SendOptions;
  readonly #basePath: string;
  readonly #connections: Connections;
  readonly #asker: Asker;
  readonly #recorder: Recorder;
  readonly #keyring: Keyring;
  readonly #closed = new AbortController();
  readonly #combined = new WeakMap<AbortSignal, AbortSignal>();
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(options: SendOptions) {
    const { baseUrl, credential, proxy, named, clock } = options;
    this.#options = options;
    this.#basePath = baseUrl.pathname.replace(/\/+$/, "");
    const way = {
      trust: options,
      connectTimeoutMs: options.connectTimeoutMs ?? 15_000,
      maxHeaderBytes: options.maxHeaderBytes ?? 65_536,
      ...(proxy === undefined ? {} : { proxy }),
    };
    const open = connector({ origin: baseUrl.origin, ...way });
    this.#connections = withReadableProxy(() => new Connections(open, options.connections ?? Infinity));
    this.#recorder = recorder(
      [...secretsOf(credential), ...namedSecrets(options), ...proxySecrets(proxy), ...passphraseOf(options)],
      credential.kind === "header" ? credential.name : undefined,
    );
    this.#keyring = new Keyring({
      ...way,
      clock,
      credential,
      timeoutMs: options.timeoutMs ?? 60_000,
      conceal: (secret) => this.#recorder.conceal(secret),
      ...(named === undefined ? {} : { named }),
    });
    this.#asker = new Asker(this.#connections, {
      clock,
      ...hostAndPort(baseUrl),
      connectTimeoutMs: way.connectTimeoutMs,
      maxBodyBytes: options.maxBodyBytes ?? 20_000_000,
      memory: options.memory ?? LEFT_ALONE,
    });
  }

  exchange(request: Request, callersSignal: AbortSignal): Promise<Exchange> {
    const signal = this.#eitherOf(callersSignal);
    const running = this.#exchange(request, signal).finally(() => this.#underWay.delete(running));
    this.#underWay.add(running);
    return running;
  }

  // One combined signal serves every exchange of a caller: making one costs more than sending a small request.
  #eitherOf(callersSignal: AbortSignal): AbortSignal {
    const known = this.#combined.get(callersSignal);
    if (known !== undefined) return known;
    const combined = AbortSignal.any([callersSignal, this.#closed.signal]);
    // As many exchanges listen as are under way; a burst is no leak.
    setMaxListeners(0, combined);
    this.#combined.set(callersSignal, combined);
    return combined;
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await Promise.all(this.#underWay);
    this.#asker.stop();
    await Promise.all([this.#connections.close(), this.#keyring.close()]);
  }

  async #exchange(request: Request, signal: AbortSignal): Promise<Exchange> {
    const held = await this.#keyring.credentialFor(request, signal);
    if (held.kind === "silence") return this.#unsent(request, held);
    const exchange = await this.#exchangeAs(held, request, signal);
    if (!this.#keyring.hasEnded(held, exchange)) return exchange;
    const renewed = await this.#keyring.credentialFor(request, signal);
    return renewed.kind === "silence"
      ? this.#unsent(request, renewed)
      : this.#exchangeAs(renewed, request, signal);
  }

  #unsent(request: Request, outcome: Silence): Exchange {
    const { baseUrl, clock } = this.#options;
    const url = baseUrl.origin + this.#basePath + request.path;
    return this.#recorder.record({ request, url, outcome, timing: { startedAt: clock.now() } });
  }

  async #exchangeAs(credential: HeldCredential, request: Request, signal: AbortSignal): Promise<Exchange> {
    const { baseUrl, timeoutMs } = this.#options;
    const headers = this.#keyring.headersOf(request, credential);
    const wireRequest: WireRequest = {
      origin: baseUrl.origin,
      path: request.below === "host" ? request.path : this.#basePath + request.path,
      method: request.method,
      headers,
      ...(request.body === undefined ? {} : { body: request.body }),
    };
    const asked = {
      fresh: request.freshConnection === true,
      patienceMs: request.timeoutMs ?? timeoutMs ?? 60_000,
    };
    const { outcome, ...timing } = await this.#asker.ask(wireRequest, asked, signal);
    this.#keyring.keepMinted(request, outcome);
    const url = baseUrl.origin + wireRequest.path;
    return this.#recorder.record({ request: { ...request, headers }, url, outcome, timing });
  }
}

function hostAndPort({ hostname, port, protocol }: URL): { readonly host: string; readonly port: number } {
  return { host: hostname, port: port === "" ? (protocol === "https:" ? 443 : 80) : Number(port) };
}

/** It never travels, but somebody may have used one password for two things. */
const passphraseOf = ({ clientCertificate }: TrustOptions) =>
  clientCertificate?.passphrase === undefined ? [] : [clientCertificate.passphrase.reveal()];

function withReadableProxy<Made>(make: () => Made): Made {
  try {
    return make();
  } catch {
    // The cause is left out: it quotes the address, and the address may hold a password.
    throw new BadInput([
      {
        place: { file: "proxy" },
        what: "The address of the proxy cannot be used.",
        next: "Write it as http://host:port.",
      },
    ]);
  }
}
