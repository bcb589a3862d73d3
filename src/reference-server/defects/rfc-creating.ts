import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { badRequest } from "../errors.ts";
import type { Reply } from "../message.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { changed, overwriting, showing } from "./sent.ts";
import { createUser, readUser, spoiling } from "./spoil.ts";

const metaIn = ({ body }: Reply): JsonObject => {
  const meta = body?.meta ?? null;
  return isJsonObject(meta) ? meta : {};
};

/** A reply with other values in its meta. */
const showingMeta = (reply: Reply, changes: Readonly<Record<string, Json>>): Reply =>
  overwriting(reply, { meta: changed(metaIn(reply), changes) });

/** A reply with another Location; undefined takes it out. */
function pointing(reply: Reply, location: (right: string) => string | undefined): Reply {
  const headers = (reply.headers ?? []).flatMap(([name, value]) => {
    const other = name === "Location" ? location(value) : value;
    return other === undefined ? [] : [[name, other] as const];
  });
  return { ...reply, headers };
}

const locationIn = (reply: Reply): string => String(metaIn(reply).location ?? "");

/** A moment in the form of xsd:dateTime, this much later; nothing of nothing. */
const modifiedLater = (moment: Json | undefined, ms: number): Readonly<Record<string, Json>> =>
  typeof moment === "string" ? { lastModified: new Date(Date.parse(moment) + ms).toISOString() } : {};

const HOUR = 3_600_000;
const EARLY_CORE_URN = "urn:scim:schemas:core:1.0";

