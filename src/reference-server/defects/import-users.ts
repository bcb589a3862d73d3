import { notFound } from "../errors.ts";
import type { Reply, ScimRequest } from "../message.ts";
import type { Resource } from "../resource.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { changed, itemsIn, listedIn, showing } from "./sent.ts";
import { listUsers, type Spoil, spoiling } from "./spoil.ts";

/** Spoils pages of the list of all users, and leaves look-ups alone. */
function pageSpoil(spoil: (reply: Reply, asked: Asked) => Reply): Spoil {
  return ({ request }, proceed) =>
    request.query.has("filter") ? proceed() : spoil(proceed(), askedBy(request));
}

interface Asked {
  readonly startIndex: number;
  readonly count: number;
}

function askedBy({ query }: ScimRequest): Asked {
  const startIndex = Number(query.get("startindex") ?? 1);
  const count = Number(query.get("count") ?? 100);
  return { startIndex, count };
}

const counter = (reply: Reply, name: string) => Number(reply.body?.[name] ?? 0);

const isPastEnd = (reply: Reply, { startIndex }: Asked) =>
  startIndex > 1 && startIndex > counter(reply, "totalResults");

/** What servers do wrong when all users are read page by page. */
export const importUsers: readonly Defect[] = [
  {
    name: "list-without-schemas",
    title: "The list of all users does not say that it is a ListResponse.",
    layer: "app",
    target: ["OKTA-IMPORT-01.list"],
    also: [
      ...because(
        "The credential test reads a page of the same list.",
        "OKTA-CRED-01.list",
        "OKTA-CRED-02.empty-list",
      ),
    ],
    make: spoiling(
      listUsers,
      pageSpoil((reply) => showing(reply, { schemas: undefined })),
    ),
  },
  {
    name: "list-counters-as-text",
    title: "The counters of the list of all users are texts.",
    layer: "app",
    target: ["OKTA-IMPORT-01.counters"],
    also: [
      ...because(
        "The credential test reads a page of the same list.",
        "OKTA-CRED-02.total-zero",
        "OKTA-CRED-03.integers",
      ),
    ],
    make: spoiling(
      listUsers,
      pageSpoil((reply) =>
        showing(reply, {
          totalResults: String(counter(reply, "totalResults")),
          startIndex: String(counter(reply, "startIndex")),
          itemsPerPage: String(counter(reply, "itemsPerPage")),
        }),
      ),
    ),
  },
  {
    name: "first-page-one-too-many",
    title: "The first page holds one user more than were asked for, who comes first on the next page again.",
    layer: "app",
    target: ["OKTA-IMPORT-01.at-most-count"],
    also: [
      ...because("The page of the credential test is a first page, too.", "OKTA-CRED-04.page-within-count"),
      ...because(
        "The one too many comes again on the next page.",
        "OKTA-IMPORT-02.everyone-once",
        "OKTA-IMPORT-02.exact-multiple",
      ),
    ],
    make: ({ operations }) => ({
      replace: {
        takePage: (matches, startIndex, count) =>
          operations.takePage(matches, startIndex, startIndex === 1 ? count + 1 : count),
      },
    }),
  },
  {
    name: "listed-without-user-name",
    title: "The list of all users shows them by externalId and without userName.",
    layer: "app",
    target: ["OKTA-IMPORT-01.identified"],
    also: [...because("The credential test reads a page of the same list.", "OKTA-CRED-05.first-listed")],
    make: spoiling(
      listUsers,
      pageSpoil((reply) => {
        const users = listedIn(reply).map((user) => changed(user, { userName: undefined }));
        return showing(reply, { Resources: users });
      }),
    ),
  },
  {
    name: "every-page-is-the-first",
    title: "startIndex is ignored, so that the first page comes again and again.",
    layer: "app",
    target: ["OKTA-IMPORT-02.everyone-once", "OKTA-IMPORT-04.empty"],
    also: [
      ...because("Each of these pages is the first one again.", "OKTA-IMPORT-02.exact-multiple"),
      ...because("The page past the end is full.", "OKTA-IMPORT-04.items-per-page"),
    ],
    make: ({ operations }) => ({
      replace: { takePage: (matches, _startIndex, count) => operations.takePage(matches, 1, count) },
    }),
  },
  {
    name: "pages-overlap-by-one",
    title: "Every page after the first begins one user too early.",
    layer: "app",
    target: ["OKTA-IMPORT-02.everyone-once"],
    also: [...because("The pages overlap in every walk.", "OKTA-IMPORT-02.exact-multiple")],
    make: ({ operations }) => ({
      replace: {
        takePage: (matches, startIndex, count) =>
          operations.takePage(matches, startIndex === 1 ? 1 : startIndex - 1, count),
      },
    }),
  },
  {
    name: "pages-begin-one-late",
    title: "startIndex is taken to count from 0, so that every page misses a user at its beginning.",
    layer: "app",
    target: ["OKTA-IMPORT-02.everyone-once"],
    also: [...because("The pages leave somebody out in every walk.", "OKTA-IMPORT-02.exact-multiple")],
    make: ({ operations }) => ({
      replace: {
        takePage: (matches, startIndex, count) =>
          operations.takePage(matches, startIndex === 1 ? 1 : startIndex + 1, count),
      },
    }),
  },
  {
    name: "full-last-page-missing",
    title: "A last page that is full is left out: the number of pages is computed one too low.",
    layer: "app",
    target: ["OKTA-IMPORT-02.exact-multiple"],
    also: [],
    make: spoiling(
      listUsers,
      pageSpoil((reply, { startIndex, count }) =>
        startIndex > 1 && startIndex + count - 1 === counter(reply, "totalResults")
          ? showing(reply, { itemsPerPage: 0, Resources: [] })
          : reply,
      ),
    ),
  },
  {
    name: "start-index-always-1",
    title: "startIndex in a list is 1, whatever was asked for.",
    layer: "app",
    target: ["OKTA-IMPORT-02.start-index-echoed"],
    also: [...because("A page past the end says 1 as well.", "OKTA-IMPORT-04.start-index")],
    make: spoiling(
      listUsers,
      pageSpoil((reply) => showing(reply, { startIndex: 1 })),
    ),
  },
  {
    name: "total-counts-what-is-left",
    title: "totalResults is the number of users from the page to the end, and gets smaller on every page.",
    layer: "app",
    target: ["OKTA-IMPORT-02.whole-total"],
    also: [],
    make: spoiling(
      listUsers,
      pageSpoil((reply, asked) =>
        isPastEnd(reply, asked)
          ? reply
          : showing(reply, { totalResults: counter(reply, "totalResults") - asked.startIndex + 1 }),
      ),
    ),
  },
  {
    name: "total-is-page-size",
    title: "totalResults is the number of users on the page.",
    layer: "app",
    target: ["OKTA-IMPORT-02.whole-total"],
    also: [
      ...because("The credential test reads a page of the same list.", "OKTA-CRED-04.total-is-all"),
      ...because(
        "Whoever trusts the total stops after the first page.",
        "OKTA-IMPORT-02.everyone-once",
        "OKTA-IMPORT-02.exact-multiple",
      ),
    ],
    make: spoiling(
      listUsers,
      pageSpoil((reply) => showing(reply, { totalResults: itemsIn(reply.body?.Resources).length })),
    ),
  },
  {
    name: "order-changes-between-walks",
    title: "Each walk reads a snapshot that is sorted the other way round than the one before.",
    layer: "app",
    target: ["OKTA-IMPORT-03.same-order"],
    also: [],
    make: ({ operations }) => {
      let isReversed = false;
      return {
        replace: {
          findMatches: (context, types, query) => {
            const found = operations.findMatches(context, types, query);
            if (query.filter !== undefined || types.length !== 1 || types[0]?.name !== "User") return found;
            // Other sizes are shown as in the walk before, so that nothing is said about them.
            if (query.startIndex === 1 && query.count === 100) isReversed = !isReversed;
            const isOtherWay = query.count === 100 ? isReversed : !isReversed;
            return isOtherWay ? inOrder(found.page(0, found.total), -1) : found;
          },
        },
      };
    },
  },
  {
    name: "order-depends-on-count",
    title: "Pages of fewer than 100 are sorted by id, larger ones by age.",
    layer: "app",
    target: ["OKTA-IMPORT-03.same-order-other-count"],
    also: [],
    make: ({ operations }) => ({
      replace: {
        findMatches: (context, types, query) => {
          const found = operations.findMatches(context, types, query);
          const isSmall = query.filter === undefined && (query.count ?? 100) < 100;
          return isSmall ? inOrder(found.page(0, found.total), 1) : found;
        },
      },
    }),
  },
  {
    name: "page-past-end-is-404",
    title: "A page that starts past the last user is answered 404.",
    layer: "app",
    target: ["OKTA-IMPORT-04.empty"],
    also: [],
    make: spoiling(
      listUsers,
      pageSpoil((reply, asked) => {
        if (isPastEnd(reply, asked)) throw notFound("There is no such page.");
        return reply;
      }),
    ),
  },
  {
    name: "items-per-page-echoes-count",
    title: "itemsPerPage is the count that was asked for, also on a page that holds nobody.",
    layer: "app",
    target: ["OKTA-IMPORT-04.items-per-page"],
    also: [],
    make: spoiling(
      listUsers,
      pageSpoil((reply, asked) =>
        isPastEnd(reply, asked) ? showing(reply, { itemsPerPage: asked.count }) : reply,
      ),
    ),
  },
  {
    name: "total-zero-past-end",
    title: "The total is counted together with the rows of the page: past the last user it is 0.",
    layer: "app",
    target: ["OKTA-IMPORT-04.total"],
    also: [],
    make: spoiling(
      listUsers,
      pageSpoil((reply, asked) => (isPastEnd(reply, asked) ? showing(reply, { totalResults: 0 }) : reply)),
    ),
  },
];

/** Matches in the order of ids, or against the order they were found in. */
function inOrder(found: readonly Resource[], direction: 1 | -1) {
  const sorted = direction === -1 ? found.toReversed() : found.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return {
    total: sorted.length,
    page: (offset: number, count: number) => sorted.slice(offset, offset + count),
  };
}
