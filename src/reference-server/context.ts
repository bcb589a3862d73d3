import type { ExpectedCredential } from "./authorisation.ts";
import type { EntitlementKind } from "./entitlements.ts";
import type { Operations } from "./operations.ts";
import type { View } from "./read-attribute.ts";

/** Limits and habits, with every default filled in. */
export interface Settings {
  /** Path below which everything is served, without a slash at the end. */
  readonly basePath: string;
  /** What lets a client in; absent when nobody has to identify himself. */
  readonly credential?: ExpectedCredential;
  readonly maxGroupMembers: number;
  readonly maxOperationsPerPatch: number;
  /** Bytes of UTF-8. */
  readonly maxBodyBytes: number;
  /** A larger `count` is cut down to it. */
  readonly pageSizeMax: number;
  /** A page with more members is cut short, though never to nothing. */
  readonly pageMembersMax: number;
  /** The roles and entitlements that users can be given. */
  readonly entitlements: readonly EntitlementKind[];
  /** What refuses the request that is past a limit. */
  readonly statusBeyond: StatusBeyond;
}

/** The statuses of refusals. */
export interface StatusBeyond {
  readonly groupMembers: number;
  readonly operations: number;
  readonly bodyBytes: number;
}

/** Everything an operation may use while it answers one request. */
export interface Context extends View {
  readonly settings: Settings;
  /** Called through here, never directly, so that a defect can put another in a sound one's place. */
  readonly operations: Operations;
}
