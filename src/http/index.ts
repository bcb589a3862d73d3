/** The wire: sends requests, and hands back exchanges that hold no secret. */
export type { ClientCredentials } from "./access-tokens.ts";
export { isLoopback, type ParsedBaseUrl, parseBaseUrl } from "./base-url.ts";
export {
  type Credential,
  type CredentialResult,
  type CredentialSources,
  credentialFrom,
  type TokenResult,
  tokenFromText,
} from "./credential.ts";
export { concealPasswords } from "./passwords.ts";
export { isProxied } from "./proxy.ts";
export { type Redactor, redactor } from "./redact.ts";
export { createSend, type Sender, type SendOptions } from "./send.ts";
export type { ClientCertificate, TrustOptions } from "./trust.ts";
