import type { Check, Difference, Judgement } from "../../model/evidence.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import {
  broken,
  brokenBy,
  difference,
  lastAnswer,
  parsedBody,
  show,
  showOutcome,
  unknown,
  valueAt,
} from "../answer.ts";
import { withheld } from "./optional-part.ts";
import { objectsIn } from "./shown.ts";

const BULK_RESPONSE = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

/** RFC 7644 3.7.3. */
export const bulkResults: Check = {
  name: "bulk-results",
  summary:
    "200 with a BulkResponse; with `count` it has that many results, each with method, status and location. Not offered unless the configuration of step `config` claims bulk.",
  takes: ["config", "count?"],
  judge(evidence, given): Judgement {
    const open = withheld(evidence, { config: given.config, feature: "bulk", claimed: true });
    if (open !== undefined) return open;
    const answer = lastAnswer(evidence);
    const body = answer?.status === 200 ? parsedBody(answer) : undefined;
    if (body === undefined) return broken(difference("status", "200", showOutcome(evidence)));
    if (!body.ok) return broken(difference("body", "a BulkResponse", body.problem));
    const schemas = valueAt(body.value, "schemas");
    const isResponse = Array.isArray(schemas) && schemas.includes(BULK_RESPONSE);
    if (given.count === undefined) {
      return isResponse
        ? broken()
        : broken(difference("body schemas", `to contain ${show(BULK_RESPONSE)}`, show(schemas)));
    }
    if (!isResponse) return unknown("the answer is no BulkResponse", { neutral: true });
    const results = objectsIn(valueAt(body.value, "Operations"));
    if (results.length !== given.count) {
      return broken(difference("body Operations", `${show(given.count)} results`, String(results.length)));
    }
    return brokenBy(results.flatMap(flawsOf));
  },
};

function flawsOf(result: Parameters<typeof isJsonObject>[0], index: number): readonly Difference[] {
  const parts = isJsonObject(result) ? result : {};
  const texts = ["method", "location"].flatMap((name) =>
    typeof parts[name] === "string"
      ? []
      : [difference(`body Operations[${index}].${name}`, "a text", show(parts[name]))],
  );
  return hasStatus(parts.status)
    ? texts
    : [...texts, difference(`body Operations[${index}].status`, "a status", show(parts.status))];
}

/** RFC 7644 shows a text and names no type, and its section 3.7.3 speaks of an attribute `code` in it. */
function hasStatus(status: Json | undefined): boolean {
  const code = isJsonObject(status) ? status.code : status;
  return /^[1-5]\d\d$/.test(String(code)) && (typeof code === "string" || typeof code === "number");
}
