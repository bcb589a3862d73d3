import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { jsonOf, operationsIn } from "../defects/sent.ts";
import { type Make, together } from "../quirks/make.ts";
import type { Playing } from "./kind.ts";

/** What a PATCH of `active` to false leaves of a person. A contrary fact is answered as if it were done, and is not. */
export const deactivated: Playing<"deactivated"> = (facts) =>
  together(
    ...facts.map(({ form, leaves: [left], contrary }): Make => {
      const isIt = (operation: JsonObject) =>
        form === "path"
          ? operation.path === "active" && operation.value === false
          : operation.path === undefined && isJsonObject(operation.value) && operation.value.active === false;
      return ({ operations }) => ({
        replace: {
          modify: (context, type, id, request) => {
            const deactivates = type.name === "User" && operationsIn(jsonOf(request)).some(isIt);
            if (!deactivates) return operations.modify(context, type, id, request);
            const before = context.store.get(type, id);
            if (contrary === true && before !== undefined) return { status: 204 };
            const reply = operations.modify(context, type, id, request);
            if (left === "gone" && before !== undefined) context.store.remove(before);
            return reply;
          },
        },
      });
    }),
  );
