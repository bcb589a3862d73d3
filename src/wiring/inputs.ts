import { NAMED_CREDENTIALS, type NamedCredential } from "../model/exchange.ts";
import type { Observable } from "../model/observable.ts";
import { BadInput, type Problem } from "../model/problem.ts";
import { Secret } from "../model/secret.ts";
import type { TargetProfile } from "../model/target.ts";
import { readGiven } from "./given-file.ts";

/** What the user gave by name, with the tokens among them taken out: they go to the wire and nowhere else. */
export interface NamedInputs {
  /** For scenarios. A token shows here as no more than `given`. */
  readonly values: Readonly<Record<string, string>>;
  readonly tokens: Readonly<Partial<Record<NamedCredential, Secret>>>;
}

/** Reads `name=value` pairs; a value `@FILE` is the first line of that file. Throws `BadInput` with every problem. */
export function readInputs(given: Readonly<Record<string, string>> = {}): NamedInputs {
  const problems: Problem[] = [];
  const values: Record<string, string> = {};
  const tokens: Partial<Record<NamedCredential, Secret>> = {};
  for (const [name, text] of Object.entries(given)) {
    const value = text.startsWith("@") ? firstLineOf(text.slice(1), name, problems) : text;
    const credential = NAMED_CREDENTIALS.find((one) => name === `${one}-token`);
    if (value === "") {
      problems.push({
        place: { file: `--input ${name}` },
        what: "It is empty.",
        next: "Give a value, or @FILE.",
      });
    } else if (credential === undefined) values[name] = value;
    else {
      values[name] = "given";
      tokens[credential] = new Secret(value.replace(/^Bearer\s+/i, ""));
    }
  }
  if (problems.length > 0) throw new BadInput(problems);
  return { values, tokens };
}

function firstLineOf(file: string, name: string, problems: Problem[]): string {
  const bytes = readGiven(file, `--input ${name}`, problems);
  return bytes?.toString("utf8").split(/\r?\n/)[0]?.trim() ?? "unreadable";
}

/** Inputs that come from the environment: `SCIM_INPUT_EXPIRED_TOKEN` is `expired-token`. */
export function inputsOfEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => {
      const input = /^SCIM_INPUT_(\w+)$/.exec(name)?.[1];
      return input === undefined || value === undefined || value === ""
        ? []
        : [[input.toLowerCase().replaceAll("_", "-"), value] as const];
    }),
  );
}

/**
 * Everything that the scenarios of a profile could need by name, as the server that plays it has it: it is ours, and
 * may be used up. What disables it is left to whoever asks for that alone.
 */
export async function inputsOfReferenceServer(
  profile: TargetProfile | undefined,
  token: string | undefined,
): Promise<Readonly<Record<string, string>>> {
  const { DISPOSABLE_EMAIL, DISPOSABLE_TEAM, hasInstallation, namedTokensOf } = await import(
    "../reference-server/character/admin/index.ts"
  );
  if (profile === undefined || token === undefined) return {};
  const observables = profile.facts.flatMap((fact) => fact.observables);
  if (!hasInstallation(observables)) return {};
  const { expired, foreign, admin } = namedTokensOf(token);
  const needs = (test: (observable: Observable) => boolean, given: Readonly<Record<string, string>>) =>
    observables.some(test) ? given : {};
  const isErrand = ({ kind }: Observable) => kind === "state" || kind === "token-life" || kind === "admin";
  return {
    ...needs((one) => one.kind === "credential" && one.of === "expired", { "expired-token": expired }),
    ...needs((one) => one.kind === "credential" && one.of === "foreign", { "foreign-token": foreign }),
    ...needs(isErrand, { "admin-token": admin }),
    ...needs(({ kind }) => kind === "link-by-email", { "disposable-email": DISPOSABLE_EMAIL }),
    ...needs(isErrand, { "disposable-team": DISPOSABLE_TEAM, "disposable-installation": "yes" }),
  };
}
