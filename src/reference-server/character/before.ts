import { METHODS_THAT_WRITE, type WritingMethod } from "../../model/observable.ts";
import type { ScimRequest } from "../message.ts";
import type { Operations } from "../operations.ts";
import type { ResourceType } from "../schemas.ts";

/** A request to a resource or to a collection, as a character sees it before it is answered. */
export interface Asked {
  readonly method: "GET" | WritingMethod | "DELETE";
  /** Several only where a list is asked of all types at once. */
  readonly types: readonly ResourceType[];
  /** Undefined where a whole collection is asked. */
  readonly id?: string;
  readonly request: ScimRequest;
}

/** Whether a draft comes of it. */
export const isWriting = (method: Asked["method"]): method is WritingMethod =>
  (METHODS_THAT_WRITE as readonly string[]).includes(method);

/** The operations on resources, each of them behind a look at what is asked; who looks may refuse it by throwing. */
export function lookingFirst(
  operations: Operations,
  look: (asked: Asked) => void,
): Pick<Operations, "list" | "read" | "create" | "replace" | "modify" | "remove"> {
  return {
    list: (context, types, request) => {
      look({ method: "GET", types, request });
      return operations.list(context, types, request);
    },
    read: (context, type, id, request) => {
      look({ method: "GET", types: [type], id, request });
      return operations.read(context, type, id, request);
    },
    create: (context, type, request) => {
      look({ method: "POST", types: [type], request });
      return operations.create(context, type, request);
    },
    replace: (context, type, id, request) => {
      look({ method: "PUT", types: [type], id, request });
      return operations.replace(context, type, id, request);
    },
    modify: (context, type, id, request) => {
      look({ method: "PATCH", types: [type], id, request });
      return operations.modify(context, type, id, request);
    },
    remove: (context, type, id, request) => {
      look({ method: "DELETE", types: [type], id, request });
      return operations.remove(context, type, id, request);
    },
  };
}
