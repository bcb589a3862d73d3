import { headerValue } from "../../../model/exchange.ts";
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import { changed, itemsIn } from "../../defects/sent.ts";
import { replying, showingOnly } from "../../quirks/make.ts";
import { asItIs, type Ways } from "./ways.ts";

/** Habits of every answer. */
export const ANSWERS = {
  "scim-error-body": {
    kept: asItIs,
    broken: replying((reply) =>
      reply.status < 400 ? reply : { ...reply, body: JSON.stringify({ error: "this is no SCIM error" }) },
    ),
  },
  "list-envelope": {
    kept: asItIs,
    broken: ({ operations }) => ({
      replace: {
        list: (context, types, request) => {
          const reply = operations.list(context, types, request);
          const { itemsPerPage: _none, ...body } = reply.body ?? {};
          return { ...reply, body };
        },
      },
    }),
  },
  "reads-show-writes-at-once": {
    kept: asItIs,
    // The read after a replace shows the person as before, once.
    broken: ({ operations }) => {
      const stale = new Map<string, JsonObject>();
      return {
        replace: {
          replace: (context, type, id, request) => {
            const before = operations.read(context, type, id, { ...request, method: "GET" }).body;
            const reply = operations.replace(context, type, id, request);
            if (before !== undefined) stale.set(id, before);
            return reply;
          },
          read: (context, type, id, request) => {
            const before = stale.get(id);
            stale.delete(id);
            return before === undefined
              ? operations.read(context, type, id, request)
              : { status: 200, body: before };
          },
        },
      };
    },
  },
  "last-modified-moves": {
    kept: asItIs,
    broken: showingOnly("User", (user) => {
      const meta = user.meta;
      return isJsonObject(meta ?? null)
        ? { ...user, meta: changed(meta as JsonObject, { lastModified: (meta as JsonObject).created }) }
        : user;
    }),
  },
  "unfiltered-list-is-one-made-up-resource": {
    kept: replying((reply, { method, target }) => {
      if (method !== "GET" || reply.status !== 200 || !/\/(Users|Groups)(\?(?!.*filter=).*)?$/.test(target)) {
        return reply;
      }
      const body = JSON.parse(reply.body) as JsonObject;
      const schema = target.includes("/Users") ? "User" : "Group";
      const [first] = itemsIn(body.Resources);
      const made = { schemas: [`urn:ietf:params:scim:schemas:core:2.0:${schema}`], id: "synthetic" };
      const Resources = first === undefined ? [] : [made];
      const count = Resources.length;
      return {
        ...reply,
        body: JSON.stringify({ ...body, Resources, totalResults: count, itemsPerPage: count }),
      };
    }),
    broken: asItIs,
  },
  "utf-8-accept-headers-are-taken": {
    kept: asItIs,
    broken: () => ({
      wrap: (handle) => (request) =>
        headerValue(request.headers, "accept-encoding") !== "utf-8"
          ? handle(request)
          : { ...handle(request), status: 406, body: "" },
    }),
  },
  "throttled-answers-say-when-to-come-back": {
    kept: asItIs,
    broken: replying((reply) => ({
      ...reply,
      headers: reply.headers.filter(([name]) => name.toLowerCase() !== "retry-after"),
    })),
  },
} satisfies Readonly<Record<string, Ways>>;
