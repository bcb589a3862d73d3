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

/** The variables that set options. Secrets have no other way in but these and files. */
export const ENVIRONMENT: Readonly<Record<string, keyof RunOptions & string>> = {
  SCIM_URL: "url",
  SCIM_TOKEN: "token",
  SCIM_OAUTH_TOKEN_URL: "oauthTokenUrl",
  SCIM_OAUTH_CLIENT_ID: "oauthClientId",
  SCIM_OAUTH_CLIENT_SECRET: "oauthClientSecret",
  SCIM_CLIENT_PASSPHRASE: "clientPassphrase",
};

// Of these an empty one is kept, so that it can be refused: it must never mean another server, or nobody's token.
const REFUSED_WHEN_EMPTY = new Set(["SCIM_URL", "SCIM_TOKEN"]);

/** Options that the environment sets. */
export function optionsFromEnvironment(env: Readonly<Record<string, string | undefined>>): RunOptions {
  return Object.fromEntries(
    Object.entries(ENVIRONMENT).flatMap(([variable, option]) =>
      env[variable] === undefined || (env[variable] === "" && !REFUSED_WHEN_EMPTY.has(variable))
        ? []
        : [[option, env[variable]]],
    ),
  );
}
