import type { WritingMethod } from "../../model/observable.ts";
import type { Operations } from "../operations.ts";
import { isWriting, lookingFirst } from "./before.ts";

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
    ...lookingFirst(operations, ({ method }) => {
      if (isWriting(method)) underWay = method;
    }),
    ...changes(() => underWay),
  };
}
