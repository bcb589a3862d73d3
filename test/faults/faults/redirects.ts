import { type Fault, whole } from "../fault.ts";

const NEVER =
  "RFC 7644 3.12 lists no answer to these requests that sends them elsewhere, and following one would carry the token along.";

const to = (name: string, location: string, does: string, preflight: string): Fault => ({
  name,
  phase: "redirect",
  does,
  strike: ({ client, sound }) =>
    client.write(
      whole(
        { ...sound, headers: [["Location", location]] },
        { line: "HTTP/1.1 307 Temporary Redirect", body: "" },
      ),
    ),
  verdict: "fail",
  preflight,
  because: NEVER,
  told: /307/,
});

/** Where a redirect may point that has to see no request. The trial puts the listener's address in. */
export const ELSEWHERE = "http://elsewhere.invalid";

/** Redirects: none is followed, so the token goes nowhere else. */
export const redirects: readonly Fault[] = [
  to("redirect-loop", "/scim/v2/Users?startIndex=1&count=2", "redirects in a circle", "judged"),
  to("redirect-to-another-origin", `${ELSEWHERE}/scim/v2/Users`, "redirects to another origin", "redirect"),
  to(
    "redirect-without-scheme",
    "//elsewhere.invalid/scim/v2/Users",
    "redirects to another host, scheme left out",
    "redirect",
  ),
  to("redirect-to-a-file", "file:///etc/passwd", "redirects to a file", "redirect"),
  to("redirect-to-a-script", "javascript:alert(1)", "redirects to a script", "redirect"),
  to("redirect-that-is-no-address", "http://[", "redirects to what is no address", "judged"),
  {
    name: "redirect-without-location",
    phase: "redirect",
    does: "redirects without saying where",
    strike: ({ client, sound }) =>
      client.write(whole({ ...sound, headers: [] }, { line: "HTTP/1.1 302 Found", body: "" })),
    verdict: "fail",
    preflight: "judged",
    because: NEVER,
    told: /302/,
  },
];
