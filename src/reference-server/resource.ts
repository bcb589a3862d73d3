import type { Json } from "../model/json.ts";
import type { ResourceType } from "./schemas.ts";

/**
 * What a client may write, under canonical names, extensions under their URN. Replaced as a whole and never
 * changed in place, so that an old value stays valid while a new one is being made.
 */
export type Attributes = Readonly<Record<string, Json>>;

/** One stored user or group. */
export interface Resource {
  readonly type: ResourceType;
  readonly id: string;
  /** Grows with every create; the order of lists. */
  readonly sequence: number;
  attributes: Attributes;
  /** Ids of the users in a group, in the order they joined; empty for users. */
  readonly members: Set<string>;
  /** Milliseconds since the epoch. */
  readonly created: number;
  lastModified: number;
  /** Counts changes, from 1. */
  version: number;
}
