import type { Check, Judgement } from "../../model/evidence.ts";
import type { Answer } from "../../model/exchange.ts";
import {
  broken,
  difference,
  holds,
  lastAnswer,
  parsedBody,
  show,
  showOutcome,
  unknown,
  valueAt,
} from "../answer.ts";
import { fixed } from "./fixed.ts";
import { scimError } from "./scim-error.ts";

/** Naming the resource that is in the way leaves the claim blocked when there is none. */
export const conflict: Check = {
  name: "conflict",
  summary:
    "Answered 409, because the resource with the id `with` has the name already. With `may-be-fixed` open where the server says, by 400 and the scimType mutability, that such a name never changes.",
  takes: ["with", "may-be-fixed?"],
  judge: (evidence, given): Judgement =>
    fixed(evidence, given) ??
    (lastAnswer(evidence)?.status === 409
      ? holds
      : broken(difference("status", "409", showOutcome(evidence)))),
};

export const conflictError: Check = {
  name: "conflict-error",
  summary: "The 409 carries a SCIM error; open when the answer is another.",
  takes: [],
  judge: (evidence): Judgement =>
    lastAnswer(evidence)?.status === 409 ? scimError.judge(evidence, {}) : noConflict(showOutcome(evidence)),
};

/** RFC 7644 3.12 has a word for it. */
export const conflictType: Check = {
  name: "conflict-type",
  summary: "The error of the 409 has scimType uniqueness; open when the answer is another.",
  takes: [],
  judge(evidence): Judgement {
    const answer = lastAnswer(evidence);
    if (answer?.status !== 409) return noConflict(showOutcome(evidence));
    const body = parsedBody(answer);
    const type = body.ok ? valueAt(body.value, "scimType") : undefined;
    return type === "uniqueness" ? holds : broken(difference("body scimType", '"uniqueness"', show(type)));
  },
};

const EMAIL = /e-?mail/i;

export const conflictNamesEmail: Check = {
  name: "conflict-names-email",
  summary:
    "Answered 409 with a `detail` that names the email; open where it is not written in plain ASCII, because other languages have other words for it.",
  takes: [],
  judge(evidence): Judgement {
    const answer = lastAnswer(evidence);
    if (answer?.status !== 409) {
      const actual = `${showOutcome(evidence)}${isTaken(answer) ? " uniqueness" : ""}`;
      return broken(difference("status", "success, or 409 with a detail that names the email", actual));
    }
    const body = parsedBody(answer);
    const detail = body.ok ? valueAt(body.value, "detail") : undefined;
    if (typeof detail === "string" && EMAIL.test(detail)) return holds;
    return typeof detail === "string" && !isPlainAscii(detail)
      ? unknown(`whether ${show(detail)} names the email cannot be told`)
      : broken(difference("body detail", "a text that names the email", show(detail)));
  },
};

/** Whether a refusal says that something in the request belongs to somebody else, under whatever status. */
export function isTaken(answer: Answer | undefined): boolean {
  if (answer === undefined || answer.status < 400) return false;
  const body = parsedBody(answer);
  return body.ok && valueAt(body.value, "scimType") === "uniqueness";
}

const isPlainAscii = (text: string) => [...text].every((character) => character <= "~");

const noConflict = (outcome: string) =>
  unknown(`there was no conflict to look at: ${outcome}`, { neutral: true });
