import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { listedIn, showing } from "./sent.ts";
import { listGroups, spoiling } from "./spoil.ts";

/** What servers do wrong when all groups are listed. */
export const importGroups: readonly Defect[] = [
  {
    name: "group-list-without-schemas",
    title: "The list of all groups does not say that it is a ListResponse.",
    layer: "app",
    target: ["OKTA-IMPORT-06.list"],
    also: [...because("The credential test reads the same list.", "OKTA-CRED-06.groups")],
    make: spoiling(listGroups, ({ request }, proceed) =>
      request.query.has("filter") ? proceed() : showing(proceed(), { schemas: undefined }),
    ),
  },
  {
    name: "group-list-counters-as-text",
    title: "The counters of the list of all groups are texts.",
    layer: "app",
    target: ["OKTA-IMPORT-06.counters"],
    also: [],
    make: spoiling(listGroups, ({ request }, proceed) => {
      const reply = proceed();
      return request.query.has("filter")
        ? reply
        : showing(reply, { totalResults: String(reply.body?.totalResults) });
    }),
  },
  {
    name: "groups-with-members-not-listed",
    title: "The list of all groups shows only groups without members, as roles are managed elsewhere.",
    layer: "app",
    target: ["OKTA-IMPORT-06.listed", "OKTA-GROUP-LINK-01.offered"],
    also: [...because("What is not listed is not listed with its members.", "OKTA-IMPORT-06.members")],
    make: spoiling(listGroups, ({ request }, proceed) => {
      const reply = proceed();
      if (request.query.has("filter")) return reply;
      const shown = listedIn(reply).filter(({ members }) => !Array.isArray(members) || members.length === 0);
      return showing(reply, { totalResults: shown.length, itemsPerPage: shown.length, Resources: shown });
    }),
  },
  {
    name: "group-list-without-members",
    title: "The list of all groups leaves the members out.",
    layer: "app",
    target: ["OKTA-IMPORT-06.members"],
    also: [],
    make: spoiling(listGroups, ({ request }, proceed) => {
      const query = new Map(request.query);
      query.set("excludedattributes", "members");
      return proceed({ ...request, query });
    }),
  },
];
