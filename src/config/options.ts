import type { OktaApp } from "../model/behaviour.ts";

/**
 * How to reach a server and be let in. Secrets come from the environment, from files or from a program; no flag and
 * no key of scim-check.yaml takes one.
 */
export interface ConnectionOptions {
  /** Base URL of the SCIM endpoint, for example `https://staging.example.com/scim/v2`. */
  readonly url?: string;
  /** Bearer token, `user:password` or header value, see `auth`. A leading `Bearer ` is taken off: Okta adds it itself. */
  readonly token?: string;
  readonly tokenFile?: string;
  /**
   * `bearer` (default); `header`: the Authorization header (or the one `authHeader` names) is the token exactly as it
   * is; `basic`; `oauth`: a token endpoint is asked for access tokens.
   */
  readonly auth?: "bearer" | "header" | "basic" | "oauth";
  /** A header other than Authorization that takes the token, for example `X-Api-Key`. */
  readonly authHeader?: string;
  readonly noAuth?: boolean;
  /** OAuth 2.0 client credentials: the token endpoint, and who asks it. */
  readonly oauthTokenUrl?: string;
  readonly oauthClientId?: string;
  readonly oauthClientSecret?: string;
  readonly oauthClientSecretFile?: string;
  readonly oauthScope?: string;
  /** Whether the client shows its secret in a Basic header (default) or in the body. */
  readonly oauthClientAuth?: "basic" | "post";
  /** Files with the client's certificate and key in PEM form, or with both as PKCS#12. */
  readonly clientCert?: string;
  readonly clientKey?: string;
  readonly clientPfx?: string;
  readonly clientPassphrase?: string;
  readonly clientPassphraseFile?: string;
  /** A file with certificates to trust, in PEM form. */
  readonly ca?: string;
  readonly insecure?: boolean;
  /** Milliseconds one exchange may take; Okta's own limit is 60 s. */
  readonly timeout?: number;
}

/** What a run can be told, from flags, the environment, scim-check.yaml or a program. All optional. */
export interface RunOptions extends ConnectionOptions {
  /** Test the embedded reference server. */
  readonly embedded?: boolean;
  /** Defects and quirks of the embedded server, by name; for nothing but to see how they are reported. */
  readonly defect?: readonly string[];
  readonly quirk?: readonly string[];
  /** Name or path of a target profile. */
  readonly target?: string;
  readonly oktaApp?: OktaApp;
  /** `okta` (default) judges what Okta documents; `rfc` adds what the RFCs ask. */
  readonly standard?: "okta" | "rfc";
  /** The switches of Okta's Provisioning tab that are on; all when absent. */
  readonly actions?: readonly string[];
  /** The rule by which Okta chooses the groups it pushes: `Eng-*`. */
  readonly pushedGroups?: string;
  /** Okta's unique identifier field, as an administrator chooses it; when absent, login and address are the same. */
  readonly uniqueIdentifier?: "userName" | "email";
  /** Folders with scenarios of your own, beside the built-in ones. */
  readonly scenarios?: readonly string[];
  /** Play only scenarios with these ids; `*` stands for anything. */
  readonly scenario?: readonly string[];
  /** Judge only behaviours with these ids; `*` stands for anything. */
  readonly behaviour?: readonly string[];
  readonly readOnly?: boolean;
  /** Hosts that may be written to. Loopback needs none. */
  readonly allowWrites?: readonly string[];
  /** Milliseconds after which no more is played; what was made is still removed, within a grace. No end when absent. */
  readonly deadline?: number;
  /** Milliseconds a write may take to show in a read. */
  readonly settle?: number;
  readonly largeGroup?: number;
  readonly burst?: number;
  readonly maxGroupMembers?: number;
  readonly maxPages?: number;
  readonly maxUsers?: number;
  readonly maxGroups?: number;
  readonly maxMembers?: number;
  readonly maxRequests?: number;
  /** Requests a second, bursts apart. */
  readonly rate?: number;
  readonly concurrency?: number;
  /** Wait the five minutes that Okta waits after a 429 without an integer `Retry-After`. */
  readonly oktaWaits?: boolean;
  /** A file with known deviations: failures that do not count. */
  readonly known?: string;
  /** A report that an earlier run saved as JSON: what changed since then is reported. */
  readonly since?: string;
  /** Broken recommendations fail the run too. */
  readonly strict?: boolean;
  readonly showForeignData?: boolean;
  /** Values that some scenarios need, by name. */
  readonly input?: Readonly<Record<string, string>>;
  readonly seed?: number;
}
