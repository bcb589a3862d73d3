import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { startReferenceServer } from "../../src/index.ts";
import { cli } from "./cli.ts";
import { inProcess } from "./in-process.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function listening(server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/scim/v2`;
}

const answering = (listener: RequestListener) => listening(createHttpServer(listener));

async function scimServer(settings: Parameters<typeof startReferenceServer>[0] = {}) {
  const server = await startReferenceServer(settings);
  closing.push(() => server.close());
  return { url: server.url, env: { SCIM_TOKEN: server.token ?? "" }, server };
}

describe("scim-check run, as a person sees it", () => {
  it("judges the embedded reference server: everything kept, nothing left, exit 0", async () => {
    const { stdout, stderr, code } = await cli(["run", "--embedded", "--large-group", "300"]);
    expect(stdout).toMatch(/^scim-check \d+\.\d+\.\d+ → the embedded reference server\n/);
    expect(stdout).toContain("✓ Custom app (AIW): fit for Okta");
    expect(stdout).toContain("✓ Catalogue app (OIN): fit for Okta");
    expect(stdout).toMatch(/ 0 fail, /);
    expect(stderr).toMatch(/makes up to \d+ users and \d+ groups/);
    expect(code).toBe(0);
  });

  it("is the default at a desk, and refused in CI where nothing is named", async () => {
    const desk = await cli(["run", "--scenario", "okta/credentials/*"], { cwd: tmpdir() });
    expect(desk.stdout).toContain("→ the embedded reference server");
    const ci = await cli(["run"], { cwd: tmpdir(), env: { CI: "true" } });
    expect(ci.stderr).toContain("--url: No server is named.");
    expect(ci.code).toBe(2);
  });

  it("takes --embedded for the whole word, whatever scim-check.yaml and SCIM_URL name", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "scim-check-embedded-"));
    writeFileSync(join(cwd, "scim-check.yaml"), "url: http://127.0.0.1:1/scim/v2\n");
    const args = ["run", "--scenario", "okta/credentials/*"];
    const env = { SCIM_URL: "http://127.0.0.1:2/scim/v2", XDG_STATE_HOME: cwd };
    const embedded = await inProcess([...args, "--embedded"], { cwd, env });
    expect([embedded.code, embedded.stderr]).toEqual([0, expect.stringContaining("the embedded")]);
    writeFileSync(join(cwd, "scim-check.yaml"), "embedded: true\n");
    const named = await inProcess([...args, "--no-auth"], { cwd, env });
    expect([named.code, named.stdout]).toEqual([3, expect.stringContaining("127.0.0.1:2")]);
  });

  it("writes several reports at once, and renders a saved one again", async () => {
    const folder = mkdtempSync(join(tmpdir(), "scim-check-reports-"));
    const [json, junit] = [join(folder, "run.json"), join(folder, "run.xml")];
    const run = await cli([
      ...[
        "run",
        "--embedded",
        "--scenario",
        "okta/users/*",
        "--report",
        `json:${json}`,
        "--report",
        `junit:${junit}`,
      ],
    ]);
    expect(run.code).toBe(0);
    expect(JSON.parse(readFileSync(json, "utf8"))).toMatchObject({ format: "scim-check/run@1" });
    const again = await cli(["render", json, "--report", "junit"]);
    expect(again.stdout).toBe(readFileSync(junit, "utf8"));
    expect((await cli(["render", json])).stdout).toBe(run.stdout);
  });

  it("leaves a remote directory as it found it", async () => {
    const { url, env } = await scimServer({ users: 3 });
    const before = await (
      await fetch(`${url}/Users`, { headers: { authorization: `Bearer ${env.SCIM_TOKEN}` } })
    ).text();
    const { code } = await cli(["run", "--url", url, "--large-group", "300"], { env });
    const after = await (
      await fetch(`${url}/Users`, { headers: { authorization: `Bearer ${env.SCIM_TOKEN}` } })
    ).text();
    expect(code).toBe(0);
    expect(after).toBe(before);
  });

  it("stops at Ctrl-C, removes what was made, reports what was seen, exit 130", async () => {
    const { url, env, server } = await scimServer();
    const stateHome = mkdtempSync(join(tmpdir(), "scim-check-state-"));
    const interrupted = await cli(["run", "--url", url, "--large-group", "20000", "--rate", "200"], {
      env: { ...env, XDG_STATE_HOME: stateHome },
      watch: (stderr, kill) => {
        if (stderr.includes("Testing") && !stderr.includes("Interrupted")) kill("SIGINT");
      },
    });
    expect(interrupted.stderr).toContain("Interrupted: removing what was made.");
    expect(interrupted.code).toBe(130);
    const left = await fetch(`${server.url}/Users?count=0`, {
      headers: { authorization: `Bearer ${server.token}` },
    });
    expect(await left.json()).toMatchObject({ totalResults: 0 });
    expect(readdirSync(join(stateHome, "scim-check"))).toEqual([]);
  });

  it("never prints the token, however much it is asked to say", async () => {
    const { url, env } = await scimServer();
    const { stdout, stderr } = await cli(["run", "--url", url, "--verbose", "--scenario", "okta/users/*"], {
      env,
    });
    expect(stdout + stderr).toContain("«secret»");
    expect(stdout + stderr).not.toContain(env.SCIM_TOKEN);
  });

  it("uses a token with a Bearer prefix without doubling it, and says so", async () => {
    const { url, env } = await scimServer();
    const { stdout, code } = await cli(
      ["run", "--url", url, "--scenario", "okta/credentials/connection-test"],
      {
        env: { SCIM_TOKEN: `Bearer ${env.SCIM_TOKEN}` },
      },
    );
    expect(stdout).toMatch(/Bearer prefix/);
    expect(code).toBe(0);
  });
});

