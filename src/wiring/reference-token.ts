import type { Problem } from "../model/problem.ts";
import { readSecretFile } from "./given-file.ts";

/** Where the token may come from, the first that is there: itself, a file, the environment. */
export interface TokenSources {
  /** `null` lets everybody in. */
  readonly token?: string | null;
  /** A file that holds nothing but the token. */
  readonly tokenFile?: string;
}

export interface ReferenceToken {
  /** Undefined where one has to be generated; `null` where everybody is let in. */
  readonly token: string | null | undefined;
  /** The flag, file or variable that it came from. */
  readonly from?: string;
}

/** The token to ask for. `problems` grows when what was given cannot be one; none of them repeats it. */
export function referenceTokenOf(
  { token, tokenFile }: TokenSources,
  env: Readonly<Record<string, string | undefined>>,
  problems: Problem[],
): ReferenceToken {
  if (token === null) return { token };
  if (token !== undefined && tokenFile !== undefined) {
    problems.push({
      place: { file: "--token-file" },
      what: "Both a token and a file with one are given, and only one can be asked for.",
      next: "Leave --token or --token-file out.",
    });
    return { token: undefined };
  }
  if (token !== undefined) return checked(token, "--token", "leave --token out and get one", problems);
  if (tokenFile !== undefined) {
    const text = readSecretFile(tokenFile, "--token-file", problems);
    if (text === undefined) return { token: undefined };
    return checked(text, tokenFile, "leave --token-file out and get one", problems);
  }
  if (env.SCIM_TOKEN === undefined) return { token: undefined };
  return checked(env.SCIM_TOKEN, "SCIM_TOKEN", "unset it and get one", problems);
}

// What cannot stand behind `Bearer` would lock everybody out (RFC 6750 section 2.1).
function checked(token: string, from: string, otherwise: string, problems: Problem[]): ReferenceToken {
  if (/^[A-Za-z0-9._~+/-]+=*$/.test(token)) return { token, from };
  problems.push({
    place: { file: from },
    what: "This cannot be a bearer token.",
    next: `Use letters, digits and -._~+/ alone, or ${otherwise}.`,
  });
  return { token: undefined };
}
