import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  clientCredentialsGrantRequest,
  customFetch,
  processClientCredentialsResponse,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from "oauth4webapi";
import { fetch } from "undici";
import type { Clock } from "../model/clock.ts";
import { Secret } from "../model/secret.ts";
import { type Connection, connector } from "./connection.ts";
import { silenceOf } from "./silence.ts";
import type { TrustOptions } from "./trust.ts";

/** An OAuth 2.0 client that asks for access tokens of its own: the client credentials grant (RFC 6749 4.4). */
export interface ClientCredentials {
  readonly tokenUrl: URL;
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly scope?: string;
  /** How the client shows who it is: in a Basic header, or in the body of the request. */
  readonly clientAuth: "basic" | "post";
}

export interface AccessTokensOptions {
  readonly trust: TrustOptions;
  readonly proxy?: string;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly maxHeaderBytes: number;
  /** Told every token before it is used, so that it can be kept out of reports. */
  readonly onToken: (token: string) => void;
}

export type TokenOutcome =
  | { readonly ok: true; readonly token: Secret }
  | { readonly ok: false; readonly why: string };

interface Held {
  readonly token: Secret;
  /** Milliseconds since the epoch; absent when the endpoint did not say. */
  readonly renewAt?: number;
}

/** A token is renewed when a tenth of its life is left, at most a minute before it ends. */
const LATEST_RENEWAL_MS = 60_000;

/** Asks the token endpoint when a token is needed, keeps it while it lasts, and asks once for all who wait. */
export class AccessTokens {
  readonly #client: ClientCredentials;
  readonly #options: AccessTokensOptions;
  readonly #connection: Connection;
  #held: Held | undefined;
  #asking: Promise<TokenOutcome> | undefined;

  /** @throws BadInput when a certificate or the proxy's address cannot be used */
  constructor(client: ClientCredentials, options: AccessTokensOptions) {
    this.#client = client;
    this.#options = options;
    const { trust, proxy, connectTimeoutMs, maxHeaderBytes } = options;
    this.#connection = connector({
      origin: client.tokenUrl.origin,
      trust,
      connectTimeoutMs,
      maxHeaderBytes,
      ...(proxy === undefined ? {} : { proxy }),
    })();
  }

  async current(): Promise<TokenOutcome> {
    const { clock } = this.#options;
    if (this.#held !== undefined && clock.now() < (this.#held.renewAt ?? Number.POSITIVE_INFINITY)) {
      return { ok: true, token: this.#held.token };
    }
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /** The server no longer takes this token: the next one asked for is another. */
  refused(token: Secret): void {
    if (this.#held?.token === token) this.#held = undefined;
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  async #ask(): Promise<TokenOutcome> {
    const { clock, onToken } = this.#options;
    const askedAt = clock.now();
    try {
      const answer = await this.#grant();
      const { access_token: text, expires_in: seconds } = answer;
      onToken(text);
      const token = new Secret(text);
      const life = seconds === undefined ? undefined : seconds * 1_000;
      const spare = life === undefined ? 0 : Math.min(life / 10, LATEST_RENEWAL_MS);
      this.#held = { token, ...(life === undefined ? {} : { renewAt: askedAt + life - spare }) };
      return { ok: true, token };
    } catch (problem) {
      return { ok: false, why: this.#words(problem) };
    }
  }

  async #grant() {
    const { tokenUrl, clientId, clientSecret, scope, clientAuth } = this.#client;
    const server = { issuer: tokenUrl.origin, token_endpoint: tokenUrl.href };
    const client = { client_id: clientId };
    const authenticate = clientAuth === "post" ? ClientSecretPost : ClientSecretBasic;
    const response = await clientCredentialsGrantRequest(
      server,
      client,
      authenticate(clientSecret.reveal()),
      scope === undefined ? {} : { scope },
      {
        // What may be unencrypted is decided where the options are read.
        [allowInsecureRequests]: true,
        [customFetch]: (url: string, init: object) =>
          fetch(url, { ...init, dispatcher: this.#connection.dispatcher }) as unknown as Promise<Response>,
        signal: AbortSignal.timeout(this.#options.timeoutMs),
      },
    );
    return processClientCredentialsResponse(server, client, response);
  }

  /** What went wrong, as a sentence. It may quote the endpoint, so secrets are still to be taken out of it. */
  #words(problem: unknown): string {
    const { hostname, host, protocol, port: given } = this.#client.tokenUrl;
    const where = `The token endpoint at ${host}`;
    if (problem instanceof ResponseBodyError) {
      const described = problem.error_description === undefined ? "" : `: ${problem.error_description}`;
      return `${where} answered ${problem.status} (${problem.error}${described}).`;
    }
    if (problem instanceof WWWAuthenticateChallengeError) {
      return `${where} answered ${problem.status}: it does not accept the client's id and secret.`;
    }
    if (!(problem instanceof Error)) return `${where} gave no access token.`;
    if (problem.name === "TimeoutError") {
      return `${where} did not answer within ${this.#options.timeoutMs} ms.`;
    }
    if (problem.cause instanceof Error && problem.message === "fetch failed") {
      const port = given === "" ? (protocol === "https:" ? 443 : 80) : Number(given);
      const failure = { error: problem.cause, phase: "connecting", bodyBytes: 0, reused: false } as const;
      const { certificate } = this.#connection;
      return `${where} was not reached. ${silenceOf(failure, { host: hostname, port, certificate }).detail}`;
    }
    const status = (problem.cause as { readonly status?: unknown } | undefined)?.status;
    return typeof status === "number"
      ? `${where} answered ${status}, and not with an access token.`
      : `${where} gave no access token that can be used: ${problem.message}.`;
  }
}
