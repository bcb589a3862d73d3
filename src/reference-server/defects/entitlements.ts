import type { Json, JsonObject } from "../../model/json.ts";
import { isJsonObject } from "../../model/json.ts";
import { URN } from "../../model/scim.ts";
import type { EntitlementKind } from "../entitlements.ts";
import type { Reply } from "../message.ts";
import type { Variation } from "../variation.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { rewritingList } from "./documents.ts";
import { changed, itemsIn, listedIn, sending, showing } from "./sent.ts";
import { putUser, spoiling } from "./spoil.ts";

type Make = Variation["make"];

const LONG = "It may be used for everything that anybody could ever want to do with it. ".repeat(20);

/** Values that are shown in another way. */
const showingValues =
  (urn: string, other: (shown: JsonObject, kind: EntitlementKind) => JsonObject): Make =>
  ({ operations }) => ({
    replace: {
      renderValue: (context, kind, value) => {
        const shown = operations.renderValue(context, kind, value);
        return kind.schema.id === urn ? other(shown, kind) : shown;
      },
    },
  });

/** Lists of values that are answered in another way. */
const listingValues =
  (other: (reply: Reply, startIndex: number, all: Reply) => Reply): Make =>
  ({ operations }) => ({
    replace: {
      listValues: (context, kind, request) => {
        const everything = { ...request, query: new Map([["count", "1000"]]) };
        return other(
          operations.listValues(context, kind, request),
          Number(request.query.get("startindex") ?? 1),
          operations.listValues(context, kind, everything),
        );
      },
    },
  });

/** Users whose roles and entitlements are shown in another way. */
const showingGrants =
  (other: (entries: readonly Json[], name: string) => Json): Make =>
  ({ operations }) => ({
    replace: {
      render: (context, resource, projection) => {
        const shown = operations.render(context, resource, projection);
        const grants = ["roles", "entitlements"].filter((name) => shown[name] !== undefined);
        return changed(
          shown,
          Object.fromEntries(grants.map((name) => [name, other(itemsIn(shown[name]), name)])),
        );
      },
    },
  });

/** A number for each id, always the same. */
const numberOf = (id: string) =>
  [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);

const isOkta = ({ schema }: JsonObject) => schema === URN.role || schema === URN.entitlement;

