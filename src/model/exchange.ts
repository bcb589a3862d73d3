/** Header fields in the order they travel, letter case and repeats kept. */
export type Headers = readonly (readonly [name: string, value: string])[];

/**
 * Which credential a request travels with. The engine never sees a token: it says what kind of credential
 * a step needs, and the layer `http` puts the secret on the wire.
 * - `given`: the one the user configured, as Okta would send it.
 * - `none`: no Authorization header at all.
 * - `wrong`: the value Okta's published test uses, `non-token`.
 * - `doubled-bearer`: the right token behind `Bearer Bearer`.
 * - `lower-case-scheme`: the one the user configured, with the name of the scheme in lower case (`bearer …`).
 * - `expired`, `foreign`, `admin`: tokens that the user gave as named inputs beside it.
 * - `minted`: the token that an administrator's request told last; the run itself never sees it.
 */
export type CredentialUse =
  | "given"
  | "none"
  | "wrong"
  | "doubled-bearer"
  | "lower-case-scheme"
  | NamedCredential;

/** Tokens that a user may give beside the one that is tested, by the name of the input without `-token`. */
export const NAMED_CREDENTIALS = ["expired", "foreign", "admin", "minted"] as const;
export type NamedCredential = (typeof NAMED_CREDENTIALS)[number];

/** One HTTP request, before it is sent. */
export interface Request {
  readonly method: string;
  /** Path and query below the base URL, already percent-encoded, starting with `/`. */
  readonly path: string;
  /** `host`: the path stands below the root of the host, not below the base URL. */
  readonly below?: "host";
  readonly headers: Headers;
  /** Text, not a value: a scenario may send broken JSON on purpose. */
  readonly body?: string;
  /** `given` when absent. */
  readonly credential?: CredentialUse;
  /** Milliseconds the whole exchange may take; the sender's default (Okta's 60 s) when absent. */
  readonly timeoutMs?: number;
  /** A 429 is what this request is about: hand it over instead of waiting it out. */
  readonly showThrottling?: boolean;
  /** Ask for a connection that carried nothing before. */
  readonly freshConnection?: boolean;
}

/** What the server said. */
export interface Answer {
  readonly kind: "answer";
  readonly status: number;
  readonly headers: Headers;
  /** The body as text, after removing a content coding; U+FFFD stands for bytes that are not UTF-8. */
  readonly body: string;
  /** Not every byte of the body is UTF-8, which JSON on the wire has to be (RFC 8259 8.1). */
  readonly notUtf8?: true;
}

/**
 * Why no usable answer came. Two are not the server's doing: `aborted` (ended, or never begun, on this side) and
 * `no-token` (the token endpoint gave no access token, so nothing was sent to the server).
 */
export type SilenceReason =
  | "refused"
  | "unresolved"
  | "tls"
  | "timed-out"
  | "reset"
  | "malformed"
  | "too-large"
  | "aborted"
  | "no-token";

/** No usable answer came. */
export interface Silence {
  readonly kind: "silence";
  readonly reason: SilenceReason;
  /** One sentence for a person, without secrets. */
  readonly detail: string;
  /** What to do about it, where the reason alone does not tell. */
  readonly remedy?: string;
}

export type Outcome = Answer | Silence;

/** Whether an exchange came to nothing for a reason that says nothing of the server. */
export function isOwnSilence(outcome: Outcome): outcome is Silence {
  return outcome.kind === "silence" && (outcome.reason === "aborted" || outcome.reason === "no-token");
}

export interface Timing {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly firstByteMs?: number;
  readonly totalMs?: number;
}

/** A request as it was sent (secrets masked) and what came of it. */
export interface Exchange {
  readonly request: Request;
  /** The absolute URL the request went to. */
  readonly url: string;
  readonly outcome: Outcome;
  readonly timing: Timing;
}

/** Sends one request. Never throws for anything the network or the server does. */
export type Send = (request: Request, signal: AbortSignal) => Promise<Exchange>;

/** The first value of a header, compared without regard to letter case. */
export function headerValue(headers: Headers, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([key]) => key.toLowerCase() === wanted)?.[1];
}

/** What a body is labelled as in Content-Type: the media type in lower case, without its parameters. */
export function mediaTypeIn(headers: Headers): string | undefined {
  return headerValue(headers, "Content-Type")?.split(";")[0]?.trim().toLowerCase();
}

/** Whether a body is labelled as a web page. */
export const isWebPage = (headers: Headers) =>
  ["text/html", "application/xhtml+xml"].includes(mediaTypeIn(headers) ?? "");

/** Methods that may be sent twice without the second answer differing from the first. A second DELETE is answered 404. */
export const REPEATABLE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT"]);
