import type { Check, Difference } from "../../model/evidence.ts";
import { isJsonObject } from "../../model/json.ts";
import { URN } from "../../model/scim.ts";
import {
  broken,
  brokenBy,
  difference,
  lastAnswer,
  parsedBody,
  show,
  showOutcome,
  unknown,
} from "../answer.ts";

/** The shape alone. The status and the counters are other claims' business: what was refused has no shape to look at. */
export const listResponse: Check = {
  name: "list-response",
  summary:
    "The body is an object with the ListResponse URN in `schemas` and an array in `Resources`; open when the request was refused.",
  takes: [],
  judge(evidence) {
    const answer = lastAnswer(evidence);
    if (answer === undefined) return broken(difference("answer", "a ListResponse", showOutcome(evidence)));
    if (answer.status >= 300)
      return unknown(`the answer is ${answer.status}, so there is no list to look at`);
    const body = parsedBody(answer);
    if (!body.ok) return broken(difference("body", "a ListResponse", body.problem));
    const list = body.value;
    if (!isJsonObject(list)) return broken(difference("body", "an object", show(list)));
    const found: Difference[] = [];
    if (!Array.isArray(list.schemas) || !list.schemas.includes(URN.listResponse)) {
      found.push(difference("body schemas", `to contain ${show(URN.listResponse)}`, show(list.schemas)));
    }
    if (!Array.isArray(list.Resources)) {
      found.push(difference("body Resources", "an array", show(list.Resources)));
    }
    return brokenBy(found);
  },
};
