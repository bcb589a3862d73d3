import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { cli } from "./cli.ts";
import { inProcess } from "./in-process.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CERTIFICATES = fileURLToPath(new URL("../unit/http/certificates/", import.meta.url));
// This machine and no other, spelled so that nobody would know it without thinking.
const SPELLED_OUT = "0:0:0:0:0:0:0:1";

interface Started {
  readonly url: string;
  readonly token: string;
  stop(): void;
}

/** Starts `serve` in a process of its own, uses it, and stops it as Ctrl-C does. */
async function serving(
  args: readonly string[],
  use: (started: Started) => Promise<void>,
  env: Readonly<Record<string, string>> = {},
) {
  let used: Promise<void> | undefined;
  const finished = await cli(["serve", ...args], {
    env,
    watchOutput: (stdout, kill) => {
      const [, url, token] = /^(\S+)\n(.*)\n/.exec(stdout) ?? [];
      if (url === undefined || token === undefined || used !== undefined) return;
      let isTold = false;
      const stop = () => {
        if (!isTold) kill("SIGINT");
        isTold = true;
      };
      used = use({ url, token: token.replace("token: ", ""), stop }).finally(stop);
    },
  });
  await used;
  return finished;
}

const status = async (url: string, token?: string) =>
  (await fetch(`${url}/Users`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }))
    .status;

