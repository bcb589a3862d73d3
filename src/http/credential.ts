import type { CredentialUse, Headers } from "../model/exchange.ts";
import { Secret } from "../model/secret.ts";
import type { ClientCredentials } from "./access-tokens.ts";

/** How the tester proves who it is. */
export type Credential =
  | { readonly kind: "none" }
  | { readonly kind: "bearer"; readonly token: Secret }
  /** The Authorization header exactly as the administrator typed it (Okta's "Header" authentication). */
  | { readonly kind: "raw-header"; readonly value: Secret }
  | { readonly kind: "basic"; readonly user: string; readonly password: Secret }
  | { readonly kind: "header"; readonly name: string; readonly value: Secret }
  /** An access token that is asked for when it is needed, and asked for again before it ends. */
  | { readonly kind: "oauth"; readonly client: ClientCredentials };

/** A credential that a header can be made of. */
export type HeldCredential = Exclude<Credential, { readonly kind: "oauth" }>;

/** Where a credential may come from. At most one is expected; none means requests without a credential. */
export interface CredentialSources {
  /** A bearer token, with or without `Bearer ` before it. */
  readonly token?: string;
  /** `user:password`. */
  readonly basic?: string;
  /** The whole value of the Authorization header. */
  readonly rawHeader?: string;
  /** Another header, as `Name: value`. */
  readonly header?: string;
}

export type CredentialResult =
  | { readonly ok: true; readonly credential: HeldCredential; readonly notes: readonly string[] }
  | { readonly ok: false; readonly problem: string };

export type TokenResult =
  | { readonly ok: true; readonly secret: Secret; readonly hadPrefix: boolean }
  | { readonly ok: false; readonly problem: string };

const refuse = (problem: string): { readonly ok: false; readonly problem: string } => ({
  ok: false,
  problem,
});

/**
 * Reads a token as it was pasted. A `Bearer ` before it is taken off, because Okta adds the prefix itself;
 * line ends around it (every editor leaves one in a file) are taken off as well.
 */
export function tokenFromText(text: string): TokenResult {
  const trimmed = text.trim();
  const token = trimmed.replace(/^Bearer(\s+|$)/i, "");
  if (token === "") return refuse("The token is empty.");
  if (/[\r\n]/.test(token)) return refuse("The token holds a line break: it has to be a single line.");
  if (/\s/.test(token)) return refuse("The token holds white space.");
  if (!isHeaderText(token)) return refuse("The token holds a character that cannot stand in an HTTP header.");
  return { ok: true, secret: new Secret(token), hadPrefix: token !== trimmed };
}

/** Makes the credential out of whichever source is given. */
export function credentialFrom(sources: CredentialSources): CredentialResult {
  const given = Object.entries(sources).filter(([, value]) => value !== undefined);
  if (given.length > 1) {
    return refuse(
      `Only one credential can be used, but ${given.map(([name]) => name).join(" and ")} are given.`,
    );
  }
  if (sources.token !== undefined) return bearer(sources.token);
  if (sources.basic !== undefined) return basic(sources.basic);
  if (sources.rawHeader !== undefined) return rawHeader(sources.rawHeader);
  if (sources.header !== undefined) return customHeader(sources.header);
  return { ok: true, credential: { kind: "none" }, notes: [] };
}

function bearer(text: string): CredentialResult {
  const token = tokenFromText(text);
  if (!token.ok) return token;
  const notes = token.hadPrefix
    ? ["The token was given with a Bearer prefix; it is sent with one prefix, which Okta adds itself."]
    : [];
  return { ok: true, credential: { kind: "bearer", token: token.secret }, notes };
}

function basic(text: string): CredentialResult {
  const line = text.replace(/[\r\n]+$/, "");
  const colon = line.indexOf(":");
  if (colon < 1) return refuse("Basic authentication needs user:password.");
  const [user, password] = [line.slice(0, colon), line.slice(colon + 1)];
  if (password.trim() === "") return refuse("The password of the basic authentication is empty.");
  return { ok: true, credential: { kind: "basic", user, password: new Secret(password) }, notes: [] };
}

