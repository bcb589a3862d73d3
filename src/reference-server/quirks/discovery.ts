import { URN } from "../../model/scim.ts";
import { entitlementKinds } from "../entitlements.ts";
import { replying } from "./make.ts";
import type { Quirk } from "./quirk.ts";

function refusing(addresses: RegExp, status: number) {
  const body = JSON.stringify({
    schemas: [URN.error],
    status: String(status),
    detail: "This is not offered here.",
  });
  return replying((reply, { target }) =>
    reply.status !== 401 && addresses.test(target)
      ? { status, headers: [["Content-Type", "application/scim+json"]], body }
      : reply,
  );
}

const DISCOVERY = /\/(ServiceProviderConfig|ResourceTypes|Schemas)\b/;

/** Parts of the protocol that the server does not have. */
export const discovery: readonly Quirk[] = [
  {
    name: "nothing-to-discover",
    title: "ServiceProviderConfig, ResourceTypes and Schemas are answered 404.",
    permittedBy: "OKTA-CRED-07: Okta's cloud client never reads them",
    againstRfc: "RFC 7644 section 4: the three addresses exist",
    layer: "app",
    make: refusing(DISCOVERY, 404),
  },
  {
    name: "no-roles-and-no-entitlements",
    title: "The server knows no roles and no entitlements that could be imported.",
    permittedBy: "okta-behaviors 3.23: only apps with entitlement management have them",
    layer: "app",
    make: () => ({ entitlements: [] }),
  },
  {
    name: "roles-of-another-schema",
    title: "There are roles to be read, under a schema of the server's own that Okta does not look for.",
    permittedBy: "RFC 7643 section 6: a provider may have resource types of its own",
    layer: "app",
    make: () => ({
      entitlements: entitlementKinds.map((kind) => ({
        ...kind,
        schema: { ...kind.schema, id: `urn:example:scim:schemas:core:2.0:${kind.schema.name}` },
      })),
    }),
  },
  {
    name: "search-by-post-not-offered",
    title: "POST to .search is answered 501.",
    permittedBy:
      "RFC 7644 sections 3.4.3 and 3.12: a provider may not offer it; OKTA-HTTP-08: Okta never uses it",
    layer: "app",
    make: refusing(/\/\.search\b/, 501),
  },
  {
    name: "search-by-post-taken-for-a-create",
    title: "POST to .search is answered 400, as a create without a userName is.",
    permittedBy:
      "RFC 7644 sections 3.4.3 and 3.12: a provider may not offer it; OKTA-HTTP-08: Okta never uses it",
    contradicts: ["search-by-post-not-offered"],
    layer: "app",
    make: refusing(/\/\.search\b/, 400),
  },
];
