/**
 * What a client can see of a documented fact: a kind out of a closed set, and its parameters. The judge asks by it
 * (scenarios that say `judges: kind`), and the reference server behaves by it (`reference-server/character/`).
 */

import type { AdminCase, CredentialCase, Habit, OpenQuestion, RefusedCase } from "./documented-cases.ts";
import type { RatePool } from "./rate-pool.ts";

export const RESOURCES = ["Users", "Groups"] as const;
export type ResourceName = (typeof RESOURCES)[number];

/** What a documented limit counts. */
export const LIMIT_SUBJECTS = [
  "group-members",
  "members-per-request",
  "operations-per-patch",
  "body-bytes",
  "page-size",
  "requests-per-second",
  "requests-per-minute",
  "filter-terms",
] as const;
export type LimitSubject = (typeof LIMIT_SUBJECTS)[number];

export const METHODS_THAT_WRITE = ["POST", "PUT", "PATCH"] as const;
export type WritingMethod = (typeof METHODS_THAT_WRITE)[number];

/** The statuses that a documentation permits; `refused` is any 4xx, where it does not say which. */
export type Answers = readonly (number | "refused")[];

/** Attributes that may have several values by RFC 7643, and have one with some products. */
export const SINGLE_VALUED = ["emails", "phoneNumbers", "addresses"] as const;
export type SingleValued = (typeof SINGLE_VALUED)[number];

