import type { Check } from "../../../model/evidence.ts";
import { type Answer, headerValue } from "../../../model/exchange.ts";
import { isJsonObject } from "../../../model/json.ts";
import { broken, difference, parsedBody, show, unknown } from "../../answer.ts";

/** Writes of one resource that overlap: those that were refused were refused as documented. */
export const lockKept: Check = {
  name: "lock-kept",
  summary:
    "Of several writes of one resource at once, each that is refused is answered `status` with Retry-After and the `detail`. Open when none is: whether they overlapped, a client cannot know.",
  takes: ["status", "detail?"],
  judgesSilence: true,
  judge({ exchanges }, { status, detail }) {
    const refused = exchanges.flatMap(({ outcome }) =>
      outcome.kind === "answer" && outcome.status >= 400 ? [outcome] : [],
    );
    if (refused.length === 0) {
      return unknown(
        `none of ${exchanges.length} writes at once was refused, so they may not have overlapped`,
        {
          neutral: true,
        },
      );
    }
    for (const answer of refused) {
      if (answer.status !== Number(status)) {
        return broken(difference("status", String(status), String(answer.status)));
      }
      if (headerValue(answer.headers, "Retry-After") === undefined) {
        return broken(difference("header Retry-After", "to be there", "absent"));
      }
      if (detail !== undefined && detail !== "" && detailOf(answer) !== detail) {
        return broken(difference("body detail", show(detail), show(detailOf(answer))));
      }
    }
    return broken();
  },
};

function detailOf(answer: Answer) {
  const body = parsedBody(answer);
  return body.ok && isJsonObject(body.value) ? body.value.detail : undefined;
}
