import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect } from "vitest";
import type { Exchange } from "../../src/model/exchange.ts";
import { SECRET_MASK } from "../../src/model/secret.ts";
import { curlOf } from "../../src/report/curl.ts";
import { isSafe, safeText } from "../../src/report/safe-text.ts";
import { holds } from "./property.ts";

const TOKEN = `t0k en'"$x\`id\`\\`;

/** Runs a command in bash with a curl that says what it was given: how many words, the words, its input. */
function pasted(command: string): { readonly words: readonly string[]; readonly input: Buffer } {
  const fake = `curl() { printf '%s\\0' "$#" "$@"; case " $* " in *" @- "*) cat;; esac; }`;
  const out = execFileSync("bash", ["-c", `${fake}\n${command}`], {
    env: { SCIM_TOKEN: TOKEN, PATH: process.env.PATH, LC_ALL: "C.UTF-8" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const words: string[] = [];
  let at = 0;
  for (let count = -1; count !== words.length; ) {
    const end = out.indexOf(0, at);
    const word = out.subarray(at, end).toString("utf8");
    at = end + 1;
    if (count === -1) count = Number(word);
    else words.push(word);
  }
  return { words, input: out.subarray(at) };
}

const shellPieces = fc.constantFrom(
  ...["'", '"', "`id`", "$HOME", "$(id)", "\\", "!", "*", "~", "#", ";", "&", "|", "\n", "%s", "%", "{a,b}"],
  ...["@/etc/passwd", "-d", " ", "é", "\u0000", "\u001b[31m", "\u202e", "\u2028", SECRET_MASK],
);
const text = fc
  .array(fc.oneof(shellPieces, fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 8 })
  .map((all) => all.join(""));

const request = fc.record(
  {
    method: fc.constantFrom("GET", "POST", "PATCH", "PUT", "DELETE", "X-ODD"),
    query: text,
    headers: fc.array(
      fc.record({ name: fc.stringMatching(/^X-[A-Za-z0-9!#$%&'*+.^_`|~-]{1,6}$/), value: text }),
      { maxLength: 3 },
    ),
    body: text,
    width: fc.integer({ min: 20, max: 120 }),
  },
  { requiredKeys: ["method", "query", "headers"], noNullPrototype: true },
);

/** Half a surrogate pair becomes U+FFFD in UTF-8, whoever writes it. */
const bytesOf = (given: string) => Buffer.from(given, "utf8");
const filled = (given: string) => given.replaceAll(SECRET_MASK, TOKEN);

describe("a request as a curl line", () => {
  holds(
    "curl-paste",
    "is the same request when a real shell has read it, whatever a server or a scenario put into it",
    request,
    ({ method, query, headers, body, width }) => {
      const url = `https://scim.example.com/Users?x=${query}`;
      const exchange: Exchange = {
        request: {
          method,
          path: "/Users",
          headers: headers.map(({ name, value }): [string, string] => [name, value]),
          ...(body === undefined ? {} : { body }),
        },
        url,
        outcome: { kind: "silence", reason: "reset", detail: "" },
        timing: { startedAt: 0 },
      };
      const { command } = curlOf(exchange, width === undefined ? {} : { width });
      // Nothing in it can move a cursor or hide, so that what is pasted is what was seen.
      for (const line of command.split("\n")) expect(isSafe(line)).toBe(true);
      const { words, input } = pasted(command);
      const at = words.findIndex((word) => word.startsWith("https://"));
      const asked = isSafe(url) ? url : encodedUnsafe(url);
      expect(words[at]).toBe(filled(asked).replaceAll(encodeURIComponent(SECRET_MASK), TOKEN));
      expect(words).toContain(method);
      for (const { name, value } of headers) {
        const header = safeText(value === "" ? `${name};` : `${name}: ${value}`);
        expect(words).toContain(filled(header));
      }
      if (body === undefined) return;
      const flag = words.findIndex((word) => word.startsWith("--data"));
      if (words[flag + 1] === "@-" && words[flag] === "--data-binary") expect(input).toEqual(bytesOf(body));
      else expect(words[flag + 1]).toBe(body);
    },
    { runs: 150 },
  );
});

function encodedUnsafe(url: string): string {
  return Array.from(url, (character) =>
    isSafe(character)
      ? character
      : [...bytesOf(character)]
          .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
          .join(""),
  ).join("");
}
