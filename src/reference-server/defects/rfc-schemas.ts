import { URN } from "../../model/scim.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { declaring, listing, listingOne, pathOf, rewritingDocument, rewritingList } from "./documents.ts";
import { asFrameworkError, rewritingRefusals } from "./in-front.ts";
import { changed, itemsIn } from "./sent.ts";

const MESSAGE = {
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
  id: URN.patchOp,
  name: "PatchOp",
  attributes: [{ name: "Operations", type: "complex", multiValued: true }],
};

/** What servers do wrong with the list of schemas, and with what it says. */
export const rfcSchemas: readonly Defect[] = [
  {
    name: "schemas-without-list-urn",
    title: "The list of schemas does not say that it is a ListResponse.",
    layer: "app",
    target: ["RFC7644-4-03.list"],
    also: because("Okta's import reads the same list", "OKTA-IMPORT-11.schemas"),
    make: rewritingList("Schemas", (list) => changed(list, { schemas: undefined })),
  },
  {
    name: "schemas-counted-wrongly",
    title: "The total of the list of schemas is that of a release with fewer of them.",
    layer: "app",
    target: ["RFC7644-4-03.whole"],
    also: [],
    make: rewritingList("Schemas", (list) => ({ ...list, totalResults: 2 })),
  },
  {
    name: "schema-read-as-list",
    title: "Whoever reads one schema gets a list of that one.",
    layer: "app",
    target: ["RFC7644-4-03.one"],
    also: because(
      "it is the same schema under the same address",
      "RFC7643-6-01.schema-readable",
      "RFC7644-4-03.escaped",
    ),
    make: rewritingDocument(
      (path) => /\/Schemas\/./.test(path),
      (schema) => ({ schemas: [URN.listResponse], totalResults: 1, Resources: [schema] }),
    ),
  },
  {
    name: "unknown-schema-without-scim-error",
    title: "An unknown schema is refused by the framework, with an error of its own.",
    layer: "app",
    target: ["RFC7644-4-03.unknown"],
    also: [],
    make: rewritingRefusals((_refusal, request) => /\/Schemas\//.test(pathOf(request)), asFrameworkError),
  },
  {
    name: "user-schema-not-listed",
    title: "The list of schemas has extensions alone, because everybody knows the core ones.",
    layer: "app",
    target: ["RFC7644-4-04.user"],
    also: [
      ...because("the resource type User names it", "RFC7643-6-01.schemas-known"),
      ...because("no other schema declares what users show", "RFC7643-7-03.attributes"),
    ],
    make: listing("Schemas", (schemas) => schemas.filter(({ id }) => id !== URN.user)),
  },
  {
    name: "group-schema-without-attributes",
    title: "The schema of groups is listed without any attribute.",
    layer: "app",
    target: ["RFC7644-4-04.group"],
    also: [],
    make: listingOne("Schemas", "Group", () => ({ attributes: [] })),
  },
  {
    name: "message-listed-as-schema",
    title: "The list of schemas has the URN of a PATCH among them.",
    layer: "app",
    target: ["RFC7644-4-04.no-messages"],
    also: [],
    make: listing("Schemas", (schemas) => [...schemas, MESSAGE]),
  },
  {
    name: "schema-in-words-of-json-schema",
    title: "An attribute is declared with the type text, which is no word of SCIM.",
    layer: "app",
    target: ["RFC7643-7-01.words"],
    also: [],
    make: declaring("User", "title", () => ({ type: "text" })),
  },
  {
    name: "attribute-name-with-space",
    title: "An attribute goes by the name its column has on the screen.",
    layer: "app",
    target: ["RFC7643-7-01.names"],
    also: [],
    make: listingOne("Schemas", "EnterpriseUser", ({ attributes }) => ({
      attributes: [...itemsIn(attributes), { name: "Cost Centre", type: "string", multiValued: false }],
    })),
  },
  {
    name: "complex-attribute-in-another",
    title: "An address is declared with a position that has parts itself.",
    layer: "app",
    target: ["RFC7643-7-01.no-nesting"],
    also: [],
    make: declaring("User", "addresses", ({ subAttributes }) => ({
      subAttributes: [
        ...itemsIn(subAttributes),
        { name: "position", type: "complex", subAttributes: [{ name: "latitude", type: "decimal" }] },
      ],
    })),
  },
  {
    name: "user-name-declared-case-exact",
    title: "userName is declared case-exact, and is not.",
    layer: "app",
    target: ["RFC7643-4.1.1-01.declared"],
    also: [],
    make: declaring("User", "userName", () => ({ caseExact: true })),
  },
  {
    name: "user-groups-declared-writable",
    title: "groups of a user is declared as something that clients may write.",
    layer: "app",
    target: ["RFC7643-4.1.2-01.read-only"],
    also: [],
    make: declaring("User", "groups", () => ({ mutability: "readWrite" })),
  },
  {
    name: "active-declared-as-text",
    title: "active is declared as text, and shown as a boolean.",
    layer: "app",
    target: ["RFC7643-7-03.types"],
    also: [],
    make: declaring("User", "active", () => ({ type: "string" })),
  },
];
