import type { WritingMethod } from "../../model/observable.ts";
import type { Operations } from "../operations.ts";

/**
 * Operations of which the ones underneath can be asked by which method a draft came to be: every request is answered
 * in one turn, so the method under way is the one whose draft is looked at.
 */
export function knowingTheMethod(
  operations: Operations,
  changes: (method: () => WritingMethod) => Partial<Operations>,
): Partial<Operations> {
  let underWay: WritingMethod = "POST";
  return {
    create: (context, type, request) => {
      underWay = "POST";
      return operations.create(context, type, request);
    },
    replace: (context, type, id, request) => {
      underWay = "PUT";
      return operations.replace(context, type, id, request);
    },
    modify: (context, type, id, request) => {
      underWay = "PATCH";
      return operations.modify(context, type, id, request);
    },
    ...changes(() => underWay),
  };
}