describe("what cannot be judged is exit 3, with cause and remedy as an administrator needs them", () => {
  const stopped = async (
    url: string,
    env: Readonly<Record<string, string>> = { SCIM_TOKEN: "abc-123-token" },
  ) => {
    const { stdout, code } = await cli(
      ["run", "--url", url, "--timeout", "2s", "--allow-writes", "nosuch.invalid"],
      { env },
    );
    expect(stdout).not.toContain("fit for Okta\n✓");
    expect(stdout).not.toMatch(/\n\s+at /);
    expect(code).toBe(3);
    return stdout.replaceAll(/\s+/g, " ");
  };

  it("a dead port", async () => {
    expect(await stopped("http://127.0.0.1:1/scim")).toMatch(/refused.*to mend Check the port/);
  });

  it("a name that does not resolve", async () => {
    expect(await stopped("https://nosuch.invalid/scim")).toMatch(
      /cannot be resolved.*to mend Check the host name/,
    );
  });

  it("a port that does not speak TLS", async () => {
    const url = await answering((_, response) => response.end("{}"));
    expect(await stopped(url.replace("http:", "https:"))).toMatch(
      /looks like a port that speaks plain HTTP .*to mend If it is meant to speak plain HTTP, give the address with http:/,
    );
  });

  it("a 401 on the first call", async () => {
    const { url } = await scimServer();
    expect(await stopped(url)).toMatch(/answered 401.*to mend Check that SCIM_TOKEN/);
  });

  it("a login page in HTML instead of JSON", async () => {
    const url = await answering((_, response) => {
      response.setHeader("Content-Type", "text/html");
      response.end("<!doctype html><title>Sign in</title>");
    });
    expect(await stopped(url)).toMatch(/web page instead of JSON.*to mend A sign-in page/);
  });

  it("a gateway error", async () => {
    const url = await answering((_, response) => {
      response.statusCode = 502;
      response.end("Bad Gateway");
    });
    expect(await stopped(url)).toMatch(/answered 502.*to mend Check HTTP_PROXY/);
  });

  it("a port that is no web server", async () => {
    const url = await listening(
      createTcpServer((socket) => void socket.resume().end("220 mail.example ESMTP\r\n")),
    );
    expect(await stopped(url)).toMatch(/malformed|reset/);
  });
});
