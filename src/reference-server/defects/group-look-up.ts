import { badRequest } from "../errors.ts";
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
    also: [],
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
    also: [],
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
    name: "group-look-up-stops-at-space",
    title: "The value of a filter ends at its first space, so that names with spaces are not found.",
    layer: "app",
    target: ["OKTA-GROUP-PUSH-02.space"],
    also: [],
    make: spoiling(listGroups, ({ request }, proceed) => {
      const query = new Map(request.query);
      const filter = query.get("filter");
      if (filter !== undefined) query.set("filter", filter.replace(/(eq "[^ "]*) .*"$/, '$1"'));
      return proceed({ ...request, query });
    }),
  },
  {
    name: "escaped-ampersand-ends-parameter",
    title: "The query is decoded before it is taken apart, so that an ampersand in a name ends the filter.",
    layer: "app",
    target: ["OKTA-GROUP-PUSH-02.ampersand"],
    also: [],
    make: ({ operations }) => ({
      replace: { parseQuery: (text) => operations.parseQuery(text.replace(/%26/g, "&")) },
    }),
  },
  {
    name: "group-names-with-spaces-refused",
    title: "A filter with a space in its value is refused as a syntax error.",
    layer: "app",
    target: ["OKTA-GROUP-PUSH-02.space"],
    also: [],
    make: spoiling(listGroups, ({ request }, proceed) => {
      if (/"[^"]* [^"]*"/.test(filterIn(request.query))) throw badRequest("invalidFilter", "Unexpected word.");
      return proceed();
    }),
  },
];
