import { headerValue } from "../../../model/exchange.ts";
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import { URN } from "../../../model/scim.ts";
import { changed, itemsIn } from "../../defects/sent.ts";
import { replying, rewriting, showingOnly } from "../../quirks/make.ts";
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
    kept: rewriting((body, { status }, { method, target }) => {
      if (method !== "GET" || status !== 200 || !/\/(Users|Groups)(\?(?!.*filter=).*)?$/.test(target))
        return body;
      const made = { schemas: [target.includes("/Users") ? URN.user : URN.group], id: "synthetic" };
      const Resources = itemsIn(body.Resources).length === 0 ? [] : [made];
      return { ...body, Resources, totalResults: Resources.length, itemsPerPage: Resources.length };
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
