import { resolveAttribute } from "../attribute-path.ts";
import { badRequest } from "../errors.ts";
import type { ScimRequest } from "../message.ts";
import { userType } from "../schemas.ts";
import type { Variation } from "../variation.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { asking } from "./misread.ts";
import { showing } from "./sent.ts";
import { listUsers, spoiling } from "./spoil.ts";

/** Other parameters are read where `isMeant` holds. */
const askingUsers = (
  isMeant: (request: ScimRequest) => boolean,
  parameters: Readonly<Record<string, string | undefined>>,
): Variation["make"] =>
  spoiling(listUsers, ({ request }, proceed) =>
    isMeant(request) ? proceed(asking(request, parameters)) : proceed(),
  );

const has = ({ query }: ScimRequest, name: string) => query.has(name);
const number = ({ query }: ScimRequest, name: string) => Number(query.get(name) ?? Number.NaN);
const isSorted = (request: ScimRequest) => has(request, "sortby");

/** What servers do wrong with counts, pages and orders that Okta does not ask for. */
export const rfcPaging: readonly Defect[] = [
  {
    name: "count-zero-means-default",
    title: "A count of 0 is taken for no count.",
    layer: "app",
    target: ["RFC7644-3.4.2.4-01.zero-empty"],
    also: [],
    make: askingUsers((request) => number(request, "count") === 0, { count: undefined }),
  },
  {
    name: "count-zero-counts-nobody",
    title: "With a count of 0 nothing is searched, and totalResults is 0.",
    layer: "app",
    target: ["RFC7644-3.4.2.4-01.zero-total"],
    also: [],
    make: spoiling(listUsers, ({ request }, proceed) => {
      const reply = proceed();
      return number(request, "count") === 0 ? showing(reply, { totalResults: 0 }) : reply;
    }),
  },
  {
    name: "negative-count-means-all",
    title: "A negative count is no limit: everybody is shown.",
    layer: "app",
    target: ["RFC7644-3.4.2.4-01.negative-empty"],
    also: [],
    make: askingUsers((request) => number(request, "count") < 0, { count: "1000000" }),
  },
  {
    name: "start-index-zero-refused",
    title: "A startIndex below 1 is refused.",
    layer: "app",
    target: ["RFC7644-3.4.2.4-02.below-one"],
    also: [],
    make: spoiling(listUsers, ({ request }, proceed) => {
      if (number(request, "startindex") < 1) throw badRequest("invalidValue", "startIndex begins at 1.");
      return proceed();
    }),
  },
  {
    name: "start-index-demands-count",
    title: "A startIndex without a count is refused.",
    layer: "app",
    target: ["RFC7644-3.4.2.4-02.start-index-alone"],
    also: [],
    make: spoiling(listUsers, ({ request }, proceed) => {
      if (has(request, "startindex") && !has(request, "count"))
        throw badRequest("invalidValue", "count is missing.");
      return proceed();
    }),
  },
  {
    name: "count-without-start-index-ignored",
    title: "A count without a startIndex is not looked at.",
    layer: "app",
    target: ["RFC7644-3.4.2.4-02.count-alone"],
    also: [],
    make: askingUsers((request) => number(request, "count") > 0 && !has(request, "startindex"), {
      count: undefined,
    }),
  },
  {
    name: "sorted-descending-by-default",
    title: "A list is sorted in descending order unless the client says otherwise.",
    layer: "app",
    target: ["RFC7644-3.4.2.3-01.ascending"],
    also: because(
      "the list that is looked at for its letter case has no sortOrder, either",
      "RFC7644-3.4.2.3-01.letter-case",
    ),
    make: askingUsers((request) => isSorted(request) && !has(request, "sortorder"), {
      sortorder: "descending",
    }),
  },
  {
    name: "sort-order-ignored",
    title: "A list is sorted in ascending order, whatever the client says.",
    layer: "app",
    target: ["RFC7644-3.4.2.3-01.descending"],
    also: [],
    make: askingUsers(isSorted, { sortorder: undefined }),
  },
  {
    name: "capitals-sorted-first",
    title: "A list is sorted by the bytes of the values: capitals come before all small letters.",
    layer: "app",
    target: ["RFC7644-3.4.2.3-01.letter-case"],
    also: [],
    make: ({ operations }) => ({
      replace: {
        findMatches: (context, types, query) => {
          const found = operations.findMatches(context, types, query);
          const name = resolveAttribute(userType, query.sortBy ?? "")?.attribute.name;
          if (name === undefined) return found;
          const direction = query.descending ? -1 : 1;
          const sorted = found
            .page(0, found.total)
            .toSorted(
              (one, other) =>
                direction * (String(one.attributes[name]) < String(other.attributes[name]) ? -1 : 1),
            );
          return { total: found.total, page: (offset, count) => sorted.slice(offset, offset + count) };
        },
      },
    }),
  },
];
