import type { ScimRequest } from "../message.ts";
import { type Make, together } from "../quirks/make.ts";
import { isOf, type Playing } from "./kind.ts";

export const withQuery = (request: ScimRequest, name: string, value: string | undefined): ScimRequest => {
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