/** Parameters of every kind. Statuses are numbers; resource names are those of the addresses. */
export interface ObservableKinds {
  /**
   * More than `value` is answered `beyond`: a status, `refused` where none is documented, or the excess is cut off
   * (`capped`) or passed over.
   */
  readonly limit: {
    readonly subject: LimitSubject;
    readonly value: number;
    readonly beyond?: number | "refused" | "capped" | "ignored";
    readonly resource?: ResourceName;
    /** For members of a request: which one it is. */
    readonly method?: "POST" | "PATCH";
    /** For rates: how many may come at once. */
    readonly burst?: number;
    /** For rates: which requests share it; all when absent. */
    readonly pool?: RatePool;
  };
  /** One write at a time of each resource: one that overlaps is answered so, says when to come again, and names the code. */
  readonly "write-lock": {
    readonly resource: ResourceName;
    readonly answer: number;
    readonly detail?: string;
  };
  /** What an error says at one place: its type, or the very text. */
  readonly "error-shows": {
    readonly of: "unknown-user" | "schemas-left-out";
    readonly at: string;
    readonly as?: "number" | "text";
    readonly value?: string;
  };
  /** Exactly `value` is still taken. */
  readonly "limit-reached": {
    readonly subject: LimitSubject;
    readonly value: number;
    readonly resource?: ResourceName;
    readonly method?: "POST" | "PATCH";
  };
  /** Whether the members of the request are counted, or those of the group it would result in. */
  readonly "limit-counts": { readonly value: number; readonly counts: "resulting" | "request" };
  /** How many a list shows when the client does not say. */
  readonly "page-default": { readonly resource: ResourceName; readonly value: number };
  readonly paging: {
    readonly resource: ResourceName;
    readonly rule:
      | "start-below-one-is-one"
      | "count-zero-is-totals-only"
      | "count-is-the-most"
      | "cursor-in-place-of-totals"
      | "start-is-one-when-nobody-says"
      | "start-moves-the-page";
  };
  readonly filter: { readonly resource: ResourceName; readonly attribute: string; readonly operator: string };
  readonly "filter-case": {
    readonly resource: ResourceName;
    readonly attribute: string;
    readonly case: "ignored" | "exact";
  };
  /** Two comparisons with eq, of `first` and of `second`, joined by a word. `members` stands for somebody's id. */
  readonly "filter-joined": {
    readonly resource: ResourceName;
    readonly by: "and" | "or";
    readonly first: string;
    readonly second: string;
  };
  /** What a filter that is not offered gets: a status, an empty list, or everything. */
  readonly "unsupported-filter": {
    readonly resource: ResourceName;
    readonly filter: string;
    readonly answer: number | "empty" | "ignored";
    /** The scimType of the refusal; no profile writes the other word, which is the contrary. */
    readonly type?: "invalidFilter" | "invalidValue";
  };
  /** A filter on this attribute is taken and finds nobody, not even who has the value. */
  readonly "never-found-by": { readonly resource: ResourceName; readonly attribute: string };
  readonly "excluded-attribute": { readonly resource: ResourceName; readonly attribute: string };
  /** `attributes` chooses this one, and leaves others out. */
  readonly "chosen-attribute": { readonly resource: ResourceName; readonly attribute: string };
  /** Lists are sorted by this attribute, in both directions; seen in a list of two, found by `or`. */
  readonly sorted: { readonly resource: ResourceName; readonly attribute: string };
  readonly required: {
    readonly resource: ResourceName;
    readonly method: "POST" | "PUT";
    readonly attribute: string;
    /** Only of resources that have this one: `name.givenName`, where there is a `name`. */
    readonly when?: string;
    readonly answer: Answers;
  };
  /** The most characters of a text. A longer one is refused or shortened; where nothing more is said, either will do. */
  readonly longest: { readonly resource: ResourceName; readonly attribute: string; readonly value: number };
  /** What a GET of an address below the base URL is answered. */
  readonly address: { readonly path: string; readonly answer: Answers };
  readonly optional: {
    readonly resource: ResourceName;
    readonly method: "POST" | "PUT";
    readonly attribute: string;
  };
  readonly unique: {
    readonly resource: ResourceName;
    readonly attribute: string;
    /** Absent where the documentation says nothing of letter case: then either will do. */
    readonly case?: "ignored" | "exact";
    readonly on: WritingMethod;
    /** `inactive`: the one who holds the value is deactivated. */
    readonly holder?: "inactive";
    readonly answer: Answers;
  };
  /** A create with the address of an account that SCIM does not manage yet links it. */
  readonly "link-by-email": { readonly answer: number };
  /** A method on one resource, and the answer when it succeeds; a 4xx or 5xx: the product does not have it. */
  readonly method: {
    readonly resource: ResourceName;
    readonly method: "POST" | "PUT" | "PATCH" | "DELETE";
    readonly answer: Answers;
  };
  /** A collection that the product does not have. */
  readonly "no-resource": { readonly resource: ResourceName; readonly answer: Answers };
  /** What a PUT does to what it leaves out. */
  readonly "left-out": {
    readonly resource: ResourceName;
    readonly attribute: string;
    readonly effect: "kept" | "cleared";
  };
  /** One form of a PATCH operation, and what it does. */
  readonly patch: {
    readonly resource: ResourceName;
    readonly op: "add" | "replace" | "remove";
    readonly attribute: string;
    /** `path`: named by `path`; `object`: inside a value without a path; `value`: `members[value eq "…"]`; `unquoted`: without the quotes. */
    readonly form: "path" | "object" | "value" | "unquoted";
    /** The word of the operation where it is not `op` itself: `Replace`, `Update`. */
    readonly spelled?: string;
    /** A boolean is written as text: `"false"`. */
    readonly text?: true;
    readonly effect: "applied" | "ignored" | "refused";
    /** The answer; for `refused` a 4xx. */
    readonly answer: Answers;
  };
  /**
   * What becomes of a person whose `active` a PATCH sets to false, in either form: shown as `inactive`, or `gone`
   * altogether; where both are named, either will do.
   */
  readonly deactivated: {
    readonly form: "path" | "object";
    readonly leaves: readonly ("inactive" | "gone")[];
    readonly answer: Answers;
  };
  readonly delete: {
    readonly resource: ResourceName;
    readonly effect: "gone" | "inactive" | "nothing";
    readonly answer: number;
  };
  readonly "delete-absent": { readonly resource: ResourceName; readonly answer: number };
  /** Taken without complaint and shown nowhere. */
  readonly "not-kept": { readonly resource: ResourceName; readonly attribute: string };
  /** A second value of it is refused or dropped: never is more than one shown. */
  readonly "single-valued": { readonly resource: "Users"; readonly attribute: SingleValued };
  /** Changes of it by this method are passed over; with `refused` it may be refused as well. */
  readonly "never-changed": {
    readonly resource: ResourceName;
    readonly attribute: string;
    readonly by: "PUT" | "PATCH";
    readonly or?: "refused";
  };
  /** How a resource is shown. */
  readonly shown: {
    readonly resource: ResourceName;
    readonly attribute: string;
    /** `flattened`: under one key with a dot in it. */
    readonly as:
      | "present"
      | "absent"
      | "one-value"
      | "true"
      | "uuid"
      | "utc-time"
      | "of-the-server"
      | "flattened";
  };
  readonly "members-shown": { readonly in: "list" | "read"; readonly shown: boolean };
  readonly discovery: {
    readonly endpoint: "ServiceProviderConfig" | "Schemas" | "ResourceTypes";
    readonly id?: string;
    readonly token: boolean;
  };
  /** A value that `ServiceProviderConfig` declares. */
  readonly declared: { readonly path: string; readonly value: string | number | boolean };
  /** `ResourceTypes` lists exactly these. */
  readonly "resource-types": { readonly names: readonly string[] };
  readonly "media-type": { readonly direction: "answer" | "request"; readonly type: string };
  readonly refused: { readonly of: RefusedCase; readonly answer: Answers };
  readonly credential: { readonly of: CredentialCase; readonly answer: number };
  /** What a state of the service, set by an administrator, does to one kind of request. */
  readonly state: {
    readonly state: "paused" | "disabled" | "resumed" | "enabled-again";
    readonly of: "Users" | "Groups" | "discovery" | "missed-changes" | "old-ids";
    readonly answer: readonly number[];
  };
  readonly "token-life": {
    readonly of: "default" | "shortest" | "longest" | "too-short" | "too-long";
    readonly days: number;
    readonly answer?: number;
  };
  /** What an administrator's interface does; see `reference-server/character/admin/`. */
  readonly admin: { readonly of: AdminCase; readonly answer: readonly number[] };
  readonly habit: { readonly of: Habit };
  /** A path that the documentation describes step by step; its parts are facts of their own. */
  readonly journey: { readonly of: "okta-administrator" };
  readonly open: { readonly of: OpenQuestion };
}

export type ObservableKind = keyof ObservableKinds;

/**
 * One kind with its parameters. `contrary` is never written in a profile: a reference server with it does anything
 * but this, which is how a fact is proven to be judged.
 */
export type ObservableOf<Kind extends ObservableKind> = {
  readonly kind: Kind;
  readonly contrary?: true;
} & ObservableKinds[Kind];

export type Observable = { readonly [Kind in ObservableKind]: ObservableOf<Kind> }[ObservableKind];

/** Those of one kind, typed as such. */
export function ofKind<Kind extends ObservableKind>(
  observables: readonly Observable[],
  kind: Kind,
): readonly ObservableOf<Kind>[] {
  return observables.filter((one): one is ObservableOf<Kind> & Observable => one.kind === kind);
}