describe("scim-check serve", () => {
  it("listens on this machine alone, and prints a token of its own making once", async () => {
    let token = "";
    const { stdout, stderr, code } = await serving(["--users", "3"], async (server) => {
      token = server.token;
      expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/scim\/v2$/);
      expect(await status(server.url)).toBe(401);
      expect(await status(server.url, token)).toBe(200);
    });
    expect(token).toMatch(/^[\w-]{32}$/);
    expect(`${stdout}${stderr}`.split(token)).toHaveLength(2);
    expect([stderr, code]).toEqual(["Ctrl-C stops it.\n", 0]);
  });

  it("does not repeat a token that it was given", async () => {
    const token = "a-token-of-my-own";
    const { stdout, stderr } = await serving(["--token", token], async ({ url }) => {
      expect(await status(url, token)).toBe(200);
    });
    expect(`${stdout}${stderr}`).not.toContain(token);
  });

  it("takes it from --token-file, and from SCIM_TOKEN where no flag says otherwise", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "scim-check-serve-")), "token");
    writeFileSync(file, "a-token-of-a-file\n");
    const env = { SCIM_TOKEN: "a-token-of-the-environment" };
    const ofFile = await serving(
      ["--token-file", file],
      async ({ url }) => {
        expect(await status(url, env.SCIM_TOKEN)).toBe(401);
        expect(await status(url, "a-token-of-a-file")).toBe(200);
      },
      env,
    );
    expect(ofFile.stdout).toContain(`token: the one given with ${file}\n`);
    const ofEnvironment = await serving(
      [],
      async ({ url }) => expect(await status(url, env.SCIM_TOKEN)).toBe(200),
      env,
    );
    expect(ofEnvironment.stdout).toContain("token: the one given with SCIM_TOKEN\n");
    const open = await serving(["--no-auth"], async ({ url }) => expect(await status(url)).toBe(200), env);
    for (const { stdout, stderr } of [ofFile, ofEnvironment, open])
      expect(`${stdout}${stderr}`).not.toMatch(/a-token-of/);
  });

  it("does not repeat a given token in the tokens that it derives from it", async () => {
    const token = "a-token-of-my-own";
    const { stdout } = await serving(["--target", "terraform-enterprise"], async () => {}, {
      SCIM_TOKEN: token,
    });
    expect(stdout).toContain("--input admin-token=$SCIM_TOKEN.admin\n");
    expect(stdout).not.toContain(token);
  });

  describe.each([
    ["as user:password", ["--auth", "basic"], /^scim-check:[\w-]{32}$/],
    ["as the whole header", ["--auth", "header"], /^Token [\w-]{32}$/],
    ["in a header of its own", ["--auth-header", "X-Api-Key"], /^[\w-]{32}$/],
  ])("takes the token %s", (_, flags, form) => {
    it("and lets run and cleanup in with the same flags, by both standards", async () => {
      const { stderr, code } = await serving(flags, async ({ url, token }) => {
        expect(token).toMatch(form);
        const env = { SCIM_TOKEN: token, XDG_STATE_HOME: mkdtempSync(join(tmpdir(), "scim-check-serve-")) };
        const selection = [
          "okta/users/create",
          "okta/authentication/*",
          "rfc/transport/*",
          "rfc/discovery/*",
        ];
        const scenarios = selection.flatMap((one) => ["--scenario", one]);
        const letIn = await cli(["run", "--url", url, ...flags, "--standard", "rfc", ...scenarios], { env });
        expect(letIn.stdout).toContain("0 fail");
        expect(letIn.code).toBe(0);
        const cleaned = await cli(["cleanup", "--url", url, ...flags], { env });
        expect([cleaned.stdout, cleaned.code]).toEqual(["No run left anything behind.\n", 0]);
        // A bearer token does not do here, and says how it was refused.
        const other = await cli(["run", "--url", url, ...scenarios], {
          env: { ...env, SCIM_TOKEN: "a-bearer-token" },
        });
        expect([other.stdout.includes("Stopped before anything was judged"), other.code]).toEqual([true, 3]);
        const refused = await fetch(`${url}/Users`);
        expect([refused.status, refused.headers.get("www-authenticate")]).toEqual([
          401,
          expect.stringMatching(/^(Basic|Token|ApiKey) realm="scim"/),
        ]);
      });
      expect(stderr).toContain(`let in with the token in SCIM_TOKEN, and ${flags.join(" ")}.`);
      expect(code).toBe(0);
    });
  });

  it("takes a user and a password of one's own, also beyond ASCII, and prints neither", async () => {
    const pair = "ann:pass:wörd";
    const { stdout, stderr } = await serving(
      ["--auth", "basic"],
      async ({ url }) => {
        const asked = (value: string) => fetch(`${url}/Users`, { headers: { authorization: value } });
        const encoded = (text: string) => Buffer.from(text).toString("base64");
        expect((await asked(`Basic ${encoded(pair)}`)).status).toBe(200);
        expect((await asked(`basic ${encoded(pair)}`)).status).toBe(200);
        for (const wrong of [
          `Basic ${encoded("ann:pass")}`,
          `Bearer ${pair.slice(0, 8)}`,
          "Basic",
          "Basic !!",
        ])
          expect([wrong, (await asked(wrong)).status]).toEqual([wrong, 401]);
      },
      { SCIM_TOKEN: pair },
    );
    expect(`${stdout}${stderr}`).not.toMatch(/pass:w/);
  });

  it("refuses what the environment and a file hold when it cannot be a token, without repeating it", async () => {
    const ofEnvironment = await cli(["serve"], { env: { SCIM_TOKEN: "two words" } });
    expect(ofEnvironment.stderr).toMatch(/^SCIM_TOKEN: This cannot be a bearer token\./m);
    const both = await cli(["serve", "--token", "x", "--token-file", "no-such-file"]);
    expect(both.stderr).toContain("--token-file: Both a token and a file with one are given");
    const absent = await cli(["serve", "--token-file", "no-such-file"]);
    expect(absent.stderr).toContain("The file that --token-file names cannot be read (ENOENT).");
    for (const { stdout, stderr, code } of [ofEnvironment, both, absent])
      expect([stdout, stderr.includes("two words"), code]).toEqual(["", false, 2]);
  });

  it("stops at once although a client keeps its connection", async () => {
    const { code } = await serving(["--no-auth"], async ({ url, stop }) => {
      const { hostname, port } = new URL(url);
      const socket = connect(Number(port), hostname);
      socket.write("GET /scim/v2/Users HTTP/1.1\r\nHost: x\r\n\r\n");
      await once(socket, "data");
      const closed = once(
        socket.on("error", () => {}),
        "close",
      );
      stop();
      await closed;
    });
    expect(code).toBe(0);
  });

  it("asks for a token and warns where others may reach it", async () => {
    const { stderr, code } = await serving(["--host", SPELLED_OUT], async ({ url, token }) => {
      expect(await status(url)).toBe(401);
      expect(await status(url, token)).toBe(200);
    });
    expect(stderr).toContain("Other machines can reach it, and tokens travel unencrypted");
    expect(code).toBe(0);
  });

  it("speaks HTTPS with a certificate and its key", async () => {
    const files = ["--tls-cert", `${CERTIFICATES}localhost.pem`, "--tls-key", `${CERTIFICATES}localhost.key`];
    const { stderr } = await serving(files, async ({ url, token }) => {
      expect(url).toMatch(/^https:/);
      const { stdout, code } = await cli(
        ["run", "--url", url, "--ca", `${CERTIFICATES}authority.pem`, "--scenario", "okta/credentials/*"],
        { env: { SCIM_TOKEN: token } },
      );
      expect(stdout).toContain("fit for Okta");
      expect(code).toBe(0);
    });
    expect(stderr).toBe("Ctrl-C stops it.\n");
  });

  it.each([
    [["--host", SPELLED_OUT, "--no-auth"], "--no-auth: The server would be open to everybody who reaches"],
    [["--token", ""], "--token: This cannot be a bearer token."],
    [["--auth", "basic", "--token", "no-colon"], "--token: Basic authentication needs user:password."],
    [
      ["--auth", "basic", "--auth-header", "X-Key"],
      "--auth-header: A header of its own does not go with --auth",
    ],
    [["--auth-header", "X Key"], '--auth-header: "X Key" cannot be the name of a header.'],
    [
      ["--auth", "basic", "--target", "terraform-enterprise"],
      "--auth: The products that can be played take bearer",
    ],
    [["--tls-cert", "README.md"], "README.md: The file holds no certificate in PEM form."],
    [["--tls-cert", "README.md"], "--tls-key: A certificate and its key are wanted together."],
    [["--tls-key", "no-such-file"], "no-such-file: The file that --tls-key names cannot be read (ENOENT)."],
    [
      [...["--tls-cert", `${CERTIFICATES}localhost.pem`], ...["--tls-key", `${CERTIFICATES}other-host.key`]],
      "Certificate and key cannot be used (ERR_OSSL_",
    ],
    [["--host", "203.0.113.1"], "--host: The server cannot listen on 203.0.113.1, port 0 (EADDRNOTAVAIL)."],
  ])("says why it cannot start with %s", async (args, message) => {
    const { stderr, stdout, code } = await inProcess(["serve", ...args], { cwd: ROOT });
    expect(stderr).toContain(message);
    expect([stdout, code]).toEqual(["", 2]);
  });

  it("says so when another program has the port", async () => {
    await serving(["--no-auth"], async ({ url }) => {
      const { stderr, code } = await cli(["serve", "--port", new URL(url).port]);
      expect(stderr).toContain("(EADDRINUSE). Another program uses it; take another --port.");
      expect(code).toBe(2);
    });
  });
});
