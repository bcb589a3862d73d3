import type { Check, Difference, Judgement, StepEvidence } from "../../model/evidence.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { brokenBy, difference, lastAnswer, show, unknown, valueAt } from "../answer.ts";
import { isUnassigned, objectShown } from "./shown.ts";

/**
 * Compares a resource with the body that wrote it. Where the write or the read was refused it stays open, so that
 * one broken request is one failure. A claim about how a value is kept says `where-shown`: that a server shows no
 * such attribute at all is another claim's business. An element of an array counts as shown when one with its `value` is there;
 * null, `""`, `[]` and absence are one and the same (RFC 7643 2.5).
 */
export const showsSent: Check = {
  name: "shows-sent",
  summary:
    "The resource has at `paths` what this step, or the step `by`, sent; open when either was refused, and, `where-shown`, when it shows nothing at a path. With `at` it is the resource at that path of a list, and open where that is not the one with `id`.",
  takes: ["paths", "by?", "ignoring-case?", "where-shown?", "at?", "id?"],
  judge(evidence, given): Judgement {
    const writer = given.by === undefined ? evidence : evidence.earlier.get(String(given.by));
    const sent = writer === undefined ? undefined : sentBy(writer);
    if (sent === undefined) return unknown("the write was refused", { neutral: true });
    const shown = shownBy(evidence, given);
    if (shown === undefined) return unknown("the answer shows no resource", { neutral: true });
    const fold = given["ignoring-case"] === true;
    const paths = Array.isArray(given.paths) ? (given.paths as readonly Json[]).map(String) : [];
    const isJudged = (path: string) => given["where-shown"] !== true || !isUnassigned(valueAt(shown, path));
    const differences = paths.filter(isJudged).flatMap((path) => differencesAt(path, sent, shown, fold));
    const hidden = paths.find((path) => !isJudged(path));
    return differences.length === 0 && hidden !== undefined
      ? unknown(`the answer shows nothing at ${hidden}`, { neutral: true })
      : brokenBy(differences);
  },
};

type Exchanges = Pick<StepEvidence, "exchanges">;

function sentBy(writer: Exchanges): JsonObject | undefined {
  const text = writer.exchanges.at(-1)?.request.body;
  const answer = lastAnswer(writer);
  if (text === undefined || answer === undefined || answer.status >= 300) return undefined;
  const sent = JSON.parse(text) as Json;
  return isJsonObject(sent) ? sent : undefined;
}

function shownBy(
  reader: Exchanges,
  { at, id }: Readonly<Record<string, Json | undefined>>,
): JsonObject | undefined {
  const body = objectShown(reader);
  const shown = at === undefined || body === undefined ? body : valueAt(body, String(at));
  if (shown === undefined || !isJsonObject(shown)) return undefined;
  return id === undefined || shown.id === id ? shown : undefined;
}

function differencesAt(
  path: string,
  sent: JsonObject,
  shown: JsonObject,
  fold: boolean,
): readonly Difference[] {
  const [wanted, actual] = [valueAt(sent, path), valueAt(shown, path)];
  return isShown(wanted, actual, fold) ? [] : [difference(`body ${path}`, show(wanted), show(actual))];
}

function isShown(wanted: Json | undefined, actual: Json | undefined, fold: boolean): boolean {
  if (isUnassigned(wanted)) return isUnassigned(actual);
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(actual) &&
      (wanted as readonly Json[]).every((element) =>
        (actual as readonly Json[]).some((other) => isShown(significant(element), significant(other), fold)),
      )
    );
  }
  return typeof wanted === "string" && typeof actual === "string" && fold
    ? wanted.toLowerCase() === actual.toLowerCase()
    : wanted === actual;
}

const significant = (element: Json): Json =>
  isJsonObject(element) && element.value !== undefined ? element.value : element;
