import type { Headers } from "../model/exchange.ts";
import type { Speaker } from "../model/scenario.ts";

// okta-behaviors 1.1, H-GET20 and H-BODY20: the live client names its version and asks for nothing but SCIM.
const LIVE: Headers = [
  ["Accept", "application/scim+json"],
  ["Accept-Charset", "utf-8"],
  ["User-Agent", "Okta SCIM Client 1.0.0"],
  ["Accept-Encoding", "gzip,deflate"],
];
const LIVE_BODY: Headers = [...LIVE, ["Content-Type", "application/scim+json; charset=utf-8"]];

// H-SUITE: the published test sends a Content-Type even with a GET; H-SUITE-POST uses plain JSON.
const SUITE: Headers = [
  ["Accept", "application/scim+json"],
  ["Accept-Charset", "utf-8"],
  ["Content-Type", "application/scim+json; charset=utf-8"],
  ["User-Agent", "OKTA SCIM Integration"],
];
// Its creates name no User-Agent of their own: the tool that plays the test sends one, which is not published. Without
// any, a server that asks for one (GitHub does) would refuse them for something Okta never does.
const SUITE_BODY: Headers = [
  ["Content-Type", "application/json"],
  ["Accept", "application/scim+json; charset=utf-8"],
  ["User-Agent", "OKTA SCIM Integration"],
];

/** The headers Okta sends, by who speaks: its provisioning client or its published test. */
export function speak(speaker: Speaker, hasBody: boolean): Headers {
  if (speaker === "suite") return hasBody ? SUITE_BODY : SUITE;
  return hasBody ? LIVE_BODY : LIVE;
}
