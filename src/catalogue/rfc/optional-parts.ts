import type { Behaviour } from "../../model/behaviour.ts";
import { define, may, must } from "../define.ts";
import { cite } from "../documents.ts";

/** Versions, Bulk and /Me: judged where the server claims them. Okta uses none of them. */
export const optionalParts: readonly Behaviour[] = [
  define("RFC7644-3.14-01", {
    statement: "A server that claims versions shows them.",
    flow: "optional-parts",
    claims: {
      header: must("A read has an ETag that is an entity-tag."),
      "as-meta": must("The ETag and meta.version are the same."),
    },
    cites: [cite("RFC7644", "3.14"), cite("RFC7643", "3.1")],
    request: "GET /Users/{id}",
    goodAnswer: 'ETag: W/"3694e05e9dff594", and the same in meta.version.',
    consequence: "Clients cannot protect their writes. Okta sends no versions.",
    remedy: "Derive both from one value, or say that etag is not supported.",
  }),
  define("RFC7644-3.14-02", {
    statement: "If-None-Match saves a body that the client has.",
    flow: "optional-parts",
    claims: {
      same: must("With the present version the answer is 304."),
      other: must("With an old version the answer is 200 with the resource."),
    },
    cites: [cite("RFC7644", "3.14"), cite("RFC9110", "13.1.2")],
    request: "GET /Users/{id} with If-None-Match",
    goodAnswer: "304 without a body; 200 after a change.",
    consequence: "Clients work with old data or load it needlessly. Okta sends no versions.",
    remedy: "Compare with the stored version, weakly.",
  }),
  define("RFC7644-3.14-03", {
    statement: "If-Match keeps a client from overwriting what it has not seen.",
    flow: "optional-parts",
    claims: {
      stale: must("A replace with an old version is refused with 412."),
      unchanged: must("After it the user is as before."),
      current: must("A replace with the present version is accepted."),
      "stale-delete": must("A delete with an old version is refused with 412."),
    },
    cites: [cite("RFC7644", "3.14"), cite("RFC9110", "13.1.1")],
    request: "PUT and DELETE /Users/{id} with If-Match",
    goodAnswer: "412 for an old version, success for the present one.",
    consequence: "Changes of others are lost. Okta sends no versions.",
    remedy: "Compare and write in one transaction.",
  }),
  define("RFC7644-3.14-04", {
    statement: "A version changes with the resource, and only then.",
    flow: "optional-parts",
    claims: {
      changes: must("After a change meta.version is another."),
      stays: must("Between two reads without a change it is the same."),
    },
    cites: [cite("RFC7644", "3.14"), cite("RFC7643", "3.1")],
    request: "GET, GET, PUT, GET",
    goodAnswer: "The same version twice, then another.",
    consequence: "Clients overwrite or refuse at random. Okta sends no versions.",
    remedy: "Count changes, or hash what is stored without meta.",
  }),
  define("RFC7644-3.7-01", {
    statement: "A server that claims Bulk answers each operation.",
    flow: "optional-parts",
    claims: {
      response: must("A Bulk of one PATCH is answered with 200 and a BulkResponse."),
      result: must("It has one result with method, status and location."),
    },
    cites: [cite("RFC7644", "3.7"), cite("RFC7644", "3.7.3")],
    request: "POST /Bulk with a PATCH of a user",
    goodAnswer: "200 with one result.",
    consequence: "Clients cannot tell what was done. Okta sends no Bulk.",
    remedy: "Say that bulk is not supported, or answer each operation as if it had come alone.",
  }),
  define("RFC7644-3.11-01", {
    statement: "/Me is answered with the user's own resource, with its address, or with 501.",
    flow: "optional-parts",
    claims: {
      permitted: may(
        "GET /Me is answered with 200, 308 and a Location, 501, or 404 where the credential is nobody's.",
      ),
    },
    cites: [cite("RFC7644", "3.11")],
    request: "GET /Me",
    goodAnswer: "501, or 200 with the user.",
    consequence: "Okta never asks for it.",
    remedy: "Answer 501.",
  }),
];
