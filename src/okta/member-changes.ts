import type { Request } from "../model/exchange.ts";
import type { Json } from "../model/json.ts";
import type { ActionContext } from "../model/play.ts";
import { URN } from "../model/scim.ts";

/** A member as group pushes carry it (okta-behaviors.md 1.2, B-MEMBERS20). */
export interface Member {
  readonly value: string;
  readonly display: string;
}

export const groupPath = (group: string) => `/Groups/${encodeURIComponent(group)}`;

type Build = ActionContext["request"];

/** One PATCH as catalogue apps send it: all joiners in a single `add`, or one `remove` for each leaver. */
export function membersPatch(
  build: Build,
  group: string,
  op: "add" | "remove",
  members: readonly Member[],
): Request {
  const operations: readonly Json[] =
    op === "add"
      ? [{ op, path: "members", value: members.map(({ value, display }) => ({ value, display })) }]
      : members.map(({ value }) => ({ op, path: `members[value eq "${value}"]` }));
  return build("PATCH", groupPath(group), { schemas: [URN.patchOp], Operations: operations });
}

/** The whole group as custom apps send it (B-PUTGROUP20). */
export function groupPut(
  build: Build,
  group: string,
  displayName: string,
  members: readonly Member[],
): Request {
  return build("PUT", groupPath(group), {
    schemas: [URN.group],
    id: group,
    displayName,
    members: members.map(({ value, display }) => ({ value, display })),
  });
}
