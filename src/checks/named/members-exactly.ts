import type { Check, Difference, Judgement } from "../../model/evidence.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { membersTold, missingTold } from "../../model/members-told.ts";
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

/**
 * For reads of a group, not for answers to a PATCH, which may leave members out. Members are compared by `value`
 * alone; what else an element carries (`display`, `$ref`, `type`) is the server's affair. An absent or null
 * `members` is the same as an empty one (RFC 7643 2.5); with `mayOmit` it tells nothing, because a server may
 * leave the members of a large group out of a read altogether.
 */
export const membersExactly: Check = {
  name: "members-exactly",
  summary: "The group that was read has exactly these members (ids or { value }), each once.",
  takes: ["members", "plus?", "minus?", "mayOmit?"],
  judge(evidence, given): Judgement {
    const answer = lastAnswer(evidence);
    if (answer === undefined || answer.status !== 200) {
      return unknown(`the group was not shown: ${showOutcome(evidence)}`);
    }
    const body = parsedBody(answer);
    if (!body.ok) return broken(difference("body", "a group", body.problem));
    if (!isJsonObject(body.value)) return broken(difference("body", "a group", show(body.value)));
    const left = new Set(idsIn(given.minus));
    const wanted = [...idsIn(given.members), ...idsIn(given.plus)].filter((id) => !left.has(id));
    const { members } = body.value;
    if (members === undefined || members === null) {
      return given.mayOmit === true && wanted.length > 0
        ? unknown("the read leaves the members out altogether")
        : brokenBy(differencesOf(wanted, []));
    }
    if (!Array.isArray(members)) return broken(difference("body members", "an array", show(members)));
    const shapeless = (members as readonly Json[]).findIndex((member) => memberId(member) === undefined);
    if (shapeless !== -1) {
      const member = (members as readonly Json[])[shapeless] ?? null;
      const actual = Array.isArray(member) ? `an array: ${show(member)}` : show(member);
      return broken(difference(`body members[${shapeless}]`, "an object with a value", actual));
    }
    return brokenBy(differencesOf(wanted, idsIn(members)));
  },
};

/** Lost, unexpected and doubled members, each by id. */
export function differencesOf(wanted: readonly string[], shown: readonly string[]): readonly Difference[] {
  const expected = new Set(wanted);
  const seen = new Set<string>();
  const doubled = new Set<string>();
  for (const id of shown) {
    if (seen.has(id)) doubled.add(id);
    seen.add(id);
  }
  const missing = [...expected].filter((id) => !seen.has(id));
  const extra = [...seen].filter((id) => !expected.has(id));
  const total = membersTold(expected.size);
  return [
    ...(missing.length === 0
      ? []
      : [difference("body members", total, missingTold(missing.length, some(missing)))]),
    ...(extra.length === 0
      ? []
      : [difference("body members", total, `${extra.length} unexpected: ${some(extra)}`)]),
    ...(doubled.size === 0
      ? []
      : [difference("body members", "each once", `${doubled.size} more than once: ${some([...doubled])}`)]),
  ];
}

/** The ids in an array of ids or of `{ value }`. */
export function idsIn(value: Json | undefined): readonly string[] {
  if (!Array.isArray(value)) return value === undefined || value === null ? [] : idsIn([value]);
  return (value as readonly Json[]).flatMap((element) => memberId(element) ?? []);
}

function memberId(element: Json): string | undefined {
  const id = isJsonObject(element) ? element.value : element;
  return typeof id === "string" || typeof id === "number" ? String(id) : undefined;
}

const SHOWN_IDS = 5;

const some = (ids: readonly string[]) =>
  ids.length > SHOWN_IDS ? `${ids.slice(0, SHOWN_IDS).join(", ")} and others` : ids.join(", ");
