import type { RunOptions } from "./options.ts";

/** One place that options come from, strongest first when merged. */
export interface OptionSource {
  /** As `--verbose` names it, for example `flag`, `SCIM_URL` or `scim-check.yaml`. */
  readonly name: string;
  readonly options: RunOptions;
}

export interface MergedOptions {
  readonly options: RunOptions;
  /** Which source each option was taken from. */
  readonly from: Readonly<Record<string, string>>;
}

/** Takes each option from the strongest source that has it. */
export function mergeOptions(sources: readonly OptionSource[]): MergedOptions {
  const merged: Record<string, unknown> = {};
  const from: Record<string, string> = {};
  for (const { name, options } of sources) {
    for (const [key, value] of Object.entries(options)) {
      if (value === undefined || Object.hasOwn(merged, key)) continue;
      merged[key] = value;
      from[key] = name;
    }
  }
  return { options: merged as RunOptions, from };
}

/** Options that the environment sets. An empty SCIM_URL is kept, so that it can be refused. */
export function optionsFromEnvironment(env: Readonly<Record<string, string | undefined>>): RunOptions {
  return {
    ...(env.SCIM_URL === undefined ? {} : { url: env.SCIM_URL }),
    ...(env.SCIM_TOKEN === undefined ? {} : { token: env.SCIM_TOKEN }),
  };
}