function rawHeader(text: string): CredentialResult {
  const value = text.trim();
  if (value === "") return refuse("The Authorization header is empty.");
  if (!isHeaderText(value))
    return refuse("The Authorization header holds a line break or another odd character.");
  return { ok: true, credential: { kind: "raw-header", value: new Secret(value) }, notes: [] };
}

function customHeader(text: string): CredentialResult {
  const [, name, value] = /^\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*:(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    return refuse("The credential header has to be `Name: value`.");
  const secret = value.trim();
  if (secret === "") return refuse(`The credential header ${name} has no value.`);
  if (!isHeaderText(secret)) return refuse(`The header ${name} holds a line break or another odd character.`);
  return { ok: true, credential: { kind: "header", name, value: new Secret(secret) }, notes: [] };
}

/** What a field value may hold: visible ASCII, spaces, tabs and Latin-1 (RFC 9110 5.5). */
function isHeaderText(value: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

/**
 * The header a request travels with, if any. A configured credential that is no bearer token has nothing to double,
 * so `doubled-bearer` sends `Bearer Bearer x`, which no server may take for valid either.
 */
export function credentialHeaders(credential: HeldCredential, use: CredentialUse): Headers {
  switch (use) {
    case "none":
      return [];
    case "wrong":
      return [["Authorization", "non-token"]];
    case "doubled-bearer": {
      const token = credential.kind === "bearer" ? credential.token.reveal() : "x";
      return [["Authorization", `Bearer Bearer ${token}`]];
    }
    case "lower-case-scheme":
      return givenHeaders(credential).map(([name, value]) => [name, withLowerCaseScheme(value)]);
    case "given":
    // Which token is meant by a name, the sender knows.
    case "expired":
    case "foreign":
    case "admin":
    case "minted":
      return givenHeaders(credential);
  }
}

/** `Bearer abc` becomes `bearer abc`. A value without a scheme before it stays as it is. */
function withLowerCaseScheme(value: string): string {
  return value.replace(/^[A-Za-z-]+(?= +\S)/, (scheme) => scheme.toLowerCase());
}

function givenHeaders(credential: HeldCredential): Headers {
  switch (credential.kind) {
    case "none":
      return [];
    case "bearer":
      return [["Authorization", `Bearer ${credential.token.reveal()}`]];
    case "raw-header":
      return [["Authorization", credential.value.reveal()]];
    case "basic":
      return [["Authorization", `Basic ${basicPair(credential)}`]];
    case "header":
      return [[credential.name, credential.value.reveal()]];
  }
}

function basicPair(credential: { readonly user: string; readonly password: Secret }): string {
  return Buffer.from(`${credential.user}:${credential.password.reveal()}`, "utf8").toString("base64");
}

/** Every text of a credential that must not be seen in a report. */
export function secretsOf(credential: Credential): readonly string[] {
  switch (credential.kind) {
    case "none":
      return [];
    case "bearer":
      return [credential.token.reveal()];
    case "raw-header": {
      // `Bearer abc` or `Basic abc` may be echoed without its scheme.
      const value = credential.value.reveal();
      const bare = /^[A-Za-z]+\s+(\S.*)$/.exec(value)?.[1];
      return bare === undefined ? [value] : [value, bare];
    }
    case "basic":
      return [basicPair(credential), credential.password.reveal()];
    case "header":
      return [credential.value.reveal()];
    case "oauth": {
      const { clientId, clientSecret } = credential.client;
      const secret = clientSecret.reveal();
      // RFC 6749 2.3.1 wants id and secret form-encoded before they become a Basic pair.
      const [id, encoded] = [formEncoded(clientId), formEncoded(secret)];
      return [secret, encoded, Buffer.from(`${id}:${encoded}`).toString("base64")];
    }
  }
}

/** As `application/x-www-form-urlencoded` has it, nothing but letters and digits left as they are. */
function formEncoded(text: string): string {
  return encodeURIComponent(text)
    .replace(/[-_.!~*'()]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}
