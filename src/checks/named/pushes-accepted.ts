import type { Check, Evidence, Judgement } from "../../model/evidence.ts";
import { isOwnSilence } from "../../model/exchange.ts";
import { broken, difference, holds, unknown } from "../answer.ts";
import { groupLimitMet, pushFacts, tooSmall } from "./push-evidence.ts";

/**
 * 200 and 204 are the answers to a membership PATCH that RFC 7644 3.5.2 permits and Okta takes. A push that ended
 * at the server's limit of members per group says nothing about the size of a request.
 */
export const pushesAccepted: Check = {
  name: "pushes-accepted",
  summary: "Every request of a push was answered 200 or 204; `size` changes were in the largest one.",
  takes: ["size?"],
  judgesSilence: true,
  judge(evidence, given): Judgement {
    const push = pushFacts(evidence);
    if (push === undefined) return unknown("nothing was pushed");
    const small = tooSmall(push, given.size);
    if (small !== undefined) return unknown(small, { neutral: true });
    const index = push.statuses.findIndex((status) => status !== 200 && status !== 204);
    if (index === -1) return holds;
    const limit = groupLimitMet(evidence, push, given.size);
    if (limit !== undefined) return unknown(limit, { neutral: true });
    const where = `request ${index + 1}, status`;
    const status = push.statuses[index];
    if (status !== 0) return broken(difference(where, "200 or 204", String(status)));
    if (wasHeldBack(evidence)) return unknown("a request was not sent");
    return broken(difference(where, "200 or 204", "no answer"));
  },
};

const wasHeldBack = ({ exchanges }: Evidence) => exchanges.some(({ outcome }) => isOwnSilence(outcome));
