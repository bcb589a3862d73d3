import type { Json, JsonObject } from "../model/json.ts";
import type { ExpectedCredential } from "./authorisation.ts";
import type { Context } from "./context.ts";
import { notFound, quoted, ScimFailure } from "./errors.ts";
import { listBody } from "./list-response.ts";
import type { Reply, ScimRequest } from "./message.ts";
import { type ResourceType, resourceTypes, type SchemaDefinition, schemas } from "./schemas.ts";

const CORE = "urn:ietf:params:scim:schemas:core:2.0:";

/** RFC 7643 section 5: says what this server does, and no more. */
export function serviceProviderConfig(context: Context): Reply {
  const { baseUrl, settings } = context;
  return {
    status: 200,
    body: {
      schemas: [`${CORE}ServiceProviderConfig`],
      patch: { supported: true },
      bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
      filter: { supported: true, maxResults: settings.pageSizeMax },
      changePassword: { supported: true },
      sort: { supported: true },
      etag: { supported: true },
      authenticationSchemes: [authenticationScheme(settings.credential)],
      meta: { resourceType: "ServiceProviderConfig", location: `${baseUrl}/ServiceProviderConfig` },
    },
  };
}

function authenticationScheme(credential: ExpectedCredential | undefined): JsonObject {
  switch (credential?.form) {
    case "basic":
      return {
        type: "httpbasic",
        name: "HTTP Basic",
        description: "Authorization: Basic, followed by user:password in base64 (RFC 7617)",
        specUri: "https://www.rfc-editor.org/info/rfc7617",
        primary: true,
      };
    case "whole":
      return {
        type: "apikey",
        name: "Header",
        description: `A credential that is all of the header ${credential.header}`,
        primary: true,
      };
    default:
      return {
        type: "oauthbearertoken",
        name: "Bearer token",
        description: "Authorization: Bearer, followed by the token (RFC 6750)",
        specUri: "https://www.rfc-editor.org/info/rfc6750",
        primary: true,
      };
  }
}

export function listResourceTypes(context: Context, request: ScimRequest): Reply {
  return discoveryList(
    request,
    describedTypes(context).map((type) => resourceTypeBody(context, type)),
  );
}

export function readResourceType(context: Context, id: string): Reply {
  const type = describedTypes(context).find(({ name }) => name.toLowerCase() === id.toLowerCase());
  if (type === undefined) throw notFound(`There is no resource type ${quoted(id)}.`);
  return { status: 200, body: resourceTypeBody(context, type) };
}

export function listSchemas(context: Context, request: ScimRequest): Reply {
  return discoveryList(
    request,
    describedSchemas(context).map((schema) => schemaBody(context, schema)),
  );
}

export function readSchema(context: Context, id: string): Reply {
  const schema = describedSchemas(context).find((each) => each.id.toLowerCase() === id.toLowerCase());
  if (schema === undefined) throw notFound(`There is no schema ${quoted(id)}.`);
  return { status: 200, body: schemaBody(context, schema) };
}

type Described = Pick<ResourceType, "description" | "schema" | "extensions"> & {
  readonly name: string;
  readonly collection: string;
};

const describedTypes = ({ settings }: Context): readonly Described[] => [
  ...resourceTypes,
  ...settings.entitlements,
];

const describedSchemas = ({ settings }: Context): readonly SchemaDefinition[] => [
  ...new Set([
    ...schemas,
    ...settings.entitlements.flatMap(({ schema, extensions }) => [schema, ...extensions]),
  ]),
];

/** RFC 7644 section 4: paging and sorting are ignored here, a filter is forbidden. */
function discoveryList(request: ScimRequest, resources: readonly JsonObject[]): Reply {
  if (request.query.has("filter"))
    throw new ScimFailure(403, "What the server says of itself cannot be filtered.");
  return { status: 200, body: listBody(resources.length, 1, resources) };
}

function resourceTypeBody({ baseUrl }: Context, type: Described): JsonObject {
  return {
    schemas: [`${CORE}ResourceType`],
    id: type.name,
    name: type.name,
    endpoint: `/${type.collection}`,
    description: type.description,
    schema: type.schema.id,
    schemaExtensions: type.extensions.map(({ id }) => ({ schema: id, required: false })),
    meta: { resourceType: "ResourceType", location: `${baseUrl}/ResourceTypes/${type.name}` },
  };
}

function schemaBody({ baseUrl }: Context, schema: SchemaDefinition): JsonObject {
  return {
    schemas: [`${CORE}Schema`],
    id: schema.id,
    name: schema.name,
    description: schema.description,
    // Definitions are plain data; the interface alone keeps them from being Json.
    attributes: schema.attributes as unknown as Json,
    meta: { resourceType: "Schema", location: `${baseUrl}/Schemas/${schema.id}` },
  };
}
