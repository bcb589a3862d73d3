import { validateHeaderName, validateHeaderValue } from "node:http";
import fc from "fast-check";
import { describe, expect } from "vitest";
import { credentialFrom, credentialHeaders, secretsOf } from "../../src/http/credential.ts";
import { holds } from "./property.ts";

const odd = fc.constantFrom(
  " ",
  "\t",
  "\n",
  "\r\n",
  "\0",
  "\x7f",
  "é",
  "ÿ",
  "Ā",
  "😀",
  ":",
  "=",
  "Bearer ",
  "bearer\t",
  "Basic ",
);
const text = fc
  .array(fc.oneof(odd, fc.string({ maxLength: 6 }), fc.constantFrom("abc", "user:pass", "X-Key: abc")), {
    maxLength: 4,
  })
  .map((pieces) => pieces.join(""));
const source = fc.constantFrom("token", "basic", "rawHeader", "header");

/** Whether Node.js itself would put the header on the wire. */
function isSendable(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

describe("a credential", () => {
  holds(
    "credential-any-text",
    "of any text is refused in a sentence that does not repeat it, or makes a header that Node.js sends, and every secret of it is known",
    fc.record({ source, text }),
    ({ source: from, text: given }) => {
      const found = credentialFrom({ [from]: given });
      if (!found.ok) {
        expect(found.problem).toMatch(/\.$/);
        if (given.trim().length > 12) expect(found.problem).not.toContain(given.trim());
        return;
      }
      const { credential } = found;
      const headers = credentialHeaders(credential, "given");
      expect(headers).toHaveLength(1);
      for (const [name, value] of headers) {
        expect(isSendable(name, value)).toBe(true);
        // Without one of the secrets nothing is left of it but the name of a scheme.
        const rest = secretsOf(credential).flatMap((secret) =>
          value.endsWith(secret) ? [value.slice(0, value.length - secret.length).trim()] : [],
        );
        expect(["", "Bearer", "Basic"]).toEqual(expect.arrayContaining(rest.slice(0, 1)));
        expect(rest).not.toEqual([]);
      }
    },
    { runs: 1_000 },
  );

  holds(
    "credential-token",
    "is taken as it was pasted, with Bearer before it or without, and with the line ends that editors leave",
    fc.record({
      token: fc
        .string({ unit: fc.constantFrom(..."abcXYZ019-._~+/="), minLength: 1 })
        .filter((one) => !/^bearer$/i.test(one)),
      before: fc.constantFrom("", "Bearer ", "bearer ", "BEARER \t", " \n"),
      behind: fc.constantFrom("", "\n", "\r\n", "  "),
    }),
    ({ token, before, behind }) => {
      const found = credentialFrom({ token: `${before}${token}${behind}` });
      if (!found.ok) throw new Error(found.problem);
      expect(credentialHeaders(found.credential, "given")).toEqual([["Authorization", `Bearer ${token}`]]);
      expect(found.notes.length > 0).toBe(/bearer/i.test(before));
    },
  );

  holds(
    "credential-basic",
    "of a user and a password comes out as both again, whatever the password holds",
    fc.record({
      user: fc.string({ unit: "grapheme", minLength: 1 }),
      password: fc.string({ unit: "grapheme", minLength: 1 }),
    }),
    ({ user, password }) => {
      const found = credentialFrom({ basic: `${user}:${password}\n` });
      if (user.includes(":") || /[\r\n]/.test(password) || password.trim() === "") return;
      if (!found.ok) throw new Error(found.problem);
      const [[, value = ""] = []] = credentialHeaders(found.credential, "given");
      expect(Buffer.from(value.replace("Basic ", ""), "base64").toString()).toBe(`${user}:${password}`);
      expect(secretsOf(found.credential)).toContain(password);
    },
  );
});
