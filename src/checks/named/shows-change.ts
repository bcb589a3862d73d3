import type { Check, Difference, Evidence, Judgement } from "../../model/evidence.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { broken, brokenBy, difference, lastAnswer, show, showOutcome, unknown, valueAt } from "../answer.ts";
import { fixed } from "./fixed.ts";
import { unkept, withheld } from "./optional-part.ts";
import { isUnassigned, objectShown, shownEarlier } from "./shown.ts";

/**
 * What one write did to one attribute. RFC 7643 lets a server leave out most attributes, so that what step
 * `offered`, a resource that was created with it, does not show is not demanded.
 */
export const showsChange: Check = {
  name: "shows-change",
  summary:
    "Step `by` was accepted, and this read shows `value` at `path` (nothing where `value` is absent). Arrays are sets; `mode: contains` or `lacks` asks for some or none of the values. Open where step `from` showed the same already, or where step `plain`, a read after the same in plain terms, shows no `plain-value` there either. Not offered where step `offered` shows nothing at `offered-path` (or `path`), or step `config` says that PATCH is not supported; with `may-be-fixed` open where step `by` was refused with 400 and the scimType mutability.",
  takes: [
    "path",
    "value?",
    "by",
    "mode?",
    "from?",
    "plain?",
    "plain-value?",
    "offered?",
    "offered-path?",
    "config?",
    "may-be-fixed?",
  ],
  judge(evidence, given): Judgement {
    const open = withheld(evidence, { ...given, feature: "patch" }) ?? unkept(evidence, given);
    if (open !== undefined) return open;
    if (given.plain !== undefined && !showsPlain(evidence, given)) {
      return unknown(`step ${String(given.plain)} shows that the same in plain terms did not work`, {
        neutral: true,
      });
    }
    const step = String(given.by);
    const write = evidence.earlier.get(step);
    const status = write === undefined ? undefined : lastAnswer(write)?.status;
    if (write === undefined || status === undefined || status < 200 || status > 299) {
      const open = write === undefined ? undefined : fixed(write, given);
      if (open !== undefined) return open;
      const actual = write === undefined ? "not sent" : showOutcome(write);
      return broken(difference(`status of step ${step}`, "success", actual));
    }
    const shown = objectShown(evidence);
    if (shown === undefined) return unknown("the answer shows no resource", { neutral: true });
    const differences = differencesAt(shown, given);
    const before = given.from === undefined ? undefined : shownEarlier(evidence, given.from);
    if (differences.length === 0 && before !== undefined && differencesAt(before, given).length === 0) {
      return unknown(`step ${String(given.from)} showed the same already`, { neutral: true });
    }
    return brokenBy(differences);
  },
};

function showsPlain(evidence: Evidence, given: Readonly<Record<string, Json>>): boolean {
  const shown = shownEarlier(evidence, given.plain);
  const value = given["plain-value"] ?? null;
  return shown !== undefined && differencesAt(shown, { path: given.path ?? "", value }).length === 0;
}

function differencesAt(shown: JsonObject, given: Readonly<Record<string, Json>>): readonly Difference[] {
  const path = String(given.path);
  const actual = valueAt(shown, path);
  const wanted = given.value;
  const where = `body ${path}`;
  if (isUnassigned(wanted)) {
    return isUnassigned(actual) ? [] : [difference(where, "absent or empty", show(actual))];
  }
  if (wanted === undefined || !Array.isArray(wanted)) {
    return matches(actual, wanted) ? [] : [difference(where, show(wanted), show(actual))];
  }
  const values: readonly Json[] = Array.isArray(actual) ? actual : [];
  const asked = wanted as readonly Json[];
  const has = (one: Json) => values.some((value) => matches(value, one));
  if (given.mode === "lacks") {
    return asked.some(has) ? [difference(where, `nothing of ${show(wanted)}`, show(actual))] : [];
  }
  const isRight = asked.every(has) && (given.mode === "contains" || values.length === asked.length);
  const expected = given.mode === "contains" ? `to contain ${show(wanted)}` : show(wanted);
  return isRight ? [] : [difference(where, expected, show(actual))];
}

/** Whether a value has at least the parts that are wanted of it. */
function matches(actual: Json | undefined, wanted: Json | undefined): boolean {
  if (!isJsonObject(wanted)) return actual === wanted;
  return (
    isJsonObject(actual) &&
    Object.entries(wanted).every(([name, value]) => Object.hasOwn(actual, name) && actual[name] === value)
  );
}
