import { type Decoded, decodeYamlFile, inReadingOrder, type Shape, z } from "../decode/index.ts";
import type { Json } from "../model/json.ts";
import type { ClosedModel, LoadPlan, LoadStage, MixEntry, Threshold } from "../model/load-plan.ts";
import type { Problem } from "../model/problem.ts";
import { LOAD_PLAN_SHAPE, type LoadPlanFile } from "./load-plan-shape.ts";
import { parseThreshold } from "./threshold.ts";

export type DecodedLoadPlan =
  | { readonly ok: true; readonly plan: LoadPlan }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Plays under way at the same time when a plan does not say. */
export const DEFAULT_MAX_IN_FLIGHT = 64;

/** Reads one load plan, or says everything that is wrong with it. What it names is checked by `linkLoadPlan`. */
export function decodeLoadPlan(file: string, name: string): DecodedLoadPlan {
  const decoded = decodeYamlFile(file, LOAD_PLAN_SHAPE as Shape<LoadPlanFile>);
  if (!decoded.ok) return decoded;
  const problems: Problem[] = [];
  const { value } = decoded;
  const stages = (value.stages ?? []).flatMap((stage, index) => stageOf(stage, index, decoded, problems));
  const thresholds = (value.thresholds ?? []).flatMap((text, index) =>
    thresholdOf(text, index, decoded, problems),
  );
  problems.push(...modelProblems(value, decoded));
  if (problems.length > 0) return { ok: false, problems: inReadingOrder(problems) };
  return {
    ok: true,
    plan: {
      name,
      title: value.title,
      place: decoded.placeOf([]),
      oktaApp: value["okta-app"],
      population: value.population ?? { users: 0, groups: 0, members: 0 },
      mix: value.mix.map((entry, index) => mixEntryOf(entry, index, decoded)),
      stages,
      ...(value.closed === undefined ? {} : { closed: closedOf(value.closed) }),
      warmUpMs: value["warm-up"] ?? 0,
      maxInFlight: value["max-in-flight"] ?? Math.max(DEFAULT_MAX_IN_FLIGHT, value.closed?.users ?? 0),
      thresholds,
      seed: value.seed ?? 1,
    },
  };
}

/** The JSON Schema of a plan's file, for editors. */
export function loadPlanSchema(): object {
  return {
    $id: "urn:scim-check:load-plan:1",
    title: "A load plan of scim-check",
    ...z.toJSONSchema(LOAD_PLAN_SHAPE, { io: "input" }),
  };
}

type DecodedFile = Extract<Decoded<LoadPlanFile>, { ok: true }>;

function modelProblems({ stages, closed }: LoadPlanFile, decoded: DecodedFile): readonly Problem[] {
  if (stages !== undefined && closed !== undefined) {
    return [
      {
        place: decoded.placeOfKey(["closed"]),
        what: "A plan has `stages` (plays start on schedule) or `closed` (users wait for their answers), not both.",
        next: "Take one of them away.",
      },
    ];
  }
  if (stages !== undefined || closed !== undefined) return [];
  return [
    {
      place: decoded.placeOf([]),
      what: "The plan says nothing about how fast plays start.",
      next: "Add `stages`, for example `stages: [{ constant: { rate: 10/s, for: 1m } }]`.",
    },
  ];
}

type StageFile = NonNullable<LoadPlanFile["stages"]>[number];

function stageOf(
  stage: StageFile,
  index: number,
  decoded: DecodedFile,
  problems: Problem[],
): readonly LoadStage[] {
  const kinds = Object.entries(stage).filter(([, value]) => value !== undefined);
  if (kinds.length !== 1) {
    problems.push({
      place: decoded.placeOf(["stages", index]),
      what: `\`stages[${index}]\` names ${kinds.length === 0 ? "no kind" : `${kinds.length} kinds`} of stage.`,
      next: "Write one of `constant`, `ramp`, `step`, `burst` and `pause` for each stage.",
    });
    return [];
  }
  const { constant, ramp, step, burst, pause } = stage;
  if (constant !== undefined) return [{ kind: "constant", rate: constant.rate, forMs: constant.for }];
  if (ramp !== undefined) return [{ kind: "ramp", from: ramp.from, to: ramp.to, forMs: ramp.for }];
  if (step !== undefined) {
    return [{ kind: "step", from: step.from, to: step.to, steps: step.steps, forMs: step.for }];
  }
  if (burst !== undefined) return [{ kind: "burst", plays: burst.plays, forMs: burst.for }];
  return pause === undefined ? [] : [{ kind: "pause", forMs: pause.for }];
}

function closedOf({ users, for: forMs, think }: NonNullable<LoadPlanFile["closed"]>): ClosedModel {
  return { users, forMs, thinkMs: think ?? 0 };
}

function thresholdOf(
  text: string,
  index: number,
  decoded: DecodedFile,
  problems: Problem[],
): readonly Threshold[] {
  const parsed = parseThreshold(text);
  const path = ["thresholds", index] as const;
  if (parsed.ok) return [{ ...parsed.threshold, place: decoded.placeOf(path) }];
  problems.push({ place: decoded.placeOf(path, parsed.offset), what: parsed.what, next: parsed.next });
  return [];
}

function mixEntryOf(entry: LoadPlanFile["mix"][number], index: number, decoded: DecodedFile): MixEntry {
  return {
    scenario: entry.scenario,
    weight: entry.weight,
    with: Object.entries(entry.with ?? {}).map(([name, given]) => [name, given as Json] as const),
    place: decoded.placeOf(["mix", index, "scenario"]),
  };
}
