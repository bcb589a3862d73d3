import type { StarterAnswers, StarterFile } from "../config/starter-files.ts";
import { BadInput, type Problem } from "../model/problem.ts";
import { toolVersion } from "./tool.ts";

export type { CiSystem, StarterAnswers, StarterFile } from "../config/starter-files.ts";

/** What a person said, before it is known to be usable. */
export interface GivenAnswers
  extends Partial<Pick<StarterAnswers, "url" | "auth" | "authHeader" | "oauthTokenUrl" | "oauthClientId">>,
    Pick<StarterAnswers, "ci"> {
  readonly oktaApp?: "aiw" | "oin" | "both";
}

/** Throws `BadInput` with everything that is missing or cannot be used. */
export async function starterAnswers(given: GivenAnswers): Promise<StarterAnswers> {
  const { parseBaseUrl } = await import("../http/index.ts");
  const problems: Problem[] = [];
  const base = parseBaseUrl(given.url ?? "");
  if (!base.ok) {
    const next = "Give the URL that Okta is configured with, the part before /Users.";
    problems.push({ place: { file: "--url" }, what: base.problem, next });
  }
  const auth = given.auth ?? (given.authHeader === undefined ? "bearer" : "header");
  const { authHeader, oauthTokenUrl, oauthClientId, oktaApp } = given;
  if (auth === "oauth") {
    if (oauthTokenUrl === undefined || !URL.canParse(oauthTokenUrl)) {
      problems.push({
        place: { file: "--oauth-token-url" },
        what: "The token endpoint is not named.",
        next: "Give its whole URL.",
      });
    }
    if (oauthClientId === undefined || oauthClientId === "") {
      problems.push({
        place: { file: "--oauth-client-id" },
        what: "The OAuth client has no id.",
        next: "Give it.",
      });
    }
  }
  if (problems.length > 0 || !base.ok) throw new BadInput(problems);
  const client =
    auth === "oauth" && oauthTokenUrl !== undefined && oauthClientId !== undefined
      ? { oauthTokenUrl, oauthClientId }
      : {};
  return {
    url: base.url.href.replace(/\/$/, ""),
    host: base.url.host,
    auth,
    ...(authHeader === undefined ? {} : { authHeader }),
    ...client,
    ...(oktaApp === undefined || oktaApp === "both" ? {} : { oktaApp }),
    ci: given.ci,
    toolVersion: toolVersion(),
  };
}

/** The files a team starts with. */
export async function starterFiles(answers: StarterAnswers): Promise<readonly StarterFile[]> {
  return (await import("../config/starter-files.ts")).starterFiles(answers);
}

/** The variable that the secret has to be in. */
export async function secretVariable(answers: StarterAnswers): Promise<string> {
  return (await import("../config/starter-files.ts")).secretVariable(answers);
}
