import type { Check } from "../../model/evidence.ts";
import { broken, difference, holds, unknown } from "../answer.ts";

/** RFC 7644 7.2. What never leaves the machine has nobody to hide from. */
export const tlsAddress: Check = {
  name: "tls-address",
  summary: "The base URL is HTTPS; left open for a server on this machine.",
  takes: [],
  ofTheExchange: true,
  judge(evidence) {
    const url = evidence.exchanges.at(-1)?.url;
    if (url === undefined || !URL.canParse(url)) return unknown("nothing was sent");
    const { protocol, hostname } = new URL(url);
    if (protocol === "https:") return holds;
    return /^(.*\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(hostname)
      ? unknown("the server runs on this machine", { neutral: true })
      : broken(difference("base URL", "HTTPS", protocol.replace(":", "")));
  },
};
