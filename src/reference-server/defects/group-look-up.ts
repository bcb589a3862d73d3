import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { listedIn, showing } from "./sent.ts";
import { listGroups, spoiling } from "./spoil.ts";

const filterIn = (query: ReadonlyMap<string, string>) => query.get("filter") ?? "";

/** What servers do wrong when a group is looked up by its name. */
export const groupLookUp: readonly Defect[] = [
  {
    name: "group-miss-shows-all",
    title: "A look-up of a name that no group has shows all groups.",
    layer: "app",
    target: ["OKTA-GROUP-PUSH-01.finds-nothing"],
    also: [
      ...because("The group whose name is longer is among all of them.", "OKTA-GROUP-PUSH-02.exact-only"),
    ],
    make: spoiling(listGroups, ({ request }, proceed) => {
      const reply = proceed();
      if (filterIn(request.query) === "" || listedIn(reply).length > 0) return reply;
      const query = new Map(request.query);
      query.delete("filter");
      return proceed({ ...request, query });
    }),
  },
  {
    name: "group-filter-ignored",
    title: "The filter is ignored for groups: every look-up shows all of them.",
    layer: "app",
    target: ["OKTA-GROUP-PUSH-01.finds-one"],
    also: [
      ...because("A miss shows all groups as well.", "OKTA-GROUP-PUSH-01.finds-nothing"),
      ...because(
        "The look-up of every name shows all groups.",
        "OKTA-GROUP-PUSH-02.ampersand",
        "OKTA-GROUP-PUSH-02.backslash",
        "OKTA-GROUP-PUSH-02.exact-only",
        "OKTA-GROUP-PUSH-02.non-ascii",
        "OKTA-GROUP-PUSH-02.quotes",
        "OKTA-GROUP-PUSH-02.space",
      ),
    ],
    make: spoiling(listGroups, ({ request }, proceed) => {
      const query = new Map(request.query);
      query.delete("filter");
      return proceed({ ...request, query });
    }),
  },
  {
    name: "group-look-up-counters-as-text",
    title: "The counters of a look-up of groups are texts.",
    layer: "app",
    target: ["OKTA-GROUP-PUSH-01.counters"],
    also: [],
    make: spoiling(listGroups, ({ request }, proceed) => {
      const reply = proceed();
      return filterIn(request.query) === ""
        ? reply
        : showing(reply, { totalResults: String(reply.body?.totalResults) });
    }),
  },
  {
    name: "group-look-up-by-beginning",
    title: "A look-up finds every group whose name begins with what was asked for.",
    layer: "app",
    target: ["OKTA-GROUP-PUSH-02.exact-only"],
    also: [],
    make: spoiling(listGroups, ({ request }, proceed) => {
      const query = new Map(request.query);
      const filter = query.get("filter");
      if (filter !== undefined) query.set("filter", filter.replace(/^displayName eq /, "displayName sw "));
      return proceed({ ...request, query });
    }),
  },
  {
    name: "group-look-up-stops-at-second-space",
    title: "The value of a filter ends at its second space, so that names of several words are not found.",
    layer: "app",
    target: ["OKTA-GROUP-PUSH-02.space"],
    also: [
      ...because(
        "This name has two spaces or more.",
        "OKTA-GROUP-PUSH-02.ampersand",
        "OKTA-GROUP-PUSH-02.non-ascii",
        "OKTA-GROUP-PUSH-02.quotes",
        "OKTA-ROBUST-02.group-found",
        "OKTA-ROBUST-03.quotes",
      ),
    ],
    make: spoiling(listGroups, ({ request }, proceed) => {
      const query = new Map(request.query);
      const filter = query.get("filter");
      if (filter !== undefined) query.set("filter", filter.replace(/(eq "[^ ]* [^ ]*) .*"$/, '$1"'));
      return proceed({ ...request, query });
    }),
  },
  {
    name: "escaped-ampersand-ends-parameter",
    title: "The query is decoded before it is taken apart, so that an ampersand in a name ends the filter.",
    layer: "app",
    target: ["OKTA-GROUP-PUSH-02.ampersand"],
    also: [
      ...because("A userName with an ampersand is cut in the same way.", "OKTA-LOOKUP-01.any-character"),
    ],
    make: ({ operations }) => ({
      replace: { parseQuery: (text) => operations.parseQuery(text.replace(/%26/g, "&")) },
    }),
  },
];
