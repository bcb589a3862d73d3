import { listBody } from "../list-response.ts";
import type { ResourceType } from "../schemas.ts";
import type { Variation } from "../variation.ts";
import type { Defect } from "./defect.ts";
import { asking } from "./misread.ts";
import { changed, jsonOf, sending } from "./sent.ts";

/** The filter of a search by POST is not looked at. */
const searchingWithoutFilter = (name: ResourceType["name"]): Variation["make"] => {
  return ({ operations }) => ({
    replace: {
      search: (context, types, request) =>
        operations.search(
          context,
          types,
          types.length === 1 && types[0]?.name === name
            ? sending(request, changed(jsonOf(request), { filter: undefined }))
            : request,
        ),
    },
  });
};

/** What servers do wrong with searches by POST and at the root. */
export const rfcSearch: readonly Defect[] = [
  {
    name: "user-search-ignores-filter",
    title: "A search for users by POST does not read the filter in its body.",
    layer: "app",
    target: ["RFC7644-3.4.3-01.users"],
    also: [],
    make: searchingWithoutFilter("User"),
  },
  {
    name: "group-search-ignores-filter",
    title: "A search for groups by POST does not read the filter in its body.",
    layer: "app",
    target: ["RFC7644-3.4.3-01.groups"],
    also: [],
    make: searchingWithoutFilter("Group"),
  },
  {
    name: "root-ignores-filter",
    title: "A list of everything at the root shows everything, whatever the filter says.",
    layer: "app",
    target: ["RFC7644-3.4.2.1-01.get"],
    also: [],
    make: ({ operations }) => ({
      replace: {
        list: (context, types, request) =>
          operations.list(
            context,
            types,
            types.length > 1 ? asking(request, { filter: undefined }) : request,
          ),
      },
    }),
  },
  {
    name: "root-search-finds-nothing",
    title: "A search by POST at the root has nothing to search in, and finds nothing.",
    layer: "app",
    target: ["RFC7644-3.4.2.1-01.post"],
    also: [],
    make: ({ operations }) => ({
      replace: {
        search: (context, types, request) =>
          types.length > 1
            ? { status: 200, body: listBody(0, 1, []) }
            : operations.search(context, types, request),
      },
    }),
  },
];
