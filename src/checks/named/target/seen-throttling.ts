import { plural } from "../../../model/count.ts";
import type { Check } from "../../../model/evidence.ts";
import { headerValue } from "../../../model/exchange.ts";
import { unknown } from "../../answer.ts";

/** For rates that the documentation leaves open: tells how many were refused and what they said, and judges nobody. */
export const seenThrottling: Check = {
  name: "seen-throttling",
  summary:
    "Tells how many of the requests were answered 429, and what Retry-After they carried. Blames nobody.",
  takes: [],
  judgesSilence: true,
  judge({ exchanges }) {
    const refused = exchanges.flatMap(({ outcome }) =>
      outcome.kind === "answer" && outcome.status === 429
        ? [headerValue(outcome.headers, "Retry-After") ?? "none"]
        : [],
    );
    const forms = [...new Set(refused)].slice(0, 5).join(", ");
    const told = refused.length === 0 ? "none" : `${refused.length}, with Retry-After: ${forms}`;
    return unknown(
      `the documentation leaves it open; seen: ${told} answered 429, of ${plural(exchanges.length, "request")}`,
      { neutral: true },
    );
  },
};
