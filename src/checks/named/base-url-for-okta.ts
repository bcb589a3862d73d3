import type { Check, Difference } from "../../model/evidence.ts";
import { brokenBy, difference, unknown } from "../answer.ts";

const LONGEST_BASE_URL = 1024;

/** The conditions under which Okta's forms take a base URL. A loopback address cannot be given to Okta at all. */
export const baseUrlForOkta: Check = {
  name: "base-url-for-okta",
  summary: "The base URL is HTTPS, has no underscore and at most 1024 characters.",
  takes: [],
  ofTheExchange: true,
  judge(evidence) {
    const exchange = evidence.exchanges.at(-1);
    if (exchange === undefined || !URL.canParse(exchange.url)) return unknown("nothing was sent");
    const base = exchange.url.endsWith(exchange.request.path)
      ? exchange.url.slice(0, -exchange.request.path.length)
      : exchange.url;
    const { protocol, hostname } = new URL(exchange.url);
    if (/^(.*\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(hostname)) {
      return unknown("the server runs on this machine, under an address that only this machine knows", {
        neutral: true,
      });
    }
    const found: Difference[] = [];
    if (protocol !== "https:") found.push(difference("base URL", "HTTPS", protocol.replace(":", "")));
    if (base.includes("_")) found.push(difference("base URL", "no underscore", base));
    if (base.length > LONGEST_BASE_URL) {
      found.push(
        difference("base URL", `at most ${LONGEST_BASE_URL} characters`, `${base.length} characters`),
      );
    }
    return brokenBy(found);
  },
};
