import type { JsonObject } from "../../model/json.ts";
import type { Reply } from "../message.ts";
import { projectionOf } from "../query.ts";
import type { Attributes } from "../resource.ts";
import type { Variation } from "../variation.ts";
import { operationsIn, sending, withOperations } from "./sent.ts";
import { type Call, restore, spoiling, type Where } from "./spoil.ts";

/** What becomes of one operation of a PATCH: another one, several, or none. */
export type Rewrite = (operation: JsonObject, call: Call) => JsonObject | readonly JsonObject[] | undefined;

/**
 * A server that reads operations in its own way. Where none is left, it answers as if there had been nothing to do.
 */
export function rewriting(where: Where, rewrite: Rewrite): Variation["make"] {
  return spoiling(where, (call, proceed) => {
    const { request, body } = call;
    const sent = operationsIn(body);
    const left = sent.flatMap((operation) => rewrite(operation, call) ?? []);
    if (sent.length > 0 && left.length === 0) return asIfDone(call);
    return proceed(sending(request, withOperations(body, left)));
  });
}

/** The operations for which `isMeant` holds are passed over. */
export const passingOver = (where: Where, isMeant: (operation: JsonObject) => boolean): Variation["make"] =>
  rewriting(where, (operation) => (isMeant(operation) ? undefined : operation));

/** A server that stores something else than it was asked to; undefined where it does as it was asked. */
export function storing(
  where: Where,
  other: (after: Attributes, before: Attributes, call: Call) => Attributes | undefined,
): Variation["make"] {
  return spoiling(where, (call, proceed) => {
    const before = call.resource?.attributes;
    const reply = proceed();
    const after = call.resource?.attributes;
    const stored = before && after && other(after, before, call);
    if (stored === undefined) return reply;
    restore(call, stored);
    return reply.body === undefined ? reply : { ...reply, body: shownNow(call) };
  });
}

/** Whether an operation's path is like this. */
export const isAt =
  (pattern: RegExp) =>
  ({ path }: JsonObject): boolean =>
    typeof path === "string" && pattern.test(path);

/** The answer to a PATCH that changed nothing; 204 where there is nothing to show. */
export const asIfDone = (call: Call): Reply =>
  call.resource === undefined || call.resource.type.name === "Group"
    ? { status: 204 }
    : { status: 200, body: shownNow(call) };

/** The stored resource as it is shown after whatever has happened. */
export function shownNow({ context, resource, request }: Call): JsonObject {
  return resource === undefined
    ? {}
    : context.operations.render(context, resource, projectionOf(request.query));
}
