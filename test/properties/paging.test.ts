import fc from "fast-check";
import { describe, expect } from "vitest";
import { type Client, client } from "../unit/reference-server/client.ts";
import { holds } from "./property.ts";

interface Page {
  readonly totalResults: number;
  readonly startIndex: number;
  readonly itemsPerPage: number;
  readonly Resources: readonly { readonly id: string; readonly userName: string }[];
}

const index = fc.oneof(
  fc.integer({ min: -3, max: 14 }),
  fc.constantFrom(-999_999_999_999_999, 2 ** 31, 2 ** 32 + 1, 999_999_999_999_999),
);
const filters = ["", 'userName sw "seeded"', 'emails.value co "1"', 'displayName eq "nobody"'] as const;
const asked = fc.record(
  {
    startIndex: index,
    count: index,
    filter: fc.constantFrom(...filters),
    sortBy: fc.constantFrom("userName", "meta.created"),
  },
  { requiredKeys: ["filter"], noNullPrototype: true },
);

function listed(scim: Client, query: Readonly<Record<string, string | number>>): Page {
  const text = new URLSearchParams(
    Object.entries(query)
      .filter(([, value]) => value !== "")
      .map(([name, value]): [string, string] => [name, String(value)]),
  );
  const answer = scim.get(`/Users?${text}`);
  expect(answer.status).toBe(200);
  return answer.body;
}

const ids = (page: Page) => page.Resources.map(({ id }) => id);

describe("a list", () => {
  holds(
    "paging-any-page",
    "shows the slice of the whole that any startIndex and count ask for, however odd they are",
    fc.record({ users: fc.nat(12), pageSizeMax: fc.constantFrom(5, 1_000), asked }),
    ({ users, pageSizeMax, asked: { startIndex, count, ...rest } }) => {
      const scim = client({ pageSizeMax });
      scim.server.seed(users);
      const whole = wholeOf(scim, rest);
      const page = listed(scim, {
        ...rest,
        ...(startIndex === undefined ? {} : { startIndex }),
        ...(count === undefined ? {} : { count }),
      });
      const from = Math.max(1, startIndex ?? 1);
      const size = Math.min(pageSizeMax, Math.max(0, count ?? 100));
      const expected = whole.slice(from - 1, from - 1 + size);
      expect(ids(page)).toEqual(expected);
      expect(page.totalResults).toBe(whole.length);
      expect([page.startIndex, page.itemsPerPage]).toEqual([from, expected.length]);
    },
    { runs: 300 },
  );

  holds(
    "paging-walk",
    "is the whole, each person exactly once, when it is walked page by page with any counts",
    fc.record({
      users: fc.nat(25),
      counts: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 4 }),
      filter: fc.constantFrom(...filters.slice(0, 3)),
      pageSizeMax: fc.constantFrom(2, 5, 1_000),
    }),
    ({ users, counts, filter, pageSizeMax }) => {
      const scim = client({ pageSizeMax });
      scim.server.seed(users);
      const seen: string[] = [];
      for (let turn = 0; ; turn += 1) {
        const page = listed(scim, {
          filter,
          startIndex: seen.length + 1,
          count: counts[turn % counts.length] ?? 1,
        });
        if (page.Resources.length === 0) break;
        seen.push(...ids(page));
      }
      expect(seen).toEqual(wholeOf(scim, { filter }));
    },
  );
});

/** The whole list, read one by one, so that no page size plays a part. */
function wholeOf(scim: Client, query: Readonly<Record<string, string>>): readonly string[] {
  const whole: string[] = [];
  for (let startIndex = 1; ; startIndex += 1) {
    const [id] = ids(listed(scim, { ...query, startIndex, count: 1 }));
    if (id === undefined) return whole;
    whole.push(id);
  }
}
