import { changed, listedIn, showing } from "../defects/sent.ts";
import { badRequest } from "../errors.ts";
import type { Filter } from "../filter-syntax.ts";
import type { Reply, ScimRequest } from "../message.ts";
import type { Resource } from "../resource.ts";
import type { ResourceType } from "../schemas.ts";
import type { Matches } from "../search.ts";
import { type Make, rewriting, together } from "./make.ts";
import type { Quirk } from "./quirk.ts";

const CAP = "RFC 7644 section 3.4.2.4: a provider may return fewer resources than asked for";
const ORDER =
  "RFC 7644 section 3.4.2.3: without sortBy the order is the provider's own; Okta asks that it stays the same";

/** What a list without a filter and without an order of its own is cut into pages from. */
function listing(arrange: (all: readonly Resource[], type: ResourceType) => readonly Resource[]): Make {
  return ({ operations }) => ({
    replace: {
      findMatches: (context, types, query) => {
        const matches = operations.findMatches(context, types, query);
        const [type] = types;
        if (type === undefined || types.length > 1) return matches;
        if (query.filter !== undefined || query.sortBy !== undefined) return matches;
        return matchesOf(arrange(matches.page(0, matches.total), type));
      },
    },
  });
}

const matchesOf = (all: readonly Resource[]): Matches => ({
  total: all.length,
  page: (offset, count) => all.slice(offset, offset + count),
});

function answeringLists(change: (reply: Reply, request: ScimRequest) => Reply): Make {
  return ({ operations }) => ({
    replace: {
      list: (context, types, request) => change(operations.list(context, types, request), request),
    },
  });
}

function refusingFilters(isRefused: (filter: Filter) => boolean): Make {
  return ({ operations }) => ({
    replace: {
      parseFilter: (text) => {
        const filter = operations.parseFilter(text);
        if (isRefused(filter)) throw badRequest("invalidFilter", "This cannot be filtered by here.");
        return filter;
      },
    },
  });
}

const nameOf = ({ attributes }: Resource) => String(attributes.userName ?? attributes.displayName ?? "");

/** Which lists are offered, in which order, and how much of them at once. */
export const lists: readonly Quirk[] = [
  {
    name: "pages-capped-at-50",
    title: "A page holds at most 50 resources, whatever count says.",
    permittedBy: `${CAP}; OKTA-IMPORT-07`,
    layer: "app",
    make: () => ({ pageSizeMax: 50 }),
  },
  {
    name: "pages-capped-at-7",
    title: "A page holds at most 7 resources, whatever count says.",
    permittedBy: `${CAP}; OKTA-IMPORT-07`,
    layer: "app",
    make: () => ({ pageSizeMax: 7 }),
  },
  {
    name: "counters-absent-where-all-is-shown",
    title: "startIndex and itemsPerPage are left out where no page was asked for and nothing is missing.",
    permittedBy: "RFC 7644 section 3.4.2: both are demanded only where part of the results is returned",
    layer: "app",
    make: answeringLists((reply, { query }) =>
      query.has("startindex") || query.has("count") || listedIn(reply).length !== reply.body?.totalResults
        ? reply
        : showing(reply, { startIndex: undefined, itemsPerPage: undefined }),
    ),
  },
  {
    name: "resources-absent-from-empty-look-ups",
    title: "A filter that matches nobody is answered with totalResults 0 and no Resources.",
    permittedBy: "RFC 7644 section 3.4.2: Resources is demanded only where totalResults is not 0",
    layer: "app",
    make: answeringLists((reply, { query }) =>
      query.has("filter") && reply.body?.totalResults === 0
        ? showing(reply, { Resources: undefined })
        : reply,
    ),
  },
  {
    name: "inactive-users-not-listed",
    title: "Inactive users are found by filter and by id, but are not in the list of all users.",
    permittedBy: "OKTA-IMPORT-05: inactive users may be listed, and are skipped by the import",
    againstRfc: "RFC 7644 section 3.4.2: a list without a filter has every user",
    layer: "app",
    make: listing((all, { name }) =>
      name === "User" ? all.filter(({ attributes }) => attributes.active !== false) : all,
    ),
  },
  {
    name: "newest-first",
    title: "Lists begin with what was made last.",
    permittedBy: ORDER,
    contradicts: ["in-order-of-names", "others-are-added-meanwhile"],
    layer: "app",
    make: listing((all) => all.toReversed()),
  },
  {
    name: "in-order-of-names",
    title: "Lists are in the order of user names and group names.",
    permittedBy: ORDER,
    contradicts: ["others-are-added-meanwhile"],
    layer: "app",
    make: listing((all) => all.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))),
  },
  {
    name: "only-names-can-be-looked-up",
    title: "A filter other than userName eq or displayName eq is refused with 400.",
    permittedBy:
      "Okta, FAQ: eq on the user name is the only filter needed; RFC 7644 section 3.12: invalidFilter for a comparison that is not supported",
    againstRfc: "RFC 7643 section 5: the configuration served here says that filters are supported",
    layer: "app",
    make: refusingFilters(
      (filter) => !isEquality(filter) || !/(^|:)(userName|displayName)$/i.test(filter.name),
    ),
  },
  {
    name: "only-equality-can-be-filtered",
    title: "A filter other than one comparison with eq is refused with 400.",
    permittedBy:
      "Okta, FAQ: eq is the only operator needed; RFC 7644 section 3.4.2.2: a provider may decline a filter with invalidFilter",
    layer: "app",
    make: refusingFilters((filter) => !isEquality(filter)),
  },
  {
    name: "sorting-not-offered",
    title: "sortBy and sortOrder are passed over, and the configuration says that there is no sorting.",
    permittedBy: "RFC 7644 section 3.4.2.3: sorting is optional",
    layer: "app",
    make: together(
      ({ operations }) => ({
        replace: {
          list: (context, types, request) => operations.list(context, types, unsorted(request)),
        },
      }),
      rewriting((body, _reply, { target }) =>
        target.endsWith("/ServiceProviderConfig") && body.sort !== undefined
          ? changed(body, { sort: { supported: false } })
          : body,
      ),
    ),
  },
];

const isEquality = (filter: Filter): filter is Extract<Filter, { kind: "compare" }> =>
  filter.kind === "compare" && filter.operator === "eq";

const unsorted = (request: ScimRequest): ScimRequest => ({
  ...request,
  query: new Map([...request.query].filter(([name]) => name !== "sortby" && name !== "sortorder")),
});
