import type { Check, Difference, Judgement, StepEvidence } from "../../model/evidence.ts";
import { isJsonObject, type Json, jsonIn } from "../../model/json.ts";
import {
  broken,
  brokenBy,
  difference,
  lastAnswer,
  notOffered,
  show,
  showOutcome,
  unknown,
  valueAt,
} from "../answer.ts";
import { DECLINED } from "../status.ts";
import { listResponse } from "./list-response.ts";
import { findsNobody, listIn, resourcesIn } from "./listed.ts";
import { unkept, withheld } from "./optional-part.ts";
import { objectShown, textsOf } from "./shown.ts";

/**
 * Judges a filter by the resources that the play made, because others may be there. Which of them are shown is
 * compared by id; `only` is for filters that nobody else's resource can match.
 */
export const filterFinds: Check = {
  name: "filter-finds",
  summary:
    "Of the resources `among`, the list shows exactly `ids` (with `only`: nothing else at all). Not offered where step `config` says that filters are not supported or, with `may-refuse`, where the request is declined, with `may-be-none` where no ListResponse comes, and where step `offered` shows nothing at `offered-path`. Open if step `like` found nobody, or if the answer of step `named-by` shows another userName than it was sent.",
  takes: [
    "ids",
    "among?",
    "only?",
    "config?",
    "like?",
    "named-by?",
    "may-refuse?",
    "may-be-none?",
    "offered?",
    "offered-path?",
  ],
  judge(evidence, given): Judgement {
    const open = withheld(evidence, { ...given, feature: "filter" }) ?? unkept(evidence, given);
    if (open !== undefined) return open;
    const status = lastAnswer(evidence)?.status ?? 0;
    if (given["may-refuse"] === true && DECLINED.includes(status)) {
      return notOffered(`the server declines it with ${status}`);
    }
    if (given["may-be-none"] === true && listResponse.judge(evidence, {}).kind !== "holds") {
      return notOffered(`no ListResponse came: ${showOutcome(evidence)}`);
    }
    if (given.like !== undefined && findsNobody(evidence.earlier.get(String(given.like)))) {
      return unknown(`step ${String(given.like)} found nobody, where somebody was to be found`, {
        neutral: true,
      });
    }
    if (given["named-by"] !== undefined && isRenamed(evidence.earlier.get(String(given["named-by"])))) {
      return unknown(`step ${String(given["named-by"])} shows another userName than it was sent`, {
        neutral: true,
      });
    }
    const list = status === 200 ? listIn(evidence) : undefined;
    const shown = list === undefined ? undefined : resourcesIn(list);
    if (list === undefined || shown === undefined) {
      return broken(difference("answer", "200 with a list", showOutcome(evidence)));
    }
    const isPartial = Number(list.totalResults) > shown.length;
    return told(textsOf(given.ids), shown.map(idOf), {
      isPartial,
      ...(given.only === true ? {} : { among: textsOf(given.among) }),
    });
  },
};

/** A refusal of a filter, where filters are offered at all. */
export const filterRefused: Check = {
  name: "filter-refused",
  summary:
    "The filter is refused with 400; not offered where step `config` says that filters are not supported.",
  takes: ["config?"],
  judge: (evidence, given): Judgement =>
    withheld(evidence, { ...given, feature: "filter" }) ??
    (lastAnswer(evidence)?.status === 400
      ? broken()
      : broken(difference("status", "400", showOutcome(evidence)))),
};

/** RFC 7644 3.4.2.4: totalResults counts what matches, whatever the page holds. */
export const totalLike: Check = {
  name: "total-like",
  summary:
    "`totalResults` is the number of resources that step `as` listed; with `count` the page holds at most that many instead. Not offered where that step was declined.",
  takes: ["as", "count?"],
  judge(evidence, given): Judgement {
    const whole = evidence.earlier.get(String(given.as));
    const all = whole === undefined ? undefined : listIn(whole);
    const status = whole === undefined ? undefined : lastAnswer(whole)?.status;
    if (status !== undefined && DECLINED.includes(status))
      return notOffered("the server declines the same filter without paging");
    if (all === undefined) return unknown(`step ${String(given.as)} showed no list`, { neutral: true });
    const count = resourcesIn(all)?.length ?? 0;
    if (count === 0) return unknown(`step ${String(given.as)} found nobody to page`, { neutral: true });
    const list = listIn(evidence);
    const total = list?.totalResults;
    if (list !== undefined && given.count !== undefined) {
      const shown = resourcesIn(list)?.length ?? 0;
      return shown <= Number(given.count)
        ? broken()
        : broken(difference("body Resources", `at most ${show(given.count)}`, String(shown)));
    }
    if (total === undefined) return broken(difference("answer", "a list", showOutcome(evidence)));
    return Number(total) === count
      ? broken()
      : broken(difference("body totalResults", String(count), show(total)));
  },
};

/** Whether a server gave somebody another userName, such as the e-mail address. */
function isRenamed(create: StepEvidence | undefined): boolean {
  const sent = jsonIn(create?.exchanges.at(-1)?.request.body ?? "");
  const shown = create === undefined ? undefined : objectShown(create);
  const [asked, given] = [valueAt(sent ?? null, "userName"), valueAt(shown ?? null, "userName")];
  return (
    typeof asked === "string" && typeof given === "string" && asked.toLowerCase() !== given.toLowerCase()
  );
}

const idOf = (resource: Json) => (isJsonObject(resource) ? String(resource.id) : "");

function told(
  wanted: readonly string[],
  shown: readonly string[],
  { isPartial, among }: { readonly isPartial: boolean; readonly among?: readonly string[] },
): Judgement {
  const extra = shown.filter((id) => !wanted.includes(id) && (among === undefined || among.includes(id)));
  const missing = wanted.filter((id) => !shown.includes(id));
  if (extra.length === 0 && missing.length > 0 && isPartial) {
    return unknown("the list is not complete, so that the match may be on another page");
  }
  const found: Difference[] = [];
  if (missing.length > 0) found.push(difference("body Resources", `to have ${some(missing)}`, listed(shown)));
  if (extra.length > 0) found.push(difference("body Resources", "matches alone", `also ${some(extra)}`));
  return brokenBy(found);
}

const listed = (shown: readonly string[]) =>
  shown.length === 0 ? "an empty list" : `not in the list of ${shown.length}`;

const some = (ids: readonly string[]) =>
  ids.length > 3 ? `${ids.slice(0, 3).join(", ")} and others` : ids.join(", ");
