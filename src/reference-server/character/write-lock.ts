import { ScimFailure } from "../errors.ts";
import { type Make, together } from "../quirks/make.ts";
import type { ResourceType } from "../schemas.ts";
import { lookingFirst } from "./before.ts";
import { isOf, type Playing } from "./kind.ts";

/** How long a write takes, so that another one can overlap it; and how long its resource is held, which is a little less. */
const WRITE_MS = 20;
const HELD_MS = 19;

/**
 * One write at a time of each resource. A contrary fact refuses the other one in another way: one that lets it through
 * could not be told from a server that was asked one after the other.
 */
export const writeLock: Playing<"write-lock"> = (facts) =>
  together(
    () => ({ latency: ({ method }) => (method === "GET" ? 1 : WRITE_MS) }),
    ...facts.map(({ resource, answer, detail = "locked", contrary }): Make => {
      return ({ clock, operations }) => {
        const heldUntil = new Map<string, number>();
        const hold = (type: ResourceType, id: string) => {
          if (!isOf(type, resource)) return;
          const now = clock.now();
          if ((heldUntil.get(id) ?? 0) > now) {
            if (contrary === true) throw new ScimFailure(423, "Somebody else is at it.");
            throw new ScimFailure(answer, detail, undefined, [["Retry-After", "1"]]);
          }
          // What is free again need not be remembered.
          if (heldUntil.size > 1_000) {
            for (const [one, until] of heldUntil) if (until <= now) heldUntil.delete(one);
          }
          heldUntil.set(id, now + HELD_MS);
        };
        return {
          replace: lookingFirst(operations, ({ method, types: [type], id }) => {
            if (type !== undefined && id !== undefined && method !== "GET") hold(type, id);
          }),
        };
      };
    }),
  );
