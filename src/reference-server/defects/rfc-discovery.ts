import { URN } from "../../model/scim.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { configuring, listing, listingOne, pathOf, rewritingDocument, rewritingList } from "./documents.ts";
import { asFrameworkError, inFront, queryOf, rewritingRefusals } from "./in-front.ts";
import { changed, itemsIn } from "./sent.ts";

/** What servers do wrong at the addresses of ServiceProviderConfig and ResourceTypes. */
export const rfcDiscovery: readonly Defect[] = [
  {
    name: "configuration-has-old-urn",
    title: "The configuration calls itself a document of SCIM 1.0.",
    layer: "app",
    target: ["RFC7644-4-01.answered"],
    also: [],
    make: configuring({ schemas: ["urn:scim:schemas:core:1.0"] }),
  },
  {
    name: "configuration-says-yes-without-supported",
    title: "The configuration says yes with a bare true in place of an object.",
    layer: "app",
    target: ["RFC7643-5-01.features"],
    also: [],
    make: configuring({ changePassword: true }),
  },
  {
    name: "configuration-leaves-limits-out",
    title: "The configuration gives no limits for bulk, because bulk is not supported.",
    layer: "app",
    target: ["RFC7643-5-01.limits"],
    also: [],
    make: configuring({ bulk: { supported: false } }),
  },
  {
    name: "configuration-names-no-scheme",
    title: "The list of authentication schemes is empty.",
    layer: "app",
    target: ["RFC7643-5-01.schemes"],
    also: because("nobody learns of a scheme, with a credential or without", "RFC7643-5-02.public"),
    make: configuring({ authenticationSchemes: [] }),
  },
  {
    name: "resource-types-without-list-urn",
    title: "The list of resource types does not say that it is a ListResponse.",
    layer: "app",
    target: ["RFC7644-4-02.list"],
    also: because("Okta's import reads the same list", "OKTA-IMPORT-11.resource-types"),
    make: rewritingList("ResourceTypes", (list) => changed(list, { schemas: undefined })),
  },
  {
    name: "resource-type-read-as-list",
    title: "Whoever reads one resource type gets the list of all.",
    layer: "app",
    target: ["RFC7644-4-02.one"],
    also: [],
    make: inFront((request, passOn) =>
      passOn({ ...request, target: request.target.replace(/\/ResourceTypes\/User$/, "/ResourceTypes") }),
    ),
  },
  {
    name: "unknown-resource-type-without-scim-error",
    title: "An unknown resource type is refused by the framework, with an error of its own.",
    layer: "app",
    target: ["RFC7644-4-02.unknown"],
    also: [],
    make: rewritingRefusals(
      (_refusal, request) => /\/ResourceTypes\//.test(pathOf(request)),
      asFrameworkError,
    ),
  },
  {
    name: "user-type-points-elsewhere",
    title: "The resource type User names the address of an older interface.",
    layer: "app",
    target: ["RFC7643-6-01.user"],
    also: [],
    make: listingOne("ResourceTypes", "User", () => ({ endpoint: "/accounts" })),
  },
  {
    name: "group-type-in-singular",
    title: "The resource type Group gives /Group as its endpoint.",
    layer: "app",
    target: ["RFC7643-6-01.group"],
    also: [],
    make: listingOne("ResourceTypes", "Group", () => ({ endpoint: "/Group" })),
  },
  {
    name: "group-type-has-schema-of-user",
    title: "The resource type Group was copied from User, and names the schema of User.",
    layer: "app",
    target: ["RFC7643-6-01.group"],
    also: [],
    make: listingOne("ResourceTypes", "Group", () => ({ schema: URN.user })),
  },
  {
    name: "resource-type-with-whole-address",
    title: "A resource type gives its endpoint as a whole address.",
    layer: "app",
    target: ["RFC7643-6-01.complete"],
    also: [],
    make: listing("ResourceTypes", (types) => [
      ...types,
      ...types
        .slice(0, 1)
        .map((user) =>
          changed(user, { id: "Guest", name: "Guest", endpoint: "https://scim.example.com/scim/v2/Guests" }),
        ),
    ]),
  },
  {
    name: "user-type-read-names-old-schema",
    title: "The resource type User, when it is read alone, names the schema of SCIM 1.0.",
    layer: "app",
    target: ["RFC7643-6-01.schema-readable"],
    also: [],
    make: rewritingDocument(
      (path) => path.endsWith("/ResourceTypes/User"),
      (type) => ({ ...type, schema: "urn:scim:schemas:core:1.0" }),
    ),
  },
  {
    name: "group-schema-not-listed",
    title: "The list of schemas leaves out the one of groups.",
    layer: "app",
    target: ["RFC7643-6-01.schemas-known"],
    also: [],
    make: listing("Schemas", (schemas) => schemas.filter(({ id }) => id !== URN.group)),
  },
  {
    name: "extension-not-listed",
    title: "The list of schemas leaves out the enterprise extension, which users may have.",
    layer: "app",
    target: ["RFC7643-6-01.extensions-known"],
    also: because("a user shows the extension that no schema declares", "RFC7643-7-03.attributes"),
    make: listing("Schemas", (schemas) => schemas.filter(({ id }) => id !== URN.enterpriseUser)),
  },
  {
    name: "extension-declared-required",
    title: "The enterprise extension is declared required, and users without it are accepted.",
    layer: "app",
    target: ["RFC7643-6-02.demanded"],
    also: [],
    make: listingOne("ResourceTypes", "User", () => ({
      schemaExtensions: [{ schema: URN.enterpriseUser, required: true }],
    })),
  },
  {
    name: "resource-types-are-paged",
    title: "The list of resource types goes through the code that pages users.",
    layer: "app",
    target: ["RFC7644-4-05.same-types"],
    also: [],
    make: paged("ResourceTypes"),
  },
  {
    name: "schemas-are-paged",
    title: "The list of schemas goes through the code that pages users.",
    layer: "app",
    target: ["RFC7644-4-05.same-schemas"],
    also: [],
    make: paged("Schemas"),
  },
];

/** One element, where one is asked for. */
function paged(list: "Schemas" | "ResourceTypes"): Defect["make"] {
  const cut = rewritingList(list, (document) => ({
    ...document,
    startIndex: 2,
    itemsPerPage: 1,
    Resources: itemsIn(document.Resources).slice(1, 2),
  }));
  return (tools) => {
    const { wrap } = cut(tools);
    return {
      wrap: (handle) => {
        const cutting = wrap?.(handle) ?? handle;
        return (request) => (/\bcount=1\b/.test(queryOf(request)) ? cutting(request) : handle(request));
      },
    };
  };
}
