import { ScimFailure } from "../errors.ts";
import { type Make, together } from "../quirks/make.ts";
import { isOf, type Playing } from "./kind.ts";

/** What a DELETE leaves behind. */
export const removed: Playing<"delete"> = (facts) =>
  together(
    ...facts.map(({ resource, effect, answer, contrary }): Make => {
      const done = contrary === true ? (effect === "gone" ? "inactive" : "gone") : effect;
      return ({ operations }) => ({
        replace: {
          remove: (context, type, id, request) => {
            const stored = isOf(type, resource) ? context.store.get(type, id) : undefined;
            if (stored === undefined) return operations.remove(context, type, id, request);
            if (done === "gone") operations.remove(context, type, id, request);
            if (done === "inactive" && type.name === "User") {
              context.store.update(stored, { ...stored.attributes, active: false });
            }
            return answer === 204 ? { status: 204 } : { status: answer, body: {} };
          },
        },
      });
    }),
  );

/** What a DELETE of nothing is answered. */
export const removedAbsent: Playing<"delete-absent"> = (facts) =>
  together(
    ...facts.map(({ resource, answer, contrary }): Make => {
      const status = contrary === true ? (answer === 404 ? 204 : 404) : answer;
      return ({ operations }) => ({
        replace: {
          remove: (context, type, id, request) => {
            if (!isOf(type, resource) || context.store.get(type, id) !== undefined) {
              return operations.remove(context, type, id, request);
            }
            if (status >= 400) throw new ScimFailure(status, "There is nothing to delete.");
            return { status };
          },
        },
      });
    }),
  );
