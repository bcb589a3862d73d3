import { type Headers, headerValue } from "../../model/exchange.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { ScimFailure } from "../errors.ts";
import type { Reply, ScimRequest, ServerResponse } from "../message.ts";
import { because } from "./because.ts";
import type { Defect } from "./defect.ts";
import { inFront } from "./in-front.ts";
import { showing } from "./sent.ts";
import { deleteUser, putUser, readUser, type Spoil, spoiling, spoilingWithMemory } from "./spoil.ts";

const withoutHeader = (headers: Headers, name: string): Headers =>
  headers.filter(([one]) => one.toLowerCase() !== name.toLowerCase());

const unconditional = (request: ScimRequest, name: "If-Match" | "If-None-Match"): ScimRequest => ({
  ...request,
  headers: withoutHeader(request.headers, name),
});

/** A reply that shows another meta.version, and has the ETag to it. */
function atVersion(reply: Reply, version: string): Reply {
  const meta = reply.body?.meta ?? null;
  const headers: Headers = [...withoutHeader(reply.headers ?? [], "ETag"), ["ETag", version]];
  return isJsonObject(meta) ? { ...showing(reply, { meta: { ...meta, version } }), headers } : reply;
}

const ignoringIfMatch: Spoil = ({ request }, proceed) => proceed(unconditional(request, "If-Match"));

/** Says that it offers Bulk, and answers every one in this way. */
const answeringBulk = (body: JsonObject): Defect["make"] =>
  inFront(({ method, target }, passOn) => {
    const reply = passOn();
    if (method === "GET" && target.endsWith("/ServiceProviderConfig") && reply.status === 200) {
      const config = JSON.parse(reply.body) as JsonObject;
      const bulk: Json = { supported: true, maxOperations: 100, maxPayloadSize: 1_048_576 };
      return { ...reply, body: JSON.stringify({ ...config, bulk }) };
    }
    return method === "POST" && target.endsWith("/Bulk") ? asScim(200, body) : reply;
  });

const asScim = (status: number, body: JsonObject): ServerResponse => ({
  status,
  headers: [["Content-Type", "application/scim+json"]],
  body: JSON.stringify(body),
});

/** What servers do wrong with versions and Bulk, where they claim to offer them. */
export const rfcOptional: readonly Defect[] = [
  {
    name: "read-without-etag",
    title: "A read has no ETag, though versions are claimed.",
    layer: "app",
    target: ["RFC7644-3.14-01.header"],
    also: [],
    make: spoiling(readUser, (_call, proceed) => {
      const reply = proceed();
      return { ...reply, headers: withoutHeader(reply.headers ?? [], "ETag") };
    }),
  },
  {
    name: "strong-etag-beside-weak-version",
    title: "The ETag of a read is strong, and the meta.version beside it weak.",
    layer: "app",
    target: ["RFC7644-3.14-01.as-meta"],
    also: [],
    make: spoiling(readUser, (_call, proceed) => {
      const reply = proceed();
      const tag = headerValue(reply.headers ?? [], "ETag") ?? "";
      return {
        ...reply,
        headers: [...withoutHeader(reply.headers ?? [], "ETag"), ["ETag", tag.replace(/^W\//, "")]],
      };
    }),
  },
  {
    name: "if-none-match-ignored",
    title: "If-None-Match is ignored: a read always has the whole user.",
    layer: "app",
    target: ["RFC7644-3.14-02.same"],
    also: [],
    make: spoiling(readUser, ({ request }, proceed) => proceed(unconditional(request, "If-None-Match"))),
  },
  {
    name: "any-if-none-match-answered-304",
    title: "A read with If-None-Match is answered 304, whatever version it names.",
    layer: "app",
    target: ["RFC7644-3.14-02.other"],
    also: [],
    make: spoiling(readUser, ({ request, resource }, proceed) =>
      resource !== undefined && headerValue(request.headers, "If-None-Match") !== undefined
        ? { status: 304 }
        : proceed(),
    ),
  },
  {
    name: "put-with-old-version-accepted",
    title: "A replace ignores If-Match, and overwrites what its client has not seen.",
    layer: "app",
    target: ["RFC7644-3.14-03.stale"],
    also: because("the old version was written over", "RFC7644-3.14-03.unchanged"),
    make: spoiling(putUser, ignoringIfMatch),
  },
  {
    name: "put-with-old-version-stored-and-refused",
    title: "The version is compared after the replace was stored: the 412 comes too late.",
    layer: "app",
    target: ["RFC7644-3.14-03.unchanged"],
    also: [],
    make: spoiling(putUser, ({ request }, proceed) => {
      try {
        return proceed();
      } catch (failure) {
        if (failure instanceof ScimFailure && failure.status === 412)
          proceed(unconditional(request, "If-Match"));
        throw failure;
      }
    }),
  },
  {
    name: "weak-versions-never-match",
    title: "If-Match is compared strongly, though all versions are weak: no replace ever matches.",
    layer: "app",
    target: ["RFC7644-3.14-03.current"],
    also: because(
      "the user is still at the first version",
      "RFC7644-3.14-02.other",
      "RFC7644-3.14-03.stale-delete",
    ),
    make: spoiling(putUser, ({ request }, proceed) => {
      if (headerValue(request.headers, "If-Match") !== undefined) {
        throw new ScimFailure(412, "The resource is at another version.");
      }
      return proceed();
    }),
  },
  {
    name: "delete-with-old-version-accepted",
    title: "A delete ignores If-Match.",
    layer: "app",
    target: ["RFC7644-3.14-03.stale-delete"],
    also: [],
    make: spoiling(deleteUser, ignoringIfMatch),
  },
  {
    name: "version-counts-reads",
    title: "Every read shows a new version.",
    layer: "app",
    target: ["RFC7644-3.14-04.stays"],
    also: because("the version is another in the next read", "RFC7644-3.14-03.unchanged"),
    make: spoilingWithMemory(readUser, () => {
      let reads = 0;
      return (_call, proceed) => {
        reads += 1;
        return atVersion(proceed(), `W/"read-${reads}"`);
      };
    }),
  },
  {
    name: "bulk-answered-with-nothing",
    title: "Bulk is claimed, and answered with an empty object.",
    layer: "app",
    target: ["RFC7644-3.7-01.response"],
    also: [],
    make: answeringBulk({}),
  },
  {
    name: "bulk-answered-without-results",
    title: "Bulk is claimed, and its answer says nothing of the operations.",
    layer: "app",
    target: ["RFC7644-3.7-01.result"],
    also: [],
    make: answeringBulk({ schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkResponse"], Operations: [] }),
  },
  {
    name: "me-answered-500",
    title: "GET /Me ends in an exception.",
    layer: "app",
    target: ["RFC7644-3.11-01.permitted"],
    also: [],
    make: inFront(({ target }, passOn) =>
      target.endsWith("/Me")
        ? asScim(500, { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: "500" })
        : passOn(),
    ),
  },
];
