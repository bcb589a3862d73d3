import { type Headers, headerValue } from "../model/exchange.ts";
import { ScimFailure } from "./errors.ts";
import { sameText } from "./same-text.ts";

/** What a client has to show to be let in. */
export interface ExpectedCredential {
  /** The token; `user:password` for `basic`, and all of the header for `whole`. */
  readonly token: string;
  /** After `Bearer` (RFC 6750), in base64 after `Basic` (RFC 7617), or as a header that holds nothing else. */
  readonly form: "bearer" | "basic" | "whole";
  /** The header that takes it: `Authorization`, or one of its own for `whole`. */
  readonly header: string;
}

/**
 * Lets requests with the right credential pass; a scheme's letter case does not count (RFC 9110 section 11.1).
 * @throws ScimFailure 401 with `WWW-Authenticate` for every other one.
 */
export function authorise(headers: Headers, expected: ExpectedCredential | undefined): void {
  if (expected === undefined) return;
  const given = headerValue(headers, expected.header);
  if (given === undefined) throw unauthorised(expected, `This server needs ${NEEDED[expected.form]}.`, "");
  if (!isRight(given.trim(), expected)) {
    const error = expected.form === "bearer" ? ', error="invalid_token"' : "";
    throw unauthorised(expected, "The credential is not valid here.", error);
  }
}

const NEEDED = { bearer: "a bearer token", basic: "a user and a password", whole: "a credential" };

function isRight(given: string, { token, form, header }: ExpectedCredential): boolean {
  const behind = (scheme: RegExp) => scheme.exec(given)?.[1]?.trim();
  switch (form) {
    case "bearer":
      return sameText(behind(/^bearer +(.*)$/i), token);
    case "basic": {
      const pair = behind(/^basic +(.*)$/i);
      return pair !== undefined && sameText(Buffer.from(pair, "base64").toString("utf8"), token);
    }
    case "whole": {
      const folded = header === "Authorization" ? schemeFolded : (value: string) => value;
      return sameText(folded(given), folded(token));
    }
  }
}

/** `Token x` and `token x` are one credential. */
const schemeFolded = (value: string) => value.replace(/^\S+(?= )/, (scheme) => scheme.toLowerCase());

function unauthorised(expected: ExpectedCredential, detail: string, parameters: string): ScimFailure {
  const challenge = `${challengeOf(expected)}${parameters}`;
  return new ScimFailure(401, detail, undefined, [["WWW-Authenticate", challenge]]);
}

/** A 401 has to name a scheme (RFC 9110 section 15.5.2), also where the credential has none that is registered. */
function challengeOf({ token, form, header }: ExpectedCredential): string {
  if (form === "bearer") return 'Bearer realm="scim"';
  if (form === "basic") return 'Basic realm="scim", charset="UTF-8"';
  if (header !== "Authorization") return `ApiKey realm="scim", header="${header}"`;
  return `${/^[A-Za-z][\w-]*(?= )/.exec(token)?.[0] ?? "ApiKey"} realm="scim"`;
}
