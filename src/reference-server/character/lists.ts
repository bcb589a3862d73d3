import type { ResourceName } from "../../model/observable.ts";
import { badRequest } from "../errors.ts";
import type { ScimRequest } from "../message.ts";
import { type Make, together } from "../quirks/make.ts";
import { isOf, type Playing } from "./kind.ts";

const withQuery = (request: ScimRequest, name: string, value: string | undefined): ScimRequest => {
  const query = new Map(request.query);
  if (value === undefined) query.delete(name);
  else query.set(name, value);
  return { ...request, query };
};

/** How many a list shows when nobody says. */
export const pageDefault: Playing<"page-default"> = (facts) =>
  together(
    ...facts.map(({ resource, value, contrary }): Make => {
      const shown = contrary === true ? value * 3 : value;
      return ({ operations }) => ({
        replace: {
          list: (context, types, request) =>
            operations.list(
              context,
              types,
              types.some((type) => isOf(type, resource)) && !request.query.has("count")
                ? withQuery(request, "count", String(shown))
                : request,
            ),
        },
      });
    }),
  );

/** A list that is asked for by `cursor`, which is empty at first, tells the next cursor in the place of totals. */
const byCursor =
  (resource: ResourceName): Make =>
  ({ operations }) => ({
    replace: {
      list: (context, types, request) => {
        const cursor = request.query.get("cursor");
        if (cursor === undefined || !types.some((type) => isOf(type, resource))) {
          return operations.list(context, types, request);
        }
        const start = cursor === "" ? 1 : Number(cursor);
        const reply = operations.list(context, types, withQuery(request, "startindex", String(start)));
        const { totalResults, startIndex: _start, ...body } = reply.body ?? {};
        const next = start + Number(body.itemsPerPage ?? 0);
        return {
          ...reply,
          body: { ...body, ...(next <= Number(totalResults) ? { nextCursor: String(next) } : {}) },
        };
      },
    },
  });

/** The sound server keeps these rules, but for cursors; a contrary fact has them broken. */
export const paging: Playing<"paging"> = (facts) =>
  together(
    ...facts
      .filter(({ rule, contrary }) => rule === "cursor-in-place-of-totals" && contrary !== true)
      .map(({ resource }) => byCursor(resource)),
    ...facts
      .filter(({ rule, contrary }) => rule !== "cursor-in-place-of-totals" && contrary === true)
      .map(
        ({ resource, rule }): Make =>
          ({ operations }) => ({
            replace: {
              list: (context, types, request) => {
                if (!types.some((type) => isOf(type, resource)))
                  return operations.list(context, types, request);
                if (rule === "start-below-one-is-one" && Number(request.query.get("startindex") ?? 1) < 1) {
                  throw badRequest("invalidValue", "startIndex begins at 1.");
                }
                if (rule === "count-is-the-most") {
                  return operations.list(context, types, withQuery(request, "count", undefined));
                }
                const asksNone = rule === "count-zero-is-totals-only" && request.query.get("count") === "0";
                const asked = asksNone ? withQuery(request, "count", undefined) : request;
                const reply = operations.list(context, types, asked);
                if (!asksNone || reply.body === undefined) return reply;
                const { totalResults: _none, ...body } = reply.body;
                return { ...reply, body };
              },
            },
          }),
      ),
  );

/** Shows what a client chose, which the sound server does; a contrary fact shows everything. */
export const chosenAttribute: Playing<"chosen-attribute"> = (facts) =>
  together(
    ...facts
      .filter(({ contrary }) => contrary === true)
      .map(
        ({ resource }): Make =>
          ({ operations }) => ({
            replace: {
              render: (view, shown, projection) => {
                const { attributes: _chosen, ...others } = projection;
                return operations.render(view, shown, isOf(shown.type, resource) ? others : projection);
              },
            },
          }),
      ),
  );

/** Sorts as it is asked to, which the sound server does; a contrary fact passes it over. */
export const sorted: Playing<"sorted"> = (facts) =>
  together(
    ...facts
      .filter(({ contrary }) => contrary === true)
      .map(
        ({ resource }): Make =>
          ({ operations }) => ({
            replace: {
              list: (context, types, request) =>
                operations.list(
                  context,
                  types,
                  types.some((type) => isOf(type, resource))
                    ? withQuery(request, "sortby", undefined)
                    : request,
                ),
            },
          }),
      ),
  );

/** Takes what a client does not want to see out of it; a contrary fact shows it all the same. */
export const excludedAttribute: Playing<"excluded-attribute"> = (facts) =>
  together(
    ...facts
      .filter(({ contrary }) => contrary === true)
      .map(
        ({ resource }): Make =>
          ({ operations }) => ({
            replace: {
              render: (view, shown, projection) =>
                operations.render(view, shown, isOf(shown.type, resource) ? {} : projection),
            },
          }),
      ),
  );