/** What servers do wrong with the address of a new user, and with what only they may set. */
export const rfcCreating: readonly Defect[] = [
  {
    name: "created-without-location",
    title: "The answer to a create has no Location.",
    layer: "app",
    target: ["RFC7644-3.3-02.location"],
    also: [],
    make: spoiling(createUser, (_call, proceed) => pointing(proceed(), () => undefined)),
  },
  {
    name: "meta-location-behind-proxy",
    title: "meta.location of a new user begins with the address that the server has behind its proxy.",
    layer: "app",
    target: ["RFC7644-3.3-02.same"],
    also: [],
    make: spoiling(createUser, (_call, proceed) => {
      const reply = proceed();
      const location = locationIn(reply).replace(/^https?:\/\/[^/]+/, "http://10.0.0.7:8080");
      return showingMeta(reply, { location });
    }),
  },
  {
    name: "location-of-other-collection",
    title: "The address of a new user, in both places, has a small letter at the beginning of Users.",
    layer: "app",
    target: ["RFC7644-3.3-02.leads", "RFC7644-3.3-02.in-body-leads"],
    also: [],
    make: spoiling(createUser, (_call, proceed) => {
      const misspelt = (address: string) => address.replace("/Users/", "/users/");
      const reply = proceed();
      return showingMeta(pointing(reply, misspelt), { location: misspelt(locationIn(reply)) });
    }),
  },
  {
    name: "resource-type-in-small-letters",
    title: "meta.resourceType of a new user is written in small letters.",
    layer: "app",
    target: ["RFC7644-3.3-02.resource-type"],
    also: [],
    make: spoiling(createUser, (_call, proceed) => showingMeta(proceed(), { resourceType: "user" })),
  },
  {
    name: "read-only-parts-refused",
    title: "A create with an id or meta is refused, because both are read-only.",
    layer: "app",
    target: ["RFC7643-3.1-01.accepted"],
    also: [],
    make: spoiling(createUser, ({ body }, proceed) => {
      if (body.id !== undefined || body.meta !== undefined)
        throw badRequest("mutability", "id and meta are read-only.");
      return proceed();
    }),
  },
  {
    name: "client-id-repeated",
    title: "The answer to a create shows the id that the client sent.",
    layer: "app",
    target: ["RFC7643-3.1-01.own-id"],
    also: [],
    make: spoiling(createUser, ({ body }, proceed) => {
      const reply = proceed();
      return body.id === undefined ? reply : showing(reply, { id: body.id });
    }),
  },
  {
    name: "client-meta-repeated",
    title: "The answer to a create shows the meta that the client sent.",
    layer: "app",
    target: ["RFC7643-3.1-01.own-meta"],
    also: [],
    make: spoiling(createUser, ({ body }, proceed) => {
      const reply = proceed();
      return isJsonObject(body.meta ?? null) ? showingMeta(reply, body.meta as JsonObject) : reply;
    }),
  },
  {
    name: "created-written-as-in-sql",
    title: "The times in meta of a new user have a space between date and time.",
    layer: "app",
    target: ["RFC7643-3.1-02.form"],
    also: [],
    make: spoiling(createUser, (_call, proceed) => {
      const reply = proceed();
      const { created = "", lastModified = "" } = metaIn(reply);
      const spaced = (moment: Json) => String(moment).replace("T", " ");
      return showingMeta(reply, { created: spaced(created), lastModified: spaced(lastModified) });
    }),
  },
  {
    name: "last-modified-in-local-time",
    title: "meta.lastModified of a new user is local time, although it says that it is UTC.",
    layer: "app",
    target: ["RFC7643-3.1-02.new"],
    also: [],
    make: spoiling(createUser, (_call, proceed) => {
      const reply = proceed();
      return showingMeta(reply, modifiedLater(metaIn(reply).lastModified, HOUR));
    }),
  },
  {
    name: "content-location-of-collection",
    title: "A read has a Content-Location, which is the address of all users.",
    layer: "app",
    target: ["RFC7643-3.1-03.same"],
    also: [],
    make: spoiling(readUser, ({ context }, proceed) => {
      const reply = proceed();
      const headers = [...(reply.headers ?? []), ["Content-Location", `${context.baseUrl}/Users`] as const];
      return { ...reply, headers };
    }),
  },
  {
    name: "external-id-in-capitals",
    title: "A read shows the externalId in capital letters.",
    layer: "app",
    target: ["RFC7643-3.1-04.kept"],
    also: because(
      "the externalId that is read is not the one that was written",
      "OKTA-CREATE-10.stored",
      "RFC7644-3.5.2-12.changed",
    ),
    make: spoiling(readUser, (_call, proceed) => {
      const reply = proceed();
      return overwriting(reply, { externalId: String(reply.body?.externalId).toUpperCase() });
    }),
  },
  {
    name: "external-id-invented",
    title: "A user who was created without an externalId is read with the server's own key in it.",
    layer: "app",
    target: ["RFC7643-3.1-04.not-invented"],
    also: [],
    make: spoiling(readUser, ({ resource, request }, proceed) => {
      const reply = proceed();
      return resource === undefined || request.query.size > 0 || reply.body?.externalId !== undefined
        ? reply
        : showing(reply, { externalId: resource.id });
    }),
  },
  {
    name: "extension-not-named",
    title: "schemas of a user is the core schema, also where an extension is shown.",
    layer: "app",
    target: ["RFC7643-3-02.named"],
    also: [],
    make: spoiling(readUser, ({ resource }, proceed) =>
      overwriting(proceed(), { schemas: [resource?.type.schema.id ?? ""] }),
    ),
  },
  {
    name: "schema-of-scim-1-named",
    title: "schemas of a user has the schema of SCIM 1.1 as well.",
    layer: "app",
    target: ["RFC7643-3-02.known"],
    also: [
      ...because("nothing of that schema is shown", "RFC7643-3-02.filled"),
      ...because("the read shows a schema that was not in the PUT", "RFC7644-3.5.1-01.stored"),
    ],
    make: spoiling(readUser, (_call, proceed) => {
      const reply = proceed();
      const schemas = (reply.body?.schemas ?? []) as readonly Json[];
      return overwriting(reply, { schemas: [...schemas, EARLY_CORE_URN] });
    }),
  },
];
