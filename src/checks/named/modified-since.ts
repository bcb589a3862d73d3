import type { Check, Evidence, Judgement } from "../../model/evidence.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { broken, difference, lastAnswer, notOffered, show, unknown, valueAt } from "../answer.ts";
import { withheld } from "./optional-part.ts";
import { objectShown, shownEarlier } from "./shown.ts";

/** RFC 7643 3.1. A server may write whole seconds, so that a scenario pauses between the two reads. */
export const modifiedSince: Check = {
  name: "modified-since",
  summary:
    "meta.lastModified (or `part: version`) has changed since step `since`; with `changed: false` it has not. Open where step `by` was refused, or `path`, which it changed, is shown as before; not offered where one of the two is not shown, or step `config` says that PATCH is not supported.",
  takes: ["since", "by", "part?", "changed?", "config?", "path?"],
  judge(evidence, given): Judgement {
    const open = withheld(evidence, { ...given, feature: "patch" });
    if (open !== undefined) return open;
    const write = evidence.earlier.get(String(given.by));
    const status = write === undefined ? undefined : lastAnswer(write)?.status;
    if (status === undefined || status >= 300) return unknown("the write was refused", { neutral: true });
    if (isAsBefore(evidence, given)) {
      return unknown(`the write changed nothing that is shown: ${String(given.path)} is as before`, {
        neutral: true,
      });
    }
    const part = given.part === "version" ? "version" : "lastModified";
    const [before, now] = [shownEarlier(evidence, given.since), objectShown(evidence)].map((resource) => {
      const value = isJsonObject(resource?.meta) ? resource.meta[part] : undefined;
      return typeof value === "string" ? value : undefined;
    });
    if (before === undefined || now === undefined) return notOffered(`the server does not show meta.${part}`);
    const isSame = part === "version" ? before === now : Date.parse(before) === Date.parse(now);
    if (given.changed === false) {
      return isSame
        ? broken()
        : broken(difference(`body meta.${part}`, `${show(before)}, as before`, show(now)));
    }
    const isLater = part === "version" || Date.parse(now) > Date.parse(before);
    return !isSame && isLater
      ? broken()
      : broken(difference(`body meta.${part}`, `another than ${show(before)}`, show(now)));
  },
};

/** Whether a server that need not keep an attribute had nothing to change. */
function isAsBefore(evidence: Evidence, { path, since }: Readonly<Record<string, Json>>): boolean {
  if (path === undefined) return false;
  const [before, now] = [shownEarlier(evidence, since), objectShown(evidence)].map((resource) =>
    JSON.stringify(valueAt(resource, String(path)) ?? null),
  );
  return before === now;
}
