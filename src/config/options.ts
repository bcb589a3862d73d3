import type { OktaApp } from "../model/behaviour.ts";

/** What a run can be told, from flags, the environment, scim-check.yaml or a program. All optional. */
export interface RunOptions {
  /** Base URL of the SCIM endpoint, for example `https://staging.example.com/scim/v2`. */
  readonly url?: string;
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
  /** Folders with scenarios of your own, beside the built-in ones. */
  readonly scenarios?: readonly string[];
  /** Play only scenarios with these ids; `*` stands for anything. */
  readonly scenario?: readonly string[];
  /** Judge only behaviours with these ids; `*` stands for anything. */
  readonly behaviour?: readonly string[];
  readonly readOnly?: boolean;
  /** Hosts that may be written to. Loopback needs none. */
  readonly allowWrites?: readonly string[];
  /** Bearer token. A leading `Bearer ` is taken off, because Okta adds it itself. */
  readonly token?: string;
  readonly tokenFile?: string;
  /** `bearer` (default) or `header`: the Authorization header is the token exactly as it is. */
  readonly auth?: "bearer" | "header" | "basic";
  readonly noAuth?: boolean;
  /** A file with certificates to trust, in PEM form. */
  readonly ca?: string;
  readonly insecure?: boolean;
  /** Milliseconds one exchange may take; Okta's own limit is 60 s. */
  readonly timeout?: number;
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
  /** Broken recommendations fail the run too. */
  readonly strict?: boolean;
  readonly showForeignData?: boolean;
  /** Values that some scenarios need, by name. */
  readonly input?: Readonly<Record<string, string>>;
  readonly seed?: number;
}
