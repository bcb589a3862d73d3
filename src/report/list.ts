import { type Behaviour, FLOWS, levelOf } from "../model/behaviour.ts";
import type { Check } from "../model/evidence.ts";
import type { LoadPlan } from "../model/load-plan.ts";
import type { Action } from "../model/play.ts";
import type { Scenario } from "../model/scenario.ts";
import type { TargetProfile } from "../model/target.ts";
import type { RenderOptions } from "./format.ts";
import { table } from "./layout.ts";
import { pageOf } from "./page.ts";
import { durationText, FLOW_TITLES, LEVEL_WORDS, plural } from "./wording.ts";

/** Tables for `scim-check list`: ids in full, sentences cut to the width. */

export function listBehaviours(behaviours: readonly Behaviour[], options: RenderOptions = {}): string {
  const rows = behaviours.map((behaviour) => [
    behaviour.id,
    behaviour.notJudged === undefined ? LEVEL_WORDS[levelOf(behaviour)] : "not judged",
    behaviour.okta,
    behaviour.flow,
    behaviour.statement,
  ]);
  return written(["id", "level", "app", "flow", "statement"], rows, options);
}

export function listScenarios(scenarios: readonly Scenario[], options: RenderOptions = {}): string {
  const rows = scenarios.map((scenario) => [scenario.id, scenario.oktaApp, traits(scenario), scenario.title]);
  return written(["id", "app", "traits", "title"], rows, options);
}

/** What decides whether, and how, a scenario is played. */
function traits({ needs, inputs, exclusive, repeatable, writes }: Scenario): string {
  const words = [
    ...(writes ? [] : ["reads"]),
    ...(exclusive ? ["exclusive"] : []),
    ...(repeatable ? ["repeatable"] : []),
    ...needs.map((need) => `needs:${need}`),
    ...inputs.map((input) => `input:${input}`),
  ];
  return words.length === 0 ? "-" : words.join(",");
}

/** Load plans: what each starts with, how long it takes, and its story. */
export function listPlans(plans: readonly LoadPlan[], options: RenderOptions = {}): string {
  const rows = plans.map(({ name, oktaApp, population, stages, closed, title }) => {
    const ms = closed?.forMs ?? stages.reduce((sum, { forMs }) => sum + forMs, 0);
    const { users, groups } = population;
    return [name, oktaApp, `${users} people, ${plural(groups, "group")}`, durationText(ms), title];
  });
  return written(["plan", "app", "starts with", "takes", "title"], rows, options);
}

export function listChecks(
  checks: readonly Pick<Check, "name" | "takes" | "summary">[],
  options: RenderOptions = {},
): string {
  return callables(checks, options);
}

export function listActions(
  actions: readonly Pick<Action, "name" | "takes" | "summary">[],
  options: RenderOptions = {},
): string {
  return callables(actions, options);
}

function callables(
  all: readonly { readonly name: string; readonly takes: readonly string[]; readonly summary: string }[],
  options: RenderOptions,
): string {
  const rows = all.map(({ name, takes, summary }) => [
    name,
    takes.length === 0 ? "-" : takes.join(", "),
    summary,
  ]);
  return written(["name", "takes", "summary"], rows, options);
}

export function listTargets(
  targets: readonly Pick<TargetProfile, "id" | "product" | "facts">[],
  options: RenderOptions = {},
): string {
  const rows = targets.map(({ id, product, facts }) => {
    const open = facts.filter(({ grade }) => grade === "open");
    const seen = facts.filter(
      ({ observables, shownWith }) => observables.length > 0 || shownWith !== undefined,
    );
    return [id, facts.length - open.length, open.length, seen.length, product].map(String);
  });
  return written(["id", "documented", "open", "seen by a client", "product"], rows, options);
}

/** As much of a defect or quirk as its line shows. */
interface ListedVariation {
  readonly name: string;
  readonly title: string;
}

export function listDefects(
  defects: readonly (ListedVariation & { readonly target: readonly string[] })[],
  options: RenderOptions = {},
): string {
  const rows = defects.map(({ name, title, target }) => [name, String(target.length), title]);
  return written(["name", "breaks", "what the server does wrong"], rows, options);
}

export function listQuirks(
  quirks: readonly (ListedVariation & { readonly permittedBy: string })[],
  options: RenderOptions = {},
): string {
  const rows = quirks.map(({ name, title, permittedBy }) => [name, `${title} (${permittedBy})`]);
  return written(["name", "what the server does, and what permits it"], rows, options);
}

export function listFlows(options: RenderOptions = {}): string {
  return written(
    ["flow", "title"],
    FLOWS.map((flow) => [flow, FLOW_TITLES[flow]]),
    options,
  );
}

function written(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  options: RenderOptions,
): string {
  const { style, width } = pageOf(options);
  const [first = "", ...rest] = table(heading, rows, width);
  return `${[style.bold(first), ...rest].join("\n")}\n`;
}
