import type { JsonObject } from "../../model/json.ts";
import { changed } from "../defects/sent.ts";
import type { ScimFailure } from "../errors.ts";
import { type Make, withHeaders } from "./make.ts";
import type { Quirk } from "./quirk.ts";

function errorsShown(change: (body: JsonObject, failure: ScimFailure) => JsonObject): Make {
  return ({ operations }) => ({
    replace: { renderError: (failure) => change(operations.renderError(failure), failure) },
  });
}

/** RFC 7644 sections 3.3, 3.4.2.2, 3.5.2 and 3.5.2.2. */
const DEMANDED: readonly string[] = ["uniqueness", "invalidFilter", "mutability", "noTarget"];

/** What refusals look like. */
export const errors: readonly Quirk[] = [
  {
    name: "error-status-as-number",
    title: "The status inside an error is a JSON number.",
    permittedBy: "OKTA-READ-02 and OKTA-ERR-01: Okta's published test compares the status loosely",
    againstRfc: "RFC 7644 section 3.12: the status is a JSON string",
    layer: "app",
    make: errorsShown((body, { status }) => ({ ...body, status })),
  },
  {
    name: "scim-type-only-where-demanded",
    title: "A scimType is given only where a clause of its own demands that very word.",
    permittedBy: "RFC 7644 section 3.12: scimType is optional",
    layer: "app",
    make: errorsShown((body, { scimType }) =>
      scimType !== undefined && DEMANDED.includes(scimType) ? body : changed(body, { scimType: undefined }),
    ),
  },
  {
    name: "errors-have-more-members",
    title: "Errors have members besides those of a SCIM error, and a second schema.",
    permittedBy: "RFC 7643 section 2.1 and RFC 7644 section 3.12: an error may carry more than it has to",
    layer: "app",
    make: errorsShown((body, { status }) => ({
      timestamp: "2026-01-05T09:00:00Z",
      code: status * 100,
      requestId: null,
      ...body,
      schemas: [
        "urn:ietf:params:scim:api:messages:2.0:Error",
        "urn:example:params:scim:api:messages:2.0:Fault",
      ],
      errors: [{ message: body.detail ?? "" }],
    })),
  },
  {
    name: "details-in-another-language",
    title: "The detail of an error is written in Japanese.",
    permittedBy: "RFC 7644 section 3.12: the detail is any human-readable text",
    layer: "app",
    make: errorsShown((body, { status }) => ({
      ...body,
      detail: `要求を処理できませんでした(${status})。`,
    })),
  },
  {
    name: "other-schemes-challenged-too",
    title: "A 401 names several authentication schemes, one header line each.",
    permittedBy: "RFC 9110 section 11.6.1: a reply may carry several challenges",
    layer: "app",
    make: withHeaders((headers) =>
      headers.flatMap((header) =>
        header[0].toLowerCase() === "www-authenticate"
          ? [[header[0], "Negotiate"] as const, header, [header[0], 'Basic realm="scim"'] as const]
          : [header],
      ),
    ),
  },
];