/** What servers do wrong with the roles and entitlements that Okta imports. */
export const entitlements: readonly Defect[] = [
  {
    name: "entitlement-types-without-list-urn",
    title: "The resource types come in a list that does not say that it is a ListResponse.",
    layer: "app",
    target: ["OKTA-ENT-01.list"],
    also: because(
      "It is the same list, as the import of a schema reads it.",
      "OKTA-IMPORT-11.resource-types",
    ),
    make: rewritingList("ResourceTypes", (list) => changed(list, { schemas: undefined })),
  },
  {
    name: "entitlement-types-without-description",
    title: "The resource types of roles and entitlements have no description.",
    layer: "app",
    target: ["OKTA-ENT-01.described"],
    also: [],
    make: rewritingList("ResourceTypes", (list) =>
      changed(list, {
        Resources: itemsIn(list.Resources).map((type) =>
          isJsonObject(type) && isOkta(type) ? changed(type, { description: undefined }) : type,
        ),
      }),
    ),
  },
  {
    name: "entitlement-schemas-misspelt",
    title: "The schemas of roles and entitlements are named in small letters.",
    layer: "app",
    target: ["OKTA-ENT-01.offered"],
    also: [],
    make: rewritingList("ResourceTypes", (list) =>
      changed(list, {
        Resources: itemsIn(list.Resources).map((type) =>
          isJsonObject(type) && isOkta(type)
            ? changed(type, { schema: String(type.schema).toLowerCase() })
            : type,
        ),
      }),
    ),
  },
  {
    name: "extension-of-entitlements-not-listed",
    title: "The schemas list the core ones alone, and no extension that this server brought along.",
    layer: "app",
    target: ["OKTA-ENT-02.extensions"],
    also: [],
    make: rewritingList("Schemas", (list) => {
      const core = itemsIn(list.Resources).filter(
        (schema) => isJsonObject(schema) && /^urn:(ietf|okta):/.test(String(schema.id)),
      );
      return changed(list, { Resources: core, totalResults: core.length });
    }),
  },
  {
    name: "entitlement-pages-overlap",
    title: "Every page of values after the first begins one value too early.",
    layer: "app",
    target: ["OKTA-ENT-03.every-value-once"],
    also: [],
    make: listingValues((reply, startIndex, all) =>
      startIndex === 1
        ? reply
        : showing(reply, { Resources: listedIn(all).slice(startIndex - 2, startIndex + 98) }),
    ),
  },
  {
    name: "one-entitlement-is-an-object",
    title: "Asked for one value, the server sends the value alone, without a list around it.",
    layer: "app",
    target: ["OKTA-ENT-04.list"],
    also: [],
    make: listingValues((reply) => {
      const [only, ...others] = listedIn(reply);
      return only !== undefined && others.length === 0 ? { ...reply, body: only } : reply;
    }),
  },
  {
    name: "entitlement-counters-echo-total",
    title: "itemsPerPage is the number of all values, also on a page of one.",
    layer: "app",
    target: ["OKTA-ENT-04.counters"],
    also: [],
    make: listingValues((reply) => showing(reply, { itemsPerPage: reply.body?.totalResults })),
  },
  {
    name: "role-ids-are-numbers",
    title: "Roles have numbers for ids, as the database keeps them.",
    layer: "app",
    target: ["OKTA-ENT-05.named"],
    also: because("No number can be matched to the text in a user.", "OKTA-ENT-08.stored"),
    make: showingValues(URN.role, (shown) => changed(shown, { id: numberOf(String(shown.id)) })),
  },
  {
    name: "roles-without-okta-schema",
    title: "Roles name a schema of the RFC's draft in place of Okta's.",
    layer: "app",
    target: ["OKTA-ENT-05.schema"],
    also: [],
    make: showingValues(URN.role, (shown) =>
      changed(shown, { schemas: ["urn:ietf:params:scim:schemas:core:2.0:Role"] }),
    ),
  },
  {
    name: "role-descriptions-are-long",
    title: "Descriptions of roles are as long as the help page they were copied from.",
    layer: "app",
    target: ["OKTA-ENT-05.description"],
    also: [],
    make: showingValues(URN.role, (shown) => changed(shown, { description: LONG })),
  },
  {
    name: "entitlements-without-display-name",
    title: "Entitlements have a name and no displayName.",
    layer: "app",
    target: ["OKTA-ENT-06.named"],
    also: [],
    make: showingValues(URN.entitlement, (shown) =>
      changed(shown, { displayName: undefined, name: shown.displayName }),
    ),
  },
  {
    name: "entitlement-type-is-collection",
    title: "The type of an entitlement is the plural that stands in its address.",
    layer: "app",
    target: ["OKTA-ENT-06.type"],
    also: [],
    make: showingValues(URN.entitlement, (shown, { collection }) => changed(shown, { type: collection })),
  },
  {
    name: "roles-shown-as-texts",
    title: "Users show their roles and entitlements as a list of names.",
    layer: "app",
    target: ["OKTA-ENT-07.arrays"],
    also: because("The names are no values that could be found again.", "OKTA-ENT-08.stored"),
    make: showingGrants((entries) =>
      entries.map((entry) => (isJsonObject(entry) ? (entry.display ?? entry.value ?? null) : entry)),
    ),
  },
  {
    name: "roles-shown-under-other-ids",
    title: "Users show their roles and entitlements under ids that no endpoint lists.",
    layer: "app",
    target: ["OKTA-ENT-07.known"],
    also: because("What was granted is not what is shown.", "OKTA-ENT-08.stored"),
    make: showingGrants((entries) =>
      entries.map((entry) =>
        isJsonObject(entry) ? changed(entry, { value: `grant-${entry.value}` }) : entry,
      ),
    ),
  },
  {
    name: "grants-are-ignored",
    title: "Roles and entitlements in a replace are passed over.",
    layer: "app",
    target: ["OKTA-ENT-08.stored"],
    also: [],
    make: showingGrants(() => []),
  },
  {
    name: "empty-roles-change-nothing",
    title: "Empty arrays of roles and entitlements leave them as they were.",
    layer: "app",
    target: ["OKTA-ENT-08.cleared"],
    also: [],
    make: spoiling(putUser, ({ request, resource, body }, proceed) => {
      const before = resource?.attributes ?? {};
      const kept = ["roles", "entitlements"].filter(
        (name) => before[name] !== undefined && Array.isArray(body[name]) && itemsIn(body[name]).length === 0,
      );
      const sent = { ...body, ...Object.fromEntries(kept.map((name) => [name, before[name] ?? []])) };
      return kept.length === 0 ? proceed() : proceed(sending(request, sent));
    }),
  },
];
