import type { Headers } from "../../model/exchange.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { jsonOf, sending } from "../defects/sent.ts";
import type { ServerRequest, ServerResponse } from "../message.ts";
import type { Operations } from "../operations.ts";
import type { Projection } from "../projection.ts";
import type { View } from "../read-attribute.ts";
import type { Resource } from "../resource.ts";
import type { ResourceType } from "../schemas.ts";
import type { Variation } from "../variation.ts";

export type Make = Variation["make"];

/** How a resource is shown, and what it is asked for. */
export interface Showing {
  readonly view: View;
  readonly resource: Resource;
  /** Nothing was said about which attributes to show. */
  readonly isWhole: boolean;
  readonly projection: Projection;
}

/** Shows every resource in another way, wherever it is shown. */
export function showingEach(change: (shown: JsonObject, showing: Showing) => JsonObject): Make {
  return ({ operations }) => ({
    replace: {
      render: (view, resource, projection) => {
        const isWhole = projection.attributes === undefined && projection.excludedAttributes === undefined;
        const shown = operations.render(view, resource, projection);
        return change(shown, { view, resource, isWhole, projection });
      },
    },
  });
}

/** As `showingEach`, for resources of one type. */
export function showingOnly(
  name: ResourceType["name"],
  change: (shown: JsonObject, showing: Showing) => JsonObject,
): Make {
  return showingEach((shown, showing) =>
    showing.resource.type.name === name ? change(shown, showing) : shown,
  );
}

/** Sends every finished reply in another way. */
export function replying(change: (reply: ServerResponse, request: ServerRequest) => ServerResponse): Make {
  return () => ({ wrap: (handle) => (request) => change(handle(request), request) });
}

export function withHeaders(change: (headers: Headers, request: ServerRequest) => Headers): Make {
  return replying((reply, request) => ({ ...reply, headers: change(reply.headers, request) }));
}

/** Changes the JSON of every reply that has one. */
export function rewriting(
  change: (body: JsonObject, reply: ServerResponse, request: ServerRequest) => JsonObject,
): Make {
  return replying((reply, request) => {
    if (reply.body === "") return reply;
    const body = JSON.parse(reply.body) as Json;
    return isJsonObject(body) ? { ...reply, body: JSON.stringify(change(body, reply, request)) } : reply;
  });
}

/** Changes the body of creates and replaces of one type before it is read. */
export function readingWhole(
  operations: Operations,
  name: ResourceType["name"],
  change: (body: JsonObject, stored: Resource | undefined) => JsonObject,
): Pick<Operations, "create" | "replace"> {
  return {
    create: (context, type, request) => {
      if (type.name !== name || !hasBody(request)) return operations.create(context, type, request);
      return operations.create(context, type, sending(request, change(jsonOf(request), undefined)));
    },
    replace: (context, type, id, request) => {
      if (type.name !== name || !hasBody(request)) return operations.replace(context, type, id, request);
      const stored = context.store.get(type, id);
      return operations.replace(context, type, id, sending(request, change(jsonOf(request), stored)));
    },
  };
}

/** What is broken or empty goes to the sound operation as it is, which refuses it. */
const hasBody = (request: { readonly body: string }) => Object.keys(jsonOf(request)).length > 0;

/** Does several things at once; `make` of each sees what the ones before it made of the operations. */
export function together(...all: readonly Make[]): Make {
  return (tools) => {
    let operations = tools.operations;
    let whole: ReturnType<Make> = {};
    for (const make of all) {
      const next = make({ ...tools, operations });
      operations = { ...operations, ...next.replace };
      const [inner, outer] = [whole.wrap, next.wrap];
      const wrap =
        inner && outer ? (handle: Parameters<typeof inner>[0]) => outer(inner(handle)) : (outer ?? inner);
      whole = { ...whole, ...next, replace: operations, ...(wrap === undefined ? {} : { wrap }) };
    }
    return whole;
  };
}
