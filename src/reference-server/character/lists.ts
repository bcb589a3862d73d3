import type { Reply, ScimRequest } from "../message.ts";
import type { Projection } from "../projection.ts";
import { type Make, together } from "../quirks/make.ts";
import { isOf, type Playing, whereBroken } from "./kind.ts";

export const withQuery = (request: ScimRequest, name: string, value: string | undefined): ScimRequest => {
  const query = new Map(request.query);
  if (value === undefined) query.delete(name);
  else query.set(name, value);
  return { ...request, query };
};

/** How a list is shown to a request, with the sound list at hand. */
export type Listing = (request: ScimRequest, sound: (request: ScimRequest) => Reply) => Reply;

/** Shows the lists of one resource in another way. */
export const listingOf =
  (resource: string | undefined, listing: Listing): Make =>
  ({ operations }) => ({
    replace: {
      list: (context, types, request) => {
        const sound = (asked: ScimRequest) => operations.list(context, types, asked);
        return types.some((type) => isOf(type, resource)) ? listing(request, sound) : sound(request);
      },
    },
  });

/** Shows resources of one kind by another choice of attributes. */
const choosing =
  (resource: string | undefined, choice: (projection: Projection) => Projection): Make =>
  ({ operations }) => ({
    replace: {
      render: (view, shown, projection) =>
        operations.render(view, shown, isOf(shown.type, resource) ? choice(projection) : projection),
    },
  });

/** How many a list shows when nobody says. */
export const pageDefault: Playing<"page-default"> = (facts) =>
  together(
    ...facts.map(({ resource, value, contrary }) => {
      const shown = String(contrary === true ? value * 3 : value);
      return listingOf(resource, (request, sound) =>
        sound(request.query.has("count") ? request : withQuery(request, "count", shown)),
      );
    }),
  );

/** Shows what a client chose, which the sound server does; a contrary fact shows everything. */
export const chosenAttribute: Playing<"chosen-attribute"> = (facts) =>
  whereBroken(facts, ({ resource }) => choosing(resource, ({ attributes: _chosen, ...others }) => others));

/** Sorts as it is asked to, which the sound server does; a contrary fact passes it over. */
export const sorted: Playing<"sorted"> = (facts) =>
  whereBroken(facts, ({ resource }) =>
    listingOf(resource, (request, sound) => sound(withQuery(request, "sortby", undefined))),
  );

/** Takes what a client does not want to see out of it; a contrary fact shows it all the same. */
export const excludedAttribute: Playing<"excluded-attribute"> = (facts) =>
  whereBroken(facts, ({ resource }) => choosing(resource, () => ({})));
