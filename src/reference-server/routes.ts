import type { Context } from "./context.ts";
import {
  listResourceTypes,
  listSchemas,
  readResourceType,
  readSchema,
  serviceProviderConfig,
} from "./discovery.ts";
import type { EntitlementKind } from "./entitlements.ts";
import { notFound, quoted, ScimFailure } from "./errors.ts";
import type { Reply, ScimRequest } from "./message.ts";
import { type ResourceType, resourceTypes } from "./schemas.ts";

type Answer = () => Reply;

/** What an address offers, by method. */
type Methods = Readonly<Record<string, Answer>>;

/**
 * Answers a request by its address and method.
 * @throws ScimFailure 404 for an address nothing is at, 405 with `Allow` for a method it does not have.
 */
export function route(context: Context, request: ScimRequest): Reply {
  const methods = methodsAt(context, request);
  if (methods === undefined)
    throw notFound(`There is nothing at ${quoted(`/${request.segments.join("/")}`)}.`);
  const answer = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined;
  if (answer !== undefined) return answer();
  const allow = Object.keys(methods).join(", ");
  throw new ScimFailure(405, `Only ${allow} can be used here.`, undefined, [["Allow", allow]]);
}

function methodsAt(context: Context, request: ScimRequest): Methods | undefined {
  const [first = "", second, ...more] = request.segments;
  if (more.length > 0) return undefined;
  const type = resourceTypes.find(({ collection }) => collection === first);
  if (type !== undefined) {
    return second === undefined
      ? collectionMethods(context, type, request)
      : resourceMethods(context, type, second, request);
  }
  const kind = context.settings.entitlements.find(({ collection }) => collection === first);
  if (kind !== undefined) return valueMethods(context, kind, second, request);
  return second === undefined
    ? rootMethods(context, first, request)
    : discoveryMethods(context, first, second);
}

function collectionMethods(context: Context, type: ResourceType, request: ScimRequest): Methods {
  const { operations } = context;
  return {
    GET: () => operations.list(context, [type], request),
    POST: () => operations.create(context, type, request),
  };
}

function resourceMethods(context: Context, type: ResourceType, id: string, request: ScimRequest): Methods {
  const { operations } = context;
  if (id === ".search") return { POST: () => operations.search(context, [type], request) };
  return {
    GET: () => operations.read(context, type, id, request),
    PUT: () => operations.replace(context, type, id, request),
    PATCH: () => operations.modify(context, type, id, request),
    DELETE: () => operations.remove(context, type, id, request),
  };
}

function valueMethods(
  context: Context,
  kind: EntitlementKind,
  id: string | undefined,
  request: ScimRequest,
): Methods {
  const { operations } = context;
  return {
    GET: () =>
      id === undefined
        ? operations.listValues(context, kind, request)
        : operations.readValue(context, kind, id),
  };
}

function rootMethods(context: Context, name: string, request: ScimRequest): Methods | undefined {
  const { operations } = context;
  switch (name) {
    case "":
      return { GET: () => operations.list(context, resourceTypes, request) };
    case ".search":
      return { POST: () => operations.search(context, resourceTypes, request) };
    case "ServiceProviderConfig":
      return { GET: () => serviceProviderConfig(context) };
    case "ResourceTypes":
      return { GET: () => listResourceTypes(context, request) };
    case "Schemas":
      return { GET: () => listSchemas(context, request) };
    case "Me":
    case "Bulk":
      return everyMethod(() => {
        throw new ScimFailure(501, `This server does not offer /${name}.`);
      });
    default:
      return undefined;
  }
}

function discoveryMethods(context: Context, name: string, id: string): Methods | undefined {
  if (name === "ResourceTypes") return { GET: () => readResourceType(context, id) };
  if (name === "Schemas") return { GET: () => readSchema(context, id) };
  return undefined;
}

function everyMethod(answer: Answer): Methods {
  return { GET: answer, POST: answer, PUT: answer, PATCH: answer, DELETE: answer };
}
