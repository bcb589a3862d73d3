import type { ConnectionOptions } from "../config/options.ts";
import type { Credential } from "../http/index.ts";
import type { Problem } from "../model/problem.ts";
import { readSecretFile } from "./given-file.ts";

export interface CredentialFound {
  readonly credential: Credential;
  /** Whole sentences about what works but deserves a look. */
  readonly notes: readonly string[];
}

/** The credential that the options ask for; undefined where `problems` has grown. */
export async function credentialOf(
  options: ConnectionOptions,
  problems: Problem[],
): Promise<CredentialFound | undefined> {
  if (options.noAuth === true) return { credential: { kind: "none" }, notes: [] };
  const kind = kindOf(options, problems);
  if (kind === undefined) return undefined;
  return kind === "oauth" ? oauth(options, problems) : token(kind, options, problems);
}

type Kind = "bearer" | "header" | "basic" | "oauth" | "certificate";

function kindOf(options: ConnectionOptions, problems: Problem[]): Kind | undefined {
  const { auth, authHeader } = options;
  const hasToken = options.token !== undefined || options.tokenFile !== undefined;
  const hasClient = CLIENT.some((name) => options[name] !== undefined);
  if (authHeader !== undefined && auth !== undefined && auth !== "header") {
    problems.push({
      place: { file: "--auth-header" },
      what: `A header of its own does not go with --auth ${auth}.`,
      next: "Leave one of them out.",
    });
    return undefined;
  }
  if (auth !== undefined) return auth;
  if (authHeader !== undefined) return "header";
  if (hasToken && hasClient) {
    problems.push({
      place: { file: "--auth" },
      what: "Both a token and an OAuth client are given, and only one can be used.",
      next: "Say which with --auth bearer or --auth oauth.",
    });
    return undefined;
  }
  if (hasClient) return "oauth";
  // A client certificate is a credential by itself.
  const hasCertificate = options.clientCert !== undefined || options.clientPfx !== undefined;
  return hasToken || !hasCertificate ? "bearer" : "certificate";
}

const CLIENT = ["oauthTokenUrl", "oauthClientId", "oauthClientSecret", "oauthClientSecretFile"] as const;

async function token(
  kind: Exclude<Kind, "oauth">,
  options: ConnectionOptions,
  problems: Problem[],
): Promise<CredentialFound | undefined> {
  if (kind === "certificate") return { credential: { kind: "none" }, notes: [] };
  const { credentialFrom } = await import("../http/index.ts");
  const { authHeader, tokenFile } = options;
  const text = options.token ?? readSecretFile(tokenFile, "--token-file", problems);
  if (text === undefined) {
    if (tokenFile === undefined) problems.push(NO_CREDENTIAL);
    return undefined;
  }
  const header = authHeader === undefined ? { rawHeader: text } : { header: `${authHeader}: ${text}` };
  const sources = { bearer: { token: text }, header, basic: { basic: text } };
  const found = credentialFrom(sources[kind]);
  if (found.ok) return found;
  const file = options.token === undefined ? (tokenFile ?? "--token-file") : "SCIM_TOKEN";
  problems.push({ place: { file }, what: found.problem });
  return undefined;
}

const NO_CREDENTIAL: Problem = {
  place: { file: "SCIM_TOKEN" },
  what: "There is no credential for the server.",
  next: "Set SCIM_TOKEN, give --token-file FILE, --oauth-token-url URL or --client-cert FILE; --no-auth if the server really takes none.",
};

async function oauth(options: ConnectionOptions, problems: Problem[]): Promise<CredentialFound | undefined> {
  const { Secret } = await import("../model/secret.ts");
  const before = problems.length;
  const { oauthTokenUrl, oauthClientId, oauthClientSecretFile, oauthScope } = options;
  const secret =
    options.oauthClientSecret ??
    readSecretFile(oauthClientSecretFile, "--oauth-client-secret-file", problems);
  const missing = (place: string, what: string, next: string) =>
    problems.push({ place: { file: place }, what, next });
  if (oauthTokenUrl === undefined) {
    missing("--oauth-token-url", "The token endpoint is not named.", "Give its whole URL.");
  }
  if (oauthClientId === undefined || oauthClientId === "") {
    missing("--oauth-client-id", "The OAuth client has no id.", "Give it, or set SCIM_OAUTH_CLIENT_ID.");
  }
  if ((secret === undefined && oauthClientSecretFile === undefined) || secret === "") {
    missing(
      "SCIM_OAUTH_CLIENT_SECRET",
      "The OAuth client has no secret.",
      "Set it, or give --oauth-client-secret-file FILE.",
    );
  }
  const tokenUrl = oauthTokenUrl === undefined ? undefined : await tokenEndpoint(oauthTokenUrl, problems);
  if (
    problems.length > before ||
    tokenUrl === undefined ||
    oauthClientId === undefined ||
    secret === undefined
  ) {
    return undefined;
  }
  const client = {
    tokenUrl,
    clientId: oauthClientId,
    clientSecret: new Secret(secret),
    clientAuth: options.oauthClientAuth ?? "basic",
    ...(oauthScope === undefined ? {} : { scope: oauthScope }),
  };
  return { credential: { kind: "oauth", client }, notes: [] };
}

// What is wrong is said without the text itself, which may hold a password.
async function tokenEndpoint(text: string, problems: Problem[]): Promise<URL | undefined> {
  const { isLoopback } = await import("../http/index.ts");
  const refuse = (what: string, next: string) => {
    problems.push({ place: { file: "--oauth-token-url" }, what, next });
    return undefined;
  };
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    return refuse("The token endpoint is no http or https URL.", "Write it as https://host/path.");
  }
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") {
    return refuse(
      "The token endpoint must not hold a user name or password.",
      "Give --oauth-client-id and the secret apart.",
    );
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return refuse("The client's secret would travel unencrypted.", "Use the https address of the endpoint.");
  }
  return url;
}
