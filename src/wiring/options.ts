import {
  type MergedOptions,
  mergeOptions,
  type OptionSource,
  optionsFromEnvironment,
} from "../config/merge.ts";

export type { MergedOptions };

import type { RunOptions } from "../config/options.ts";
import { BadInput } from "../model/problem.ts";
import { inputsOfEnvironment } from "./inputs.ts";

export interface GivenOptions {
  readonly flags: RunOptions;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Path of scim-check.yaml, where there is one. */
  readonly projectFile?: string;
}

/** Flags over environment over project file. Throws `BadInput` with every problem of the file. */
export async function mergedOptions({ flags, env, projectFile }: GivenOptions): Promise<MergedOptions> {
  const given: OptionSource[] = [
    { name: "the command line", options: withoutShadowed(flags) },
    { name: "the environment", options: { ...optionsFromEnvironment(env), ...namedInputsOf(env) } },
  ];
  if (projectFile !== undefined) {
    const { readProjectFile } = await import("../config/project-file.ts");
    const file = readProjectFile(projectFile);
    if (!file.ok) throw new BadInput(file.problems);
    given.push({ name: projectFile, options: file.options });
  }
  const sources = withoutSettled(given);
  const merged = mergeOptions(sources);
  // Named inputs come one by one: a secret from the environment beside an address from the command line.
  const input = Object.assign({}, ...sources.toReversed().map(({ options }) => options.input));
  return Object.keys(input).length === 0 ? merged : { ...merged, options: { ...merged.options, input } };
}

function namedInputsOf(env: GivenOptions["env"]): Pick<RunOptions, "input"> {
  const input = inputsOfEnvironment(env);
  return Object.keys(input).length === 0 ? {} : { input };
}

const withoutShadowed = (flags: RunOptions) =>
  Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined)) as RunOptions;

/** A choice also settles its alternatives in every weaker place: --embedded means no URL, --token-file no SCIM_TOKEN. */
function withoutSettled(sources: readonly OptionSource[]): readonly OptionSource[] {
  const settled = new Set<string>();
  return sources.map(({ name, options }) => {
    const left = Object.entries(options).filter(([option]) => !settled.has(option));
    for (const [option] of left) {
      for (const other of ALTERNATIVES[option as keyof RunOptions] ?? []) settled.add(other);
    }
    return { name, options: Object.fromEntries(left) };
  });
}

const ALTERNATIVES: Readonly<Partial<Record<keyof RunOptions, readonly (keyof RunOptions)[]>>> = {
  embedded: ["url"],
  url: ["embedded"],
  tokenFile: ["token"],
  oauthClientSecretFile: ["oauthClientSecret"],
  clientPassphraseFile: ["clientPassphrase"],
};
