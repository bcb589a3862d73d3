import type { Behaviour, Claim } from "../model/behaviour.ts";
import type { SelfTestCounts, Trial, TrialReport } from "../model/self-test.ts";

/** Claims of level must, of behaviours that can be judged, that no defect is there to break. */
export function mustsWithoutDefect(
  catalogue: readonly Behaviour[],
  trials: readonly Trial[],
): readonly string[] {
  const targets = new Set(trials.flatMap(({ target }) => target));
  return mustsOf(catalogue)
    .map(({ id }) => id)
    .filter((id) => !targets.has(id));
}

export function countsOf(
  reports: readonly TrialReport[],
  catalogue: readonly Behaviour[],
  trials: readonly Trial[],
): SelfTestCounts {
  const of = (kind: Trial["kind"]) => reports.filter((report) => report.kind === kind);
  const defects = of("defect");
  const total = (number: (report: TrialReport) => number) =>
    reports.reduce((sum, report) => sum + number(report), 0);
  const killed = new Set(
    defects.flatMap(({ target, survivors }) => target.filter((claim) => !survivors.includes(claim))),
  );
  const musts = mustsOf(catalogue);
  return {
    behaviours: catalogue.length,
    claims: catalogue.reduce((sum, { claims }) => sum + claims.length, 0),
    musts: musts.length,
    provenMusts: musts.length - mustsWithoutDefect(catalogue, trials).length,
    killed: killed.size,
    defects: defects.length,
    survivors: defects.filter(({ survivors }) => survivors.length > 0).length,
    unexpected: total(({ unexpected }) => unexpected.length),
    quirks: of("quirk").length,
    quirkSets: of("quirk-set").length,
    falseAlarms: total(({ falseAlarms }) => falseAlarms.length),
    soundProblems: of("sound").reduce((sum, { problems }) => sum + problems.length, 0),
  };
}

function mustsOf(catalogue: readonly Behaviour[]): readonly Claim[] {
  return catalogue
    .filter(({ notJudged }) => notJudged === undefined)
    .flatMap(({ claims }) => claims.filter(({ level }) => level === "must"));
}
