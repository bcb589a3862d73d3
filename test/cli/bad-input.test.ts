// biome-ignore-all lint/suspicious/noTemplateCurlyInString: slots of scenario files look like template strings
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli } from "./cli.ts";
import { inProcess } from "./in-process.ts";

/** A server that counts who knocks, so that "nothing was sent" can be seen. */
let knocks = 0;
const server = createServer((socket) => {
  knocks++;
  socket.destroy();
});
let url = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/scim/v2`;
});
afterAll(() => void server.close());

const folder = mkdtempSync(join(tmpdir(), "scim-check-bad-input-"));
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const SCENARIO = (rest: string) => `title: A scenario\nflow: create\nsteps:\n${rest}`;

describe("bad input is refused before anything is sent, with exit code 2 and one message a problem", () => {
  const cases: readonly (readonly [name: string, args: () => readonly string[], message: RegExp])[] = [
    ["an unknown command", () => ["rnu"], /unknown command 'rnu'[\s\S]*Did you mean run\?/],
    ["an unknown flag", () => ["run", "--embeded"], /unknown option '--embeded'[\s\S]*--embedded/],
    [
      "a flag of the wrong kind",
      () => ["run", "--large-group", "many"],
      /--large-group <members>.*whole number/,
    ],
    ["an unknown kind of app", () => ["run", "--okta-app", "opp"], /Allowed choices are aiw, oin/],
    [
      "an unknown switch",
      () => ["run", "--embedded", "--actions", "create,delete"],
      /"delete" is no switch.*push-groups/,
    ],
    [
      "an unknown scenario",
      () => ["run", "--embedded", "--scenario", "okta/nope*"],
      /--scenario okta\/nope\*.*matches no scenario\. See/,
    ],
    [
      "a mistyped scenario",
      () => ["run", "--embedded", "--scenario", "okta/users/craete"],
      /matches no scenario\. Did you mean `okta\/users\/create`\? See `scim-check list scenarios`/,
    ],
    [
      "an unknown behaviour",
      () => ["run", "--embedded", "--behaviour", "OKTA-CERD-01"],
      /OKTA-CERD-01.*matches no behaviour.*Did you mean `OKTA-CRED-01`\?/,
    ],
    [
      "a behaviour that this run does not judge, which is no mistyped name",
      () => ["run", "--embedded", "--behaviour", "OKTA-CRED-07"],
      /--behaviour OKTA-CRED-07: is known, and not judged: Okta sends nothing here, so .* See `scim-check explain OKTA-CRED-07`\./,
    ],
    [
      "a behaviour of the RFCs where only Okta's are judged",
      () => ["run", "--embedded", "--behaviour", "rfc7644-7.2-01"],
      /--behaviour rfc7644-7\.2-01: is known, and not judged: it is of the RFCs.* Add --standard rfc\./,
    ],
    [
      "a behaviour of the other kind of app",
      () => ["run", "--embedded", "--okta-app", "oin", "--behaviour", "OKTA-DEACT-01"],
      /--behaviour OKTA-DEACT-01: is known, and not judged: it is about AIW apps.* Give --okta-app aiw/,
    ],
    [
      "several behaviours of which this run judges none",
      () => ["run", "--embedded", "--behaviour", "RFC7644-*"],
      /RFC7644-\*: matches \d+ behaviours that are known, and judges none of them\. RFC7644-\S+: it is of/,
    ],
    [
      "an unknown behaviour to explain",
      () => ["explain", "OKTA-CRED-99"],
      /OKTA-CRED-99: There is no behaviour/,
    ],
    [
      "an unknown subject to list",
      () => ["list", "things"],
      /"things" is nothing that can be listed.*behaviours/,
    ],
    [
      "a mistyped subject to list",
      () => ["list", "scenarois"],
      /"scenarois" is nothing that can be listed. Did you mean `scenarios`\?/,
    ],
    [
      "an unknown target",
      () => ["run", "--embedded", "--target", "terraform-enterprize"],
      /terraform-enterprise/,
    ],
    [
      "an unknown report format",
      () => ["run", "--embedded", "--report", "pdf"],
      /no report format "pdf".*`text`, `html`, `markdown`, `github`, `junit`, `json`/,
    ],
    [
      "a report format that has no form for a load",
      () => ["load", "smoke", "--embedded", "--report", "xml:load.xml"],
      /format xml has no form.*Use text, html or json/,
    ],
    [
      "a report in a folder that is not there",
      () => ["run", "--embedded", "--report", "json:/nowhere/at/all.json"],
      /cannot be written/,
    ],
    ["an empty URL", () => ["run", "--url", "", "--no-auth"], /--url: The base URL is empty/],
    ["a URL without a scheme", () => ["run", "--url", "localhost:8080/scim", "--no-auth"], /has no scheme/],
    [
      "a URL with a query",
      () => ["run", "--url", "http://127.0.0.1/scim?x=1", "--no-auth"],
      /must not have a query/,
    ],
    [
      "a URL with credentials in it",
      () => ["run", "--url", "http://a:b@127.0.0.1/scim", "--no-auth"],
      /user name or password/,
    ],
    ["a URL and the embedded server", () => ["run", "--url", url, "--embedded"], /cannot both be tested/],
    ["a URL without a credential", () => ["run", "--url", url], /no credential.*SCIM_TOKEN.*--no-auth/],
    [
      "a token file that is not there",
      () => ["run", "--url", url, "--token-file", "/nowhere"],
      /\/nowhere: .*cannot be read \(ENOENT\)/,
    ],
    [
      "a CA file that is not there",
      () => ["run", "--url", url, "--no-auth", "--ca", "/nowhere.pem"],
      /nowhere\.pem: .*cannot be read/,
    ],
    [
      "a CA file that holds none",
      () => ["run", "--url", url, "--no-auth", "--ca", file("ca.pem", "hello")],
      /no certificate in PEM form/,
    ],
    [
      "a host that nobody allowed",
      () => ["run", "--url", "https://staging.example.com/scim", "--no-auth"],
      /--allow-writes staging\.example\.com/,
    ],
    [
      "a selection that leaves nothing",
      () => ["run", "--embedded", "--read-only", "--scenario", "okta/users/create"],
      /leaves no scenario to play/,
    ],
    [
      "a settings file that is not there",
      () => ["run", "--config", "nope.yaml"],
      /nope\.yaml: There is no such settings file/,
    ],
    [
      "an unknown key in the settings file",
      () => ["run", "--config", file("a.yaml", "url: http://x\nokta_app: oin\n")],
      /a\.yaml:2:1: .*okta_app/,
    ],
    [
      "a scenario with a syntax error",
      () => ["run", "--embedded", "--scenarios", file("syntax.yaml", "title: [\n")],
      /syntax\.yaml:\d+:\d+: /,
    ],
    [
      "a scenario with an unknown key",
      () => [
        "run",
        "--embedded",
        "--scenarios",
        file("key.yaml", SCENARIO("  - id: a\n    send: GET /Users\n    expext: {}\n")),
      ],
      /key\.yaml:6:5: .*expext/,
    ],
    [
      "a scenario with a dangling slot",
      () => [
        "run",
        "--embedded",
        "--scenarios",
        file("slot.yaml", SCENARIO("  - id: a\n    send: GET /Users/${user}\n")),
      ],
      /slot\.yaml:5:\d+: .*user/,
    ],
    [
      "a scenario with an unknown behaviour",
      () => [
        "run",
        "--embedded",
        "--scenarios",
        file(
          "claim.yaml",
          SCENARIO("  - id: a\n    send: GET /Users\n    expect: { OKTA-CRED-77: { status: 200 } }\n"),
        ),
      ],
      /claim\.yaml:6:\d+: .*OKTA-CRED-77/,
    ],
    [
      "a saved report that is none",
      () => ["render", file("saved.json", '{"format":"other"}')],
      /saved\.json:1:\d+: /,
    ],
    [
      "two reports in one file",
      () => ["run", "--embedded", "--report", "json:one.out", "--report", "html:./one.out"],
      /one\.out: Two reports would be written there, one over the other\. Name a file for each\./,
    ],
    [
      "a report of a part of a load",
      () => [...["load", "smoke", "--embedded", "--shard", "1/1", "--out", "part.json"], "--report", "json"],
      /A part of a load has no report of its own\. Give it to scim-check merge/,
    ],
    [
      "a beginning that is another moment on every machine",
      () => [
        ...["load", "smoke", "--embedded", "--shard", "1/2", "--out", "part.json"],
        ...["--start-at", "2099-03-01T12:00:00"],
      ],
      /"2099-03-01T12:00:00" is no moment that is the same on every machine\. Write it like 2026-03-01T12:00:00Z/,
    ],
    [
      "a token that no client could show",
      () => ["serve", "--token", "x".repeat(8_193)],
      /^--token: It has 8193 characters\. Use at most 8192, or leave --token out and get one\.\n$/,
    ],
    [
      "more people than there is memory for",
      () => ["serve", "--users", "99999999999"],
      /--users <number>.*It has to be at most 1000000\./,
    ],
    ["a group plan without a limit", () => ["plan-groups", "--members", "3400"], /--max-group-members/],
  ];

  for (const [name, args, message] of cases) {
    it(name, async () => {
      const { stdout, stderr, code } = await inProcess(args(), { cwd: folder });
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(stdout).toBe("");
      expect(code).toBe(2);
    });
  }

  it("reports every problem of every file at once", async () => {
    const bad = file(
      "two.yaml",
      SCENARIO("  - id: a\n    send: GET /Users/${user}\n    expext: {}\n  - id: a\n    sned: GET /Users\n"),
    );
    const { stderr, code } = await cli(["run", "--embedded", "--scenarios", bad]);
    expect(stderr.trim().split("\n").length).toBeGreaterThan(1);
    expect(code).toBe(2);
  });

  it("sends nothing to the server in any of these cases", () => {
    expect(knocks).toBe(0);
  });
});
