import type { Headers } from "../../model/exchange.ts";
import { withHeaders } from "./make.ts";
import type { Quirk } from "./quirk.ts";

const MEDIA_TYPE =
  "Okta, SCIM protocol reference: its sample answers are labelled application/json, text/json and text/html";

function labelled(label: string) {
  return withHeaders((headers) =>
    headers.map(([name, value]) => [name, name.toLowerCase() === "content-type" ? label : value]),
  );
}

function named(write: (name: string) => string) {
  return withHeaders((headers) => headers.map(([name, value]) => [write(name), value] as const));
}

const MORE: Headers = [
  ["Server", "example"],
  ["Vary", "Accept-Encoding"],
  ["Vary", "Authorization"],
  ["Set-Cookie", "session=0; Path=/; Secure; HttpOnly"],
  ["Set-Cookie", "lane=blue; Path=/"],
  ["Strict-Transport-Security", "max-age=31536000"],
  ["Cache-Control", "no-store, private"],
  ["X-Request-Id", "00000000-0000-4000-8000-000000000000"],
  ["X-RateLimit-Remaining", "0"],
  ["Link", '<https://developer.example.com/scim>; rel="help"'],
];

/** What the headers of a reply look like. */
export const headers: readonly Quirk[] = [
  {
    name: "answers-labelled-application-json",
    title: "Answers are labelled application/json, without a charset.",
    permittedBy: "RFC 7644 section 3.1: JSON may be offered as application/json too; Okta, sample answers",
    contradicts: ["answers-labelled-text-json", "media-type-in-capitals", "media-type-without-charset"],
    layer: "app",
    make: labelled("application/json"),
  },
  {
    name: "answers-labelled-text-json",
    title: "Answers are labelled text/json.",
    permittedBy: MEDIA_TYPE,
    againstRfc: "RFC 7644 section 3.1: application/scim+json",
    contradicts: ["media-type-in-capitals", "media-type-without-charset"],
    layer: "app",
    make: labelled("text/json; charset=utf-8"),
  },
  {
    name: "media-type-in-capitals",
    title: "The media type is written in capitals, with a quoted charset and another parameter.",
    permittedBy: "RFC 9110 section 8.3.1: letter case does not count, and parameters may be quoted",
    contradicts: ["media-type-without-charset"],
    layer: "app",
    make: labelled('Application/SCIM+JSON ; Charset="UTF-8" ; version=2.0'),
  },
  {
    name: "media-type-without-charset",
    title: "The media type has no charset.",
    permittedBy: "RFC 7644 section 8.1: application/scim+json is UTF-8 without saying so",
    layer: "app",
    make: labelled("application/scim+json"),
  },
  {
    name: "header-names-in-lower-case",
    title: "Header names are written in lower case, as HTTP/2 has them.",
    permittedBy: "RFC 9110 section 5.1: letter case does not count",
    contradicts: ["header-names-in-capitals"],
    layer: "app",
    make: named((name) => name.toLowerCase()),
  },
  {
    name: "header-names-in-capitals",
    title: "Header names are written in capitals.",
    permittedBy: "RFC 9110 section 5.1: letter case does not count",
    layer: "app",
    make: named((name) => name.toUpperCase()),
  },
  {
    name: "more-headers",
    title: "Replies have more headers, some of them twice, and cookies nobody has to keep.",
    permittedBy: "RFC 9110 section 5.1: a recipient passes over the fields it does not know",
    layer: "app",
    make: withHeaders((headers) => [...MORE, ...headers]),
  },
];
