import type { Behaviour } from "../../model/behaviour.ts";
import { define, field, must } from "../define.ts";
import { cite } from "../documents.ts";

/**
 * Roles and entitlements of apps with entitlement management (okta-behaviors.md 3.23). Judged where a resource type of
 * the server names one of the two schemas; a server without them offers less, and is no worse for it.
 */
export const entitlements: readonly Behaviour[] = [
  define("OKTA-ENT-01", {
    statement: "Discovery of roles and entitlements starts with the resource types.",
    flow: "entitlements",
    claims: {
      list: must("GET /ResourceTypes answers 200 with a ListResponse."),
      described: must(
        "Each resource type of roles or entitlements has id, name, endpoint, description, schema and meta.",
      ),
      offered: must(
        "At least one resource type has Okta's Role or Entitlement schema, spelt as Okta spells it.",
      ),
    },
    cites: [cite("ENT"), cite("BLOG-2025")],
    request: "GET /ResourceTypes",
    goodAnswer:
      "200 with a ListResponse in which urn:okta:scim:schemas:core:1.0:Role or …:Entitlement is the schema of at least one entry.",
    consequence:
      "The Governance tab shows no roles or entitlements. Ten to fifteen minutes of delay are normal and no fault.",
    remedy: "List a resource type with its endpoint for each kind of role or entitlement.",
  }),
  define("OKTA-ENT-02", {
    statement: "Schemas are read for extensions only.",
    flow: "entitlements",
    claims: {
      extensions: must(
        "GET /Schemas has an entry with id, name and attributes for each extension named in schemaExtensions.",
      ),
    },
    cites: [cite("ENT")],
    request: "GET /Schemas",
    goodAnswer:
      "200 with a ListResponse. Core, enterprise, role and entitlement schemas may be left out; without extensions the whole endpoint may be.",
    consequence: "Custom attributes are missing from the profile in Okta.",
    remedy: "Describe every extension that a resource type names.",
  }),
  define("OKTA-ENT-03", {
    statement: "All values of each kind of role or entitlement are listed.",
    flow: "entitlements",
    claims: {
      "every-value-once": must("Each value appears exactly once over the pages of its endpoint."),
    },
    cites: [cite("ENT"), cite("T-ENT20")],
    request: "GET {endpoint of the resource type}?startIndex=1&count=100",
    goodAnswer: "200 with a ListResponse, paged like the users.",
    consequence: "Values are missing from Okta's catalogue of entitlements.",
    remedy: "Page these endpoints exactly like /Users.",
  }),
  define("OKTA-ENT-04", {
    statement: "Okta's test reads one value from each endpoint.",
    flow: "entitlements",
    claims: {
      list: must("The endpoint answers 200 with a ListResponse that is not empty."),
      counters: must("startIndex and totalResults are numbers, and itemsPerPage is 1."),
    },
    cites: [cite("T-ENT20")],
    request: "GET {endpoint of the resource type}?count=1&startIndex=1",
    goodAnswer: "200 with one value, itemsPerPage 1 and the counters as numbers.",
    consequence: "The test that submissions with entitlements have to pass fails.",
    remedy: "Honour count on these endpoints, and report the size of the page that is sent.",
  }),
  define("OKTA-ENT-05", {
    statement: "A role has an id and a name.",
    flow: "entitlements",
    claims: {
      named: must("Each role has the texts id and displayName."),
      schema: must("Each role has Okta's Role URN in schemas."),
      description: must("A description, where there is one, has at most 1000 characters."),
    },
    cites: [cite("ENT")],
    request: "GET /Roles",
    goodAnswer: "id, displayName, an optional description, and the Role URN in schemas.",
    consequence: "The role is skipped.",
    remedy: "Send id and displayName as texts, and shorten long descriptions.",
  }),
  define("OKTA-ENT-06", {
    statement: "An entitlement also names its type.",
    flow: "entitlements",
    claims: {
      named: must(
        "Each entitlement has the texts id and displayName, and Okta's Entitlement URN in schemas.",
      ),
      type: must("Its type is the name of its resource type."),
    },
    cites: [cite("ENT")],
    request: "GET /Entitlements (or /Licenses, /Profiles, …)",
    goodAnswer: "As for roles, with the Entitlement URN and a type equal to the resource type's name.",
    consequence: "The value cannot be matched to its type.",
    remedy: "Put the name of the resource type into type, letter for letter.",
  }),
  define("OKTA-ENT-07", {
    statement: "Users carry their roles and entitlements.",
    flow: "entitlements",
    claims: {
      arrays: must("roles and entitlements of a user are arrays of entries with value and display."),
      known: must("Each value exists at the endpoint of its kind."),
    },
    cites: [cite("ENT")],
    request: "GET /Users/{id}, and the list",
    goodAnswer: "roles with value and display; entitlements with value, display and type.",
    consequence: "The import shows no assignments.",
    remedy: "Show the assigned roles and entitlements in every representation of a user.",
  }),
  define("OKTA-ENT-08", {
    statement: "A changed assignment arrives in the PUT of the user.",
    flow: "entitlements",
    claims: {
      stored: field("After the replace a read shows roles and entitlements as they were sent."),
      cleared: field("An empty array clears them."),
    },
    cites: [cite("BLOG-2025"), cite("T-ENTCRUD20")],
    request: "GET /Users/{id}, then PUT /Users/{id} with changed roles or entitlements",
    goodAnswer: "200; the arrays are stored as given.",
    consequence: "A grant in Okta has no effect in the application.",
    remedy: "Take roles and entitlements from the body of the replace, empty arrays included.",
  }),
];
