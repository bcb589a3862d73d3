/** The public API. Everything the command line does is here; see `src/README.md` for the map behind it. */
export type { LoadOptions } from "./config/load-options.ts";
export type { ConnectionOptions, RunOptions } from "./config/options.ts";
export type { Behaviour, Claim, Flow, Level, OktaApp } from "./model/behaviour.ts";
export type { DryRun } from "./model/dry-run.ts";
export type { LoadReport } from "./model/load.ts";
export type { LoadPlan } from "./model/load-plan.ts";
export { BadInput, type Problem, problemLine } from "./model/problem.ts";
export type { RunReport } from "./model/report.ts";
export type { SelfTestReport } from "./model/self-test.ts";
export { type CleanupContext, cleanup } from "./wiring/cleanup.ts";
export { readCompared } from "./wiring/comparison.ts";
export { dryRun, renderDryRun } from "./wiring/dry-run.ts";
export { keepReport, keepShard } from "./wiring/kept-report.ts";
export { knownDeviations } from "./wiring/known-deviations.ts";
export { explain, type ListSubject, list, type NameSubject, namesOf, SUBJECTS } from "./wiring/listing.ts";
export { type LoadContext, load, loadShard } from "./wiring/load.ts";
export { figuresOf, type LiveLoad, type LoadProgress } from "./wiring/load-progress.ts";
export { mergeShards } from "./wiring/merge-shards.ts";
export { type GivenOptions, type MergedOptions, mergedOptions } from "./wiring/options.ts";
export { type PlanGroupsOptions, planGroups } from "./wiring/plan-groups.ts";
export { type LoadPreview, previewLoad } from "./wiring/prepare-load.ts";
export {
  type ReferenceServerContext,
  type ReferenceServerHandle,
  type ReferenceServerSettings,
  startReferenceServer,
} from "./wiring/reference-server.ts";
export {
  type AnyReport,
  type CleanedRun,
  formatNames,
  loadFormatNames,
  noLoadForm,
  readReport,
  render,
  renderCleanup,
  unknownFormat,
} from "./wiring/render.ts";
export { type RunContext, run } from "./wiring/run.ts";
export { renderSelfTest, type SelfTestOptions, selfTest } from "./wiring/self-test.ts";
export {
  type CiSystem,
  type GivenAnswers,
  type StarterAnswers,
  type StarterFile,
  secretVariable,
  starterAnswers,
  starterFiles,
} from "./wiring/starter.ts";
export { toolVersion } from "./wiring/tool.ts";
