import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { changed } from "../defects/sent.ts";
import { type Make, rewriting, showingEach, together, withHeaders } from "./make.ts";
import type { Quirk } from "./quirk.ts";

const DATES = "RFC 7643 section 2.3.5: any xsd:dateTime";
const SAMPLE =
  "Okta, SCIM protocol reference: its sample answers have meta.resourceType and nothing else in meta";

function metaShown(change: (meta: JsonObject) => JsonObject): Make {
  return showingEach((shown) => {
    const { meta } = shown;
    return isJsonObject(meta) ? { ...shown, meta: change(meta) } : shown;
  });
}

function datesShown(write: (iso: string) => string): Make {
  return metaShown((meta) => {
    const dates = Object.entries(meta).filter(([name]) => name === "created" || name === "lastModified");
    return { ...meta, ...Object.fromEntries(dates.map(([name, date]) => [name, write(String(date))])) };
  });
}

const otherHost = (location: string) =>
  location.replace(/^https?:\/\/[^/]+/, "https://canonical.example.net:8443");
const relative = (location: string) => location.replace(/^https?:\/\/[^/]+/, "");

const withVersion = (location: string) => location.replace(/(?=\/(?:Users|Groups)\/)/, "/v2");

/** Addresses in the body and in the header alike, because they have to be equal. */
function locations(write: (location: string) => string): Make {
  return together(
    metaShown((meta) =>
      typeof meta.location === "string" ? { ...meta, location: write(meta.location) } : meta,
    ),
    withHeaders((headers) =>
      headers.map(([name, value]) => [name, name.toLowerCase() === "location" ? write(value) : value]),
    ),
  );
}

/** What a resource says of itself: dates, addresses and versions. */
export const meta: readonly Quirk[] = [
  {
    name: "meta-without-location",
    title: "meta has no location.",
    permittedBy: SAMPLE,
    againstRfc: "RFC 7643 section 3.1: meta.location has the address of the resource",
    layer: "app",
    make: metaShown((meta) => changed(meta, { location: undefined })),
  },
  {
    name: "meta-with-resource-type-alone",
    title: "meta has resourceType and nothing else.",
    permittedBy: SAMPLE,
    againstRfc: "RFC 7643 section 3.1: meta has created, lastModified and location",
    layer: "app",
    make: metaShown(({ resourceType = "" }) => ({ resourceType })),
  },
  {
    name: "dates-with-offset",
    title: "Dates are written in a time zone, with microseconds.",
    permittedBy: DATES,
    contradicts: ["dates-in-whole-seconds"],
    layer: "app",
    make: datesShown((iso) =>
      new Date(Date.parse(iso) + 19_800_000).toISOString().replace(/Z$/, "000+05:30"),
    ),
  },
  {
    name: "dates-in-whole-seconds",
    title: "Dates are written without fractions of a second.",
    permittedBy: DATES,
    layer: "app",
    make: datesShown((iso) => iso.replace(/\.[0-9]+Z$/, "Z")),
  },
  {
    name: "no-versions",
    title: "Resources have no versions: neither ETag nor meta.version.",
    permittedBy: "RFC 7644 section 3.14: versions are optional",
    contradicts: ["strong-versions"],
    layer: "app",
    make: together(
      metaShown((meta) => changed(meta, { version: undefined })),
      withHeaders((headers) => headers.filter(([name]) => name.toLowerCase() !== "etag")),
      rewriting((body, _reply, { target }) =>
        target.endsWith("/ServiceProviderConfig") && body.etag !== undefined
          ? { ...body, etag: { supported: false } }
          : body,
      ),
    ),
  },
  {
    name: "strong-versions",
    title: "Versions are strong entity tags.",
    permittedBy: "RFC 7644 section 3.14 with RFC 9110 section 8.8.3: entity tags may be strong or weak",
    layer: "app",
    make: together(
      metaShown((meta) => ({ ...meta, version: String(meta.version).replace(/^W\//, "") })),
      withHeaders((headers) =>
        headers.map(([name, value]) => [
          name,
          name.toLowerCase() === "etag" ? value.replace(/^W\//, "") : value,
        ]),
      ),
    ),
  },
  {
    name: "addresses-behind-a-proxy",
    title: "Locations name the host behind the proxy, which is not the one in the base URL.",
    permittedBy:
      "RFC 7643 section 3.1: the location is any URI of the resource; Okta appends ids to its own base URL",
    contradicts: ["relative-locations"],
    layer: "app",
    make: locations(otherHost),
  },
  {
    name: "relative-locations",
    title: "Locations are references relative to the host.",
    permittedBy: "RFC 9110 section 10.2.2 and RFC 7643 section 2.3.7: references may be relative",
    layer: "app",
    make: locations(relative),
  },
  {
    name: "locations-with-version",
    title: "Locations have the version before the endpoint, where resources can be read as well.",
    permittedBy:
      "RFC 7644 section 3.13: the base URL may be appended with a version identifier, and need not be",
    layer: "app",
    make: together(locations(withVersion), () => ({
      wrap: (handle) => (request) =>
        handle({ ...request, target: request.target.replace(/\/v2\/v2(?=\/)/, "/v2") }),
    })),
  },
  {
    name: "no-location-on-reads",
    title: "Only the answer to a create has a Location header.",
    permittedBy: "RFC 7644 section 3.3: the header is demanded of creates alone",
    layer: "app",
    make: () => ({
      wrap: (handle) => (request) => {
        const reply = handle(request);
        if (reply.status === 201) return reply;
        return { ...reply, headers: reply.headers.filter(([name]) => name.toLowerCase() !== "location") };
      },
    }),
  },
];
