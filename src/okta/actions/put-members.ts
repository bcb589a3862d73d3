import type { Action } from "../../model/play.ts";
import { groupPath, groupPut } from "../member-changes.ts";
import { membersArgument, textArgument, textsArgument } from "./arguments.ts";
import { isSuccess, statusOf } from "./told.ts";

/**
 * Facts: `readStatus` and `status` (0 where no answer came), `acceptedMembers` (the ids sent, when the PUT
 * succeeded). The last exchange is the PUT.
 */
export const putMembers: Action = {
  name: "put-members",
  summary:
    "Reads the group and replaces it with all `members` but those `without`, as custom apps do for any change.",
  takes: ["group", "displayName", "members", "without?"],
  reads: false,
  *perform(given, context) {
    const group = textArgument(given, "group");
    const without = new Set(textsArgument(given, "without"));
    const members = membersArgument(given, "members").filter(({ value }) => !without.has(value));
    const read = yield { kind: "send", request: context.request("GET", groupPath(group)) };
    const request = groupPut(context.request, group, textArgument(given, "displayName"), members);
    const write = yield { kind: "send", request };
    const statusIn = (reply: typeof read) => reply.exchanges.map(statusOf).at(-1) ?? 0;
    return {
      exchanges: [...read.exchanges, ...write.exchanges],
      facts: {
        readStatus: statusIn(read),
        status: statusIn(write),
        ...(write.exchanges.some(isSuccess) ? { acceptedMembers: members.map(({ value }) => value) } : {}),
      },
    };
  },
};
