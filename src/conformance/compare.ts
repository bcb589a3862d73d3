import type { OktaApp } from "../model/behaviour.ts";
import type { Change, Comparison } from "../model/comparison.ts";
import type { BehaviourReport, RunReport } from "../model/report.ts";
import type { Verdict } from "../model/verdict.ts";

const APPS: readonly OktaApp[] = ["aiw", "oin"];

/** What changed between two runs, behaviour by behaviour and kind of app by kind of app. */
export function compareReports(before: RunReport, now: RunReport): Comparison {
  const then = new Map(before.behaviours.map((behaviour) => [behaviour.id, behaviour]));
  const today = new Map(now.behaviours.map((behaviour) => [behaviour.id, behaviour]));
  const ids = [...new Set([...then.keys(), ...today.keys()])].sort();
  const changes = ids.flatMap((id) => changesOf(id, then.get(id), today.get(id)));
  const which = (kind: Kind) => changes.filter((change) => kindOf(change) === kind);
  return {
    since: { run: before.run.id, startedAt: before.run.startedAt, url: before.target.url },
    broken: which("broken"),
    mended: which("mended"),
    unsettled: which("unsettled"),
    new: which("new"),
    gone: which("gone"),
  };
}

type Kind = Exclude<keyof Comparison, "since">;

function kindOf({ before, now }: Change): Kind | undefined {
  if (before === "skip") return "new";
  if (now === "skip") return "gone";
  if (now === "fail") return "broken";
  if (now === "unknown") return "unsettled";
  return before === "fail" ? "mended" : undefined;
}

/** Kinds of app that changed alike are one change. */
function changesOf(
  id: string,
  before: BehaviourReport | undefined,
  now: BehaviourReport | undefined,
): readonly Change[] {
  const changes = new Map<string, Change>();
  for (const app of APPS) {
    const was = stateUnder(app, before);
    const is = stateUnder(app, now);
    if (was === is) continue;
    const key = `${was} ${is}`;
    const apps = [...(changes.get(key)?.apps ?? []), app];
    changes.set(key, { id, statement: (now ?? before)?.statement ?? "", apps, before: was, now: is });
  }
  return [...changes.values()];
}

const stateUnder = (app: OktaApp, behaviour: BehaviourReport | undefined): Verdict["kind"] =>
  behaviour?.byApp[app] ?? "skip";
