import type { Check, Difference, Judgement } from "../../model/evidence.ts";
import { headerValue, isOwnSilence, isWebPage } from "../../model/exchange.ts";
import { broken, brokenBy, difference, holds, shownBy, unknown } from "../answer.ts";
import { type Shot, shotsIn } from "./burst-evidence.ts";

const FEW = 3;

/**
 * Requests of a burst get what they would get alone, or a 429. Refusals that have nothing to do with the burst
 * (every create answered 400) are other claims' matter.
 */
export const burstAnswered: Check = {
  name: "burst-answered",
  summary: "No request of a burst got a 5xx, an HTML page or no answer at all.",
  takes: [],
  judgesSilence: true,
  judge(evidence): Judgement {
    const shots = shotsIn(evidence);
    if (!shots.some(({ status }) => status > 0 && status < 500)) {
      return unknown(shots.length === 0 ? "no burst was sent" : "no request of the burst was served at all");
    }
    if (shots.some(({ exchange }) => isOwnSilence(exchange.outcome))) {
      return unknown("a part of the burst was not sent");
    }
    const wrong = shots.flatMap((shot, index) =>
      mishap(shot, `request ${index + 1} (${shot.kind})`).map((found) => shownBy(index, found)),
    );
    const always = wrong.length > 0 ? kindThatNeverWorks(shots) : undefined;
    if (always !== undefined) return unknown(`no ${always} of the burst was served, so it is not the burst`);
    return brokenBy(wrong.slice(0, FEW));
  },
};

function mishap({ status, exchange: { outcome } }: Shot, who: string): readonly Difference[] {
  if (outcome.kind === "silence") {
    return [difference(who, "an answer, or 429", `no answer (${outcome.reason})`)];
  }
  if (status >= 500) return [difference(who, "its usual answer, or 429", String(status))];
  if (!isWebPage(outcome.headers)) return [];
  return [difference(who, "JSON", `${status} with ${headerValue(outcome.headers, "Content-Type")}`)];
}

function kindThatNeverWorks(shots: readonly Shot[]): string | undefined {
  const kinds = [...new Set(shots.map(({ kind }) => kind))];
  return kinds.find((kind) =>
    shots.every((shot) => shot.kind !== kind || (shot.status >= 500 && shot.status < 600)),
  );
}

export const burstDistinctIds: Check = {
  name: "burst-distinct-ids",
  summary: "People who were created by a burst have different ids.",
  takes: [],
  judgesSilence: true,
  judge(evidence): Judgement {
    const shots = shotsIn(evidence);
    const ids = shots.flatMap(({ id }) => id ?? []);
    if (ids.length < 2)
      return unknown(`the burst created ${ids.length === 0 ? "nobody" : "one person only"}`);
    const doubled = ids.find((id, index) => ids.indexOf(id) !== index);
    if (doubled === undefined) return holds;
    const second = shots.findLastIndex(({ id }) => id === doubled);
    return broken(
      shownBy(second, difference("ids", `${ids.length} different ones`, `${doubled} more than once`)),
    );
  },
};
