import type { Flow, OktaApp } from "../model/behaviour.ts";
import type { Json } from "../model/json.ts";
import type { Pace } from "./pace.ts";

/** The switches of Okta's Provisioning tab. */
export const OKTA_ACTIONS = ["create", "update", "deactivate", "push-groups", "import"] as const;
export type OktaAction = (typeof OKTA_ACTIONS)[number];

/** The flows that a switch turns off. Flows in no list are always played. */
export const FLOWS_OF_ACTION: Readonly<Record<OktaAction, readonly Flow[]>> = {
  create: ["create", "link"],
  update: ["update"],
  deactivate: ["deactivate"],
  "push-groups": ["group-push", "large-group", "group-splitting"],
  import: ["import", "entitlements"],
};

/** What a run was asked to do. Every number is a count unless it says otherwise. */
export interface RunSettings {
  readonly oktaApps: readonly OktaApp[];
  /** `rfc` judges what the RFCs ask beside what Okta depends on. */
  readonly standard: "okta" | "rfc";
  readonly actions: readonly OktaAction[];
  /** The rule by which Okta chooses groups to push, a pattern with `*`; all when absent. */
  readonly groups?: string;
  /** Patterns with `*`; empty means everything. */
  readonly onlyScenarios: readonly string[];
  readonly onlyBehaviours: readonly string[];
  readonly readOnly: boolean;
  /** Members of the large group; absent: not asked for. */
  readonly largeGroup?: number;
  /** Requests of the burst; absent: not asked for. */
  readonly burst?: number;
  /** The target's limit of members per group, from the command line or its profile. */
  readonly maxGroupMembers?: number;
  readonly maxPages: number;
  readonly settleMs: number;
  /** Milliseconds after which nothing more is played; absent: no end. */
  readonly deadlineMs?: number;
  readonly oktaWaits: boolean;
  readonly concurrency: number;
  /** Requests a second, except in bursts; absent: as fast as the server answers. */
  readonly rate?: number;
  /** Documented rates of some of the requests, beside `rate`. */
  readonly paces?: readonly Pace[];
  readonly maxRequests: number;
  readonly strict: boolean;
  readonly showForeignData: boolean;
  readonly inputs: Readonly<Record<string, string>>;
  readonly seed: number;
  /** More values for slots, for example of the target profile. */
  readonly values?: Readonly<Record<string, Json>>;
}

/** Every rate that a run keeps to. */
export const pacesOf = ({ rate, paces = [] }: Pick<RunSettings, "rate" | "paces">): readonly Pace[] =>
  rate === undefined ? paces : [{ perSecond: rate }, ...paces];
