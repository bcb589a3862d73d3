import type { Check, Evidence, Judgement } from "../../model/evidence.ts";
import type { Exchange } from "../../model/exchange.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { broken, difference, show, unknown, valueAt } from "../answer.ts";
import { isRefusedAlone } from "./race-winner.ts";
import { isUnassigned, objectShown, shownEarlier, textsOf } from "./shown.ts";

const statusOf = ({ outcome }: Exchange) => (outcome.kind === "answer" ? outcome.status : 0);

/** Creates of different resources have nothing to do with one another. */
export const allCreated: Check = {
  name: "all-created",
  summary:
    "Every request sent at once was answered with 201 and an id of its own; open when step `alone` was refused.",
  takes: ["alone"],
  judge(evidence, given): Judgement {
    if (isRefusedAlone(evidence, given.alone))
      return unknown("a create is refused alone as well", { neutral: true });
    const statuses = evidence.exchanges.map(statusOf);
    const others = statuses.filter((status) => status !== 201);
    if (others.length > 0) return broken(difference("statuses", "201 each", statuses.join(", ")));
    const ids: readonly Json[] = Array.isArray(evidence.facts.ids) ? evidence.facts.ids : [];
    return new Set(ids).size === ids.length
      ? broken()
      : broken(difference("ids", "each another", ids.map(show).join(", ")));
  },
};

/** RFC 7644 3.5.1 replaces the whole resource, so that two replaces never leave a mixture. */
export const oneOfSent: Check = {
  name: "one-of-sent",
  summary:
    "This read shows at those of the `paths` that it shows what one and the same accepted request of step `by` sent; open where none was accepted. With `alone` only the `paths` count at which step `alone-shown` showed what that one request had sent.",
  takes: ["by", "paths", "alone?", "alone-shown?"],
  judge(evidence, given): Judgement {
    const exchanges = evidence.earlier.get(String(given.by))?.exchanges ?? [];
    const accepted = exchanges.filter((exchange) => statusOf(exchange) >= 200 && statusOf(exchange) < 300);
    if (accepted.length === 0) return unknown("none of the writes was accepted", { neutral: true });
    const shown = objectShown(evidence);
    if (shown === undefined) return unknown("the answer shows no resource", { neutral: true });
    const paths = textsOf(given.paths)
      .filter((path) => !isUnassigned(valueAt(shown, path)))
      .filter((path) => isTakenAlone(evidence, given, path));
    if (paths.length === 0) return unknown("the answer shows nothing of what was sent", { neutral: true });
    const sent = accepted.map(sentWith);
    const valuesIn = (resource: Json) => paths.map((path) => show(valueAt(resource, path))).join(", ");
    const now = valuesIn(shown);
    return sent.some((body) => isJsonObject(body) && valuesIn(body) === now)
      ? broken()
      : broken(difference(`body ${paths.join(", ")}`, sent.map(valuesIn).join(" or "), now));
  },
};

const sentWith = ({ request }: Exchange) => JSON.parse(request.body ?? "null") as Json;

/** Whether the server takes this from a request that travels alone: a mixture shows in nothing that it leaves aside. */
function isTakenAlone(
  evidence: Evidence,
  { alone, "alone-shown": read }: Readonly<Record<string, Json>>,
  path: string,
): boolean {
  if (alone === undefined) return true;
  const write = evidence.earlier.get(String(alone))?.exchanges.at(-1);
  const sent = write === undefined ? undefined : valueAt(sentWith(write), path);
  return sent !== undefined && show(valueAt(shownEarlier(evidence, read), path)) === show(sent);
}
