import type { Problem } from "../model/problem.ts";
import type { ExpectedCredential } from "../reference-server/index.ts";
import { readSecretFile } from "./given-file.ts";

/** Where the token may come from, the first that is there: itself, a file, the environment; and how it travels. */
export interface TokenSources {
  /** `null` lets everybody in. */
  readonly token?: string | null;
  /** A file that holds nothing but the token. */
  readonly tokenFile?: string;
  /** After `Bearer` when absent; as the whole Authorization header; or as `user:password`. */
  readonly auth?: "bearer" | "header" | "basic";
  /** A header other than Authorization that takes the token. */
  readonly authHeader?: string;
}

export interface ReferenceToken {
  /** Undefined where one has to be generated; `null` where everybody is let in. */
  readonly token: string | null | undefined;
  /** The flag, file or variable that it came from. */
  readonly from?: string;
  readonly travels: Omit<ExpectedCredential, "token">;
}

/** The token to ask for. `problems` grows when what was given cannot be one; none of them repeats it. */
export async function referenceTokenOf(
  sources: TokenSources,
  env: Readonly<Record<string, string | undefined>>,
  problems: Problem[],
): Promise<ReferenceToken> {
  const travels = travelsOf(sources, problems);
  const { token, tokenFile } = sources;
  const checked = async (text: string, from: string, otherwise: string): Promise<ReferenceToken> =>
    (await isFit(text, from, otherwise, travels, problems))
      ? { token: text, from, travels }
      : { token: undefined, travels };
  if (token === null) return { token, travels };
  if (token !== undefined && tokenFile !== undefined) {
    problems.push({
      place: { file: "--token-file" },
      what: "Both a token and a file with one are given, and only one can be asked for.",
      next: "Leave --token or --token-file out.",
    });
    return { token: undefined, travels };
  }
  if (token !== undefined) return checked(token, "--token", "leave --token out and get one");
  if (tokenFile !== undefined) {
    const text = readSecretFile(tokenFile, "--token-file", problems);
    if (text === undefined) return { token: undefined, travels };
    return checked(text, tokenFile, "leave --token-file out and get one");
  }
  if (env.SCIM_TOKEN === undefined) return { token: undefined, travels };
  return checked(env.SCIM_TOKEN, "SCIM_TOKEN", "unset it and get one");
}

/** A token that nobody can guess, in the form in which clients have to show it. */
export function generatedToken(random: string, { form, header }: ReferenceToken["travels"]): string {
  if (form === "basic") return `scim-check:${random}`;
  return form === "whole" && header === "Authorization" ? `Token ${random}` : random;
}

function travelsOf({ auth, authHeader }: TokenSources, problems: Problem[]): ReferenceToken["travels"] {
  if (authHeader !== undefined) {
    if (auth !== undefined && auth !== "header") {
      problems.push({
        place: { file: "--auth-header" },
        what: `A header of its own does not go with --auth ${auth}.`,
        next: "Leave one of them out.",
      });
    }
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(authHeader)) {
      problems.push({
        place: { file: "--auth-header" },
        what: `${JSON.stringify(authHeader)} cannot be the name of a header.`,
        next: "Use letters, digits and dashes, such as X-Api-Key.",
      });
    }
    return {
      form: "whole",
      header: authHeader.toLowerCase() === "authorization" ? "Authorization" : authHeader,
    };
  }
  const form = auth === "header" ? "whole" : (auth ?? "bearer");
  return { form, header: "Authorization" };
}

/** Characters; a longer one fits into no header that this server takes, so that nobody would get in. */
const LONGEST = 8_192;

async function isFit(
  token: string,
  from: string,
  otherwise: string,
  { form, header }: ReferenceToken["travels"],
  problems: Problem[],
): Promise<boolean> {
  const refuse = (what: string, next: string) => {
    problems.push({ place: { file: from }, what, next });
    return false;
  };
  if (token.length > LONGEST) {
    return refuse(`It has ${token.length} characters.`, `Use at most ${LONGEST}, or ${otherwise}.`);
  }
  // What cannot stand behind `Bearer` would lock everybody out (RFC 6750 section 2.1).
  if (form === "bearer") {
    if (/^[A-Za-z0-9._~+/-]+=*$/.test(token)) return true;
    return refuse("This cannot be a bearer token.", `Use letters, digits and -._~+/ alone, or ${otherwise}.`);
  }
  const { credentialFrom } = await import("../http/index.ts");
  const found = credentialFrom(form === "basic" ? { basic: token } : { header: `${header}: ${token}` });
  return found.ok || refuse(found.problem, `Give another, or ${otherwise}.`);
}
