import type { Behaviour } from "../../model/behaviour.ts";
import { define, must, should } from "../define.ts";
import { cite } from "../documents.ts";

const OKTA_READS_NONE = "Okta's cloud client reads none of the discovery endpoints.";

/** The three discovery endpoints as such (RFC 7644 section 4); what schemas say is in `schemas.ts`. */
export const discovery: readonly Behaviour[] = [
  define("RFC7644-4-01", {
    statement: "The service provider configuration can be read.",
    flow: "discovery",
    claims: {
      answered: must("`GET /ServiceProviderConfig` is answered with 200 and its own URN in `schemas`."),
    },
    cites: [cite("RFC7644", "4"), cite("RFC7643", "5")],
    request: "GET /ServiceProviderConfig",
    goodAnswer: "200 with one object, not a list.",
    consequence: `Clients do not know what they may use and fall back to the least. ${OKTA_READS_NONE}`,
    remedy: "Serve one static document that says what you support.",
  }),
  define("RFC7643-5-01", {
    statement: "The configuration says yes or no to each optional feature.",
    flow: "discovery",
    claims: {
      features: must(
        "patch, bulk, filter, changePassword, sort and etag each have `supported` as a boolean.",
      ),
      limits: must("bulk.maxOperations, bulk.maxPayloadSize and filter.maxResults are integers."),
      schemes: must(
        "`authenticationSchemes` has at least one element, each with type, name and description.",
      ),
    },
    cites: [cite("RFC7643", "5")],
    request: "GET /ServiceProviderConfig",
    goodAnswer:
      '`"patch": {"supported": true}, "bulk": {"supported": false, "maxOperations": 0, "maxPayloadSize": 0}, …`.',
    consequence: `Typed clients cannot read the document. ${OKTA_READS_NONE}`,
    remedy: "Give every required attribute of RFC 7643 section 5, also where the answer is no.",
  }),
  define("RFC7643-5-02", {
    statement: "How to identify oneself can be read without a credential.",
    flow: "discovery",
    claims: { public: should("`authenticationSchemes` is shown to a client that has no credential yet.") },
    cites: [cite("RFC7643", "5")],
    request: "GET /ServiceProviderConfig without Authorization",
    goodAnswer: "200 with authenticationSchemes.",
    consequence: `A new client has to be told by hand which scheme to use. ${OKTA_READS_NONE}`,
    remedy: "Open this one address; it tells nothing of your users.",
  }),
  define("RFC7644-4-02", {
    statement: "The resource types can be listed, and read one by one.",
    flow: "discovery",
    claims: {
      list: must("`GET /ResourceTypes` is answered with 200 and a ListResponse."),
      one: must("`GET /ResourceTypes/User` is answered with that one."),
      unknown: must("An unknown resource type is answered with 404 and a SCIM error."),
    },
    cites: [cite("RFC7644", "4"), cite("RFC7644", "3.12")],
    request: "GET /ResourceTypes, /ResourceTypes/User and /ResourceTypes/NoSuchType",
    goodAnswer: "A ListResponse, one object, and 404.",
    consequence: `Clients do not find the endpoints. ${OKTA_READS_NONE}`,
    remedy: "Serve the list and each element under its name.",
  }),
  define("RFC7643-6-01", {
    statement: "Resource types say where resources are and which schemas they have.",
    flow: "discovery",
    claims: {
      user: must("User is listed with the endpoint `/Users` and the core User schema."),
      group: must("Group, where it is listed, has the endpoint `/Groups` and the core Group schema."),
      complete: must("Every resource type has a name, a schema and an endpoint that is a relative path."),
      "schema-readable": must("The schema that User names can be read under its id."),
      "schemas-known": must("The schema of every resource type is listed at /Schemas."),
      "extensions-known": must("So is every extension that a resource type names."),
    },
    cites: [cite("RFC7643", "6")],
    request: "GET /ResourceTypes, then GET /Schemas and /Schemas/{schema of User}",
    goodAnswer:
      '`{"name":"User","endpoint":"/Users","schema":"urn:ietf:params:scim:schemas:core:2.0:User",…}`.',
    consequence: `A client that follows the documents ends nowhere. ${OKTA_READS_NONE}`,
    remedy: "Generate both lists from the definitions the server itself works with.",
  }),
  define("RFC7643-6-02", {
    statement: "An extension that is declared required is demanded.",
    flow: "discovery",
    claims: { demanded: must("Where User has a required extension, a user without it is refused with 400.") },
    cites: [cite("RFC7643", "6")],
    request: "POST /Users with core attributes only",
    goodAnswer: "400 where an extension is required; Okta needs servers where none is.",
    consequence: "Clients send what nobody needs. Okta would need the extension's attributes mapped by hand.",
    remedy: "Declare `required: false` unless you refuse users without the extension.",
  }),
  define("RFC7644-4-03", {
    statement: "The schemas can be listed, and read one by one.",
    flow: "discovery",
    claims: {
      list: must("`GET /Schemas` is answered with 200 and a ListResponse."),
      whole: must("Its `totalResults` is the number of schemas in the answer."),
      one: must("`GET /Schemas/{urn}` is answered with that schema."),
      escaped: should("So it is when the colons of the URN are percent-encoded."),
      unknown: must("An unknown URN is answered with 404 and a SCIM error."),
    },
    cites: [cite("RFC7644", "4"), cite("RFC7644", "3.12")],
    request: "GET /Schemas, GET /Schemas/urn:ietf:params:scim:schemas:core:2.0:User and its escaped form",
    goodAnswer: "A ListResponse, one schema, and 404.",
    consequence:
      "Clients cannot learn the attributes. Okta reads the list only where schema import is switched on.",
    remedy: "Serve the list whole, and each schema under its id, decoded once.",
  }),
  define("RFC7644-4-04", {
    statement: "What is listed at /Schemas are the schemas of resources.",
    flow: "discovery",
    claims: {
      user: must("The core User schema is listed with attributes."),
      group: must("So is the core Group schema, where groups are offered."),
      "no-messages": must("No URN of an API message is listed."),
    },
    cites: [cite("RFC7644", "4"), cite("RFC7644", "3.1")],
    request: "GET /Schemas",
    goodAnswer: "User, Group and extensions, each with attributes.",
    consequence: `A client builds forms for messages, or none for users. ${OKTA_READS_NONE}`,
    remedy: "List resource schemas only.",
  }),
  define("RFC7644-4-05", {
    statement: "Discovery is neither paged, sorted nor filtered.",
    flow: "discovery",
    claims: {
      "same-schemas": must("Parameters for paging and sorting do not change the list of schemas."),
      "same-types": must("Nor the list of resource types."),
      "filter-forbidden": should("A filter is refused with 403, so that nobody believes in it."),
    },
    cites: [cite("RFC7644", "4")],
    request: "GET /Schemas?startIndex=2&count=1&sortBy=id, GET /Schemas?filter=…",
    goodAnswer: "The whole list; 403 for the filter.",
    consequence: `A generic client that pages everything misses schemas. ${OKTA_READS_NONE}`,
    remedy: "Do not run discovery through the code that lists resources.",
  }),
  define("RFC9110-15.5.6-02", {
    statement: "Discovery documents cannot be written.",
    flow: "discovery",
    claims: { refused: should("A POST to a discovery endpoint is refused, with any 4xx or 501.") },
    cites: [cite("RFC9110", "15.5.6"), cite("RFC7644", "4")],
    request: "POST /ServiceProviderConfig, /ResourceTypes and /Schemas with an empty object",
    goodAnswer: "405 with `Allow: GET`.",
    consequence: `A success would be a lie. ${OKTA_READS_NONE}`,
    remedy: "Route these addresses for GET alone.",
  }),
];
