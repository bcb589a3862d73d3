import {
  type Exchange,
  type Headers,
  NAMED_CREDENTIALS,
  type NamedCredential,
  type Outcome,
  type Request,
  type Silence,
} from "../model/exchange.ts";
import { mintedIn } from "../model/minted.ts";
import { Secret } from "../model/secret.ts";
import { AccessTokens, type AccessTokensOptions } from "./access-tokens.ts";
import { type Credential, credentialHeaders, type HeldCredential } from "./credential.ts";
import { NOT_BEGUN } from "./silence.ts";

/** Tokens beside the configured credential, for requests that ask for one by name. */
export type NamedTokens = Readonly<Partial<Record<NamedCredential, Secret>>>;

export interface KeyringOptions extends Omit<AccessTokensOptions, "onToken"> {
  readonly credential: Credential;
  readonly named?: NamedTokens;
  /** Told of every secret that comes up on the way, before anybody could see it. */
  readonly conceal: (secret: string) => void;
}

/** Knows which credential a request travels with, fetches access tokens, and keeps what an administrator was told. */
export class Keyring {
  readonly #options: KeyringOptions;
  readonly #tokens: AccessTokens | undefined;
  /** Access tokens that the server has taken at least once. */
  readonly #accepted = new WeakSet<Secret>();
  /** The token that an administrator's request told last. */
  #minted: Secret | undefined;

  /** @throws BadInput when a certificate or the proxy's address cannot be used */
  constructor(options: KeyringOptions) {
    const { credential, conceal } = options;
    this.#options = options;
    this.#tokens =
      credential.kind === "oauth"
        ? new AccessTokens(credential.client, { ...options, onToken: conceal })
        : undefined;
  }

  /** What the request is to travel with; a silence when there is no token to be had, or the signal is aborted. */
  async credentialFor({ credential: use }: Request, signal: AbortSignal): Promise<HeldCredential | Silence> {
    const { credential } = this.#options;
    if (credential.kind !== "oauth") return credential;
    if (this.#tokens === undefined || use === "none" || use === "wrong") return { kind: "none" };
    const got = await unlessAborted(this.#tokens.current(), signal);
    if (got === undefined) return NOT_BEGUN;
    return got.ok
      ? { kind: "bearer", token: got.token }
      : { kind: "silence", reason: "no-token", detail: got.why };
  }

  headersOf(request: Request, credential: HeldCredential): Headers {
    const minted = this.#minted === undefined ? {} : { minted: this.#minted };
    return withCredential(request, credential, { named: { ...this.#options.named, ...minted } });
  }

  /** Keeps the token that an administrator's request was told, and has it concealed. */
  keepMinted(request: Request, outcome: Outcome): void {
    const minted = mintedIn(request, outcome);
    if (minted === undefined) return;
    this.#minted = new Secret(minted);
    this.#options.conceal(minted);
  }

  /**
   * Whether the request has to be sent again with a new access token: one that was good and is no longer has ended
   * early, and that is no answer to the request. A first 401 is one.
   */
  hasEnded(credential: HeldCredential, { request, outcome }: Exchange): boolean {
    const isGiven = (request.credential ?? "given") === "given";
    if (this.#tokens === undefined || credential.kind !== "bearer" || !isGiven) return false;
    if (outcome.kind !== "answer" || outcome.status !== 401) {
      this.#accepted.add(credential.token);
      return false;
    }
    if (!this.#accepted.has(credential.token)) return false;
    this.#tokens.refused(credential.token);
    return true;
  }

  async close(): Promise<void> {
    await this.#tokens?.close();
  }
}

function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const leave = () => resolve(undefined);
    if (signal.aborted) return leave();
    signal.addEventListener("abort", leave, { once: true });
    void work.finally(() => signal.removeEventListener("abort", leave)).then(resolve, reject);
  });
}

/** A header that a scenario writes itself counts; the configured credential is not put beside it. */
export function withCredential(
  request: Request,
  credential: HeldCredential,
  { named }: { readonly named?: NamedTokens },
): Headers {
  const use = request.credential ?? "given";
  const name = NAMED_CREDENTIALS.find((one) => one === use);
  const added =
    name === undefined
      ? credentialHeaders(credential, use)
      : credentialHeaders(bearerOrNone(named?.[name]), "given");
  const written = new Set(request.headers.map(([name]) => name.toLowerCase()));
  return [...request.headers, ...added.filter(([name]) => !written.has(name.toLowerCase()))];
}

const bearerOrNone = (token: Secret | undefined): HeldCredential =>
  token === undefined ? { kind: "none" } : { kind: "bearer", token };

export const namedSecrets = ({ named = {} }: { readonly named?: NamedTokens }) =>
  Object.values(named).flatMap((secret) => (secret === undefined ? [] : [secret.reveal()]));
