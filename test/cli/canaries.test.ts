import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";
import { formatNames } from "../../src/index.ts";
import { tokenEndpoint } from "../unit/http/token-endpoint.ts";
import { inProcess } from "./in-process.ts";

const CANARY = "canary-S3cr3t/+&x";
const PASSPHRASE = "canary-pfx-pass";
const certificate = (file: string) =>
  fileURLToPath(new URL(`../unit/http/certificates/${file}`, import.meta.url));

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closing.splice(0)) await close();
});

/** The ways in which something a server was told may come back: some plain, some in disguise. */
const DISGUISES: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => encodeURIComponent(secret),
  (secret) => Buffer.from(secret).toString("base64"),
  (secret) => Buffer.from(`user:${secret}`).toString("base64url"),
  (secret) => Buffer.from(secret).toString("hex"),
  (secret) => [...secret].map((one) => `&#${one.charCodeAt(0)};`).join(""),
];

/** Half of the characters as JSON may write them. To be put between quotation marks as it is. */
const escapedHere = (secret: string) =>
  [...secret]
    .map((one, at) =>
      at % 2 === 0
        ? `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`
        : JSON.stringify(one).slice(1, -1),
    )
    .join("");

/** A server that lets everybody in and repeats all that it is told, in ids, addresses, errors and headers. */
function parrot(secrets: () => readonly string[]): RequestListener {
  let count = 0;
  return async (request, response) => {
    count += 1;
    const told = `${JSON.stringify(request.headers)} ${await bodyOf(request)} ${request.url}`;
    const disguise = DISGUISES[count % DISGUISES.length] ?? DISGUISES[0];
    const echoes = secrets().flatMap((secret) => (disguise === undefined ? [] : [disguise(secret)]));
    const mixed = secrets().map(escapedHere).join(" ");
    const known = request.headers.authorization ?? request.headers["x-api-key"] ?? "";
    response.setHeader("Content-Type", "application/scim+json");
    response.setHeader("X-Echo", encodeURI(`${echoes.join(" ")} ${known}`));
    response.setHeader("Location", `/Users/${encodeURIComponent(echoes.join(" "))}`);
    if (request.method === "GET" && /^\/\w+\?/.test(request.url ?? "")) {
      response.end(`{"totalResults":1,"Resources":[{"id":"${mixed}","userName":${JSON.stringify(told)}}]}`);
    } else if (request.method === "POST" && count % 2 === 0) {
      response.statusCode = 201;
      response.end(
        `{"id":${JSON.stringify(echoes.join(" "))},"userName":"${mixed}","note":${JSON.stringify(told)}}`,
      );
    } else {
      response.statusCode = 400;
      response.end(`{"detail":${JSON.stringify(`${told} ${echoes.join(" ")}`)},"scimType":"${mixed}"}`);
    }
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}

async function started(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.unshift(() => new Promise((resolve) => server.close(resolve)));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Every byte that came out of a command: both outputs, and every file in its folder. */
function everythingIn(folder: string, ...outputs: readonly string[]): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return [
    ...outputs,
    ...files.map((file) => `${file.name}\n${readFileSync(join(file.parentPath, file.name), "utf8")}`),
  ].join("\n");
}

/** Where a secret can be read in a text, however it was written down. */
function leaksOf(secrets: readonly string[], text: string): readonly string[] {
  const views = new Map<string, string>([["as it is", text]]);
  views.set(
    "escaped for JSON",
    text
      .replaceAll(/\\+u([0-9a-f]{4})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
      .replaceAll(/\\+(["/\\])/g, "$1"),
  );
  views.set(
    "escaped for a URL",
    text.replaceAll(/%(?:25)*([2-7][0-9a-f])/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
  );
  views.set(
    "escaped for HTML",
    text.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))).replaceAll("&amp;", "&"),
  );
  return secrets.flatMap((secret) => {
    const forms = [
      secret,
      Buffer.from(secret).toString("hex"),
      ...[0, 1, 2].flatMap((offset) => {
        const whole = Buffer.from(`${"x".repeat(offset)}${secret}`)
          .toString("base64")
          .replace(/=+$/, "");
        const inner = whole.slice(offset === 0 ? 0 : 4, -1);
        return [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
      }),
    ];
    return [...views].flatMap(([view, shown]) =>
      forms
        .filter((form) => shown.toLowerCase().includes(form.toLowerCase()))
        .map((form) => {
          const at = shown.toLowerCase().indexOf(form.toLowerCase());
          return `${view}: …${shown.slice(Math.max(0, at - 60), at + form.length + 20)}…`;
        }),
    );
  });
}

interface Mode {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: () => readonly string[];
  readonly tls?: boolean;
}

const pair = Buffer.from(`ann:${CANARY}`).toString("base64");

async function oauthMode(clientAuth: "basic" | "post"): Promise<Mode> {
  const tokens = await tokenEndpoint({ expiresIn: 3600 });
  closing.push(() => tokens.stop());
  return {
    args: [
      "--oauth-token-url",
      tokens.url.href,
      "--oauth-client-id",
      "ann",
      "--oauth-client-auth",
      clientAuth,
    ],
    env: { SCIM_OAUTH_CLIENT_SECRET: CANARY },
    secrets: () => [CANARY, ...tokens.issued],
  };
}

const MODES: Readonly<Record<string, () => Promise<Mode>>> = {
  "a bearer token": async () => ({ args: [], env: { SCIM_TOKEN: CANARY }, secrets: () => [CANARY] }),
  "the whole header": async () => ({
    args: ["--auth", "header"],
    env: { SCIM_TOKEN: `Token ${CANARY}` },
    secrets: () => [CANARY],
  }),
  "a header of its own": async () => ({
    args: ["--auth-header", "X-Api-Key"],
    env: { SCIM_TOKEN: CANARY },
    secrets: () => [CANARY],
  }),
  Basic: async () => ({
    args: ["--auth", "basic"],
    env: { SCIM_TOKEN: `ann:${CANARY}` },
    secrets: () => [CANARY, pair],
  }),
  "OAuth with a Basic header": () => oauthMode("basic"),
  "OAuth with a body": () => oauthMode("post"),
  "a client certificate and a token": async () => ({
    args: ["--ca", certificate("authority.pem"), "--client-pfx", certificate("client.p12")],
    env: { SCIM_TOKEN: CANARY, SCIM_CLIENT_PASSPHRASE: PASSPHRASE },
    secrets: () => [CANARY, PASSPHRASE],
    tls: true,
  }),
};

async function parrotFor(mode: Mode): Promise<string> {
  if (mode.tls !== true) return `http://${await started(createServer(parrot(mode.secrets)))}`;
  const pem = (file: string) => readFileSync(certificate(file));
  const tls = {
    cert: pem("localhost.pem"),
    key: pem("localhost.key"),
    ca: pem("authority.pem"),
    requestCert: true,
    rejectUnauthorized: true,
  };
  return `https://${await started(createSecureServer(tls, parrot(mode.secrets)))}`;
}

describe("a secret is in nothing that any command writes", () => {
  it.each(Object.keys(MODES))("when a server repeats all that it is told (%s)", async (name) => {
    const mode = await (MODES[name] ?? expect.fail)();
    const url = await parrotFor(mode);
    const cwd = mkdtempSync(join(tmpdir(), "scim-check-canary-"));
    const env = { ...mode.env, XDG_STATE_HOME: join(cwd, "state") };
    const formats = await formatNames();
    const reports = formats.flatMap((format) => ["--report", `${format}:${join(cwd, `report.${format}`)}`]);
    const selection = ["okta/credentials/*", "okta/users/deactivate-oin", "okta/authentication/*"].flatMap(
      (one) => ["--scenario", one],
    );
    const settings = ["--timeout", "5s", "--settle", "1ms", "--verbose"];
    const run = await inProcess(
      [
        "run",
        "--url",
        url,
        ...mode.args,
        ...selection,
        ...settings,
        ...reports,
        "--write-known",
        join(cwd, "known.yaml"),
      ],
      { cwd, env },
    );
    expect(run.stderr).not.toContain("scim-check has a bug");
    expect([1, 3]).toContain(run.code);
    expect(readdirSync(cwd)).toHaveLength(formats.length + 2);
    const cleaned = await inProcess(["cleanup", "--url", url, ...mode.args, "--verbose"], { cwd, env });
    const rendered = await Promise.all(
      formats.map((format) =>
        inProcess(["render", join(cwd, "report.json"), "--report", format, "--verbose"], { cwd, env }),
      ),
    );
    const outputs = [run, cleaned, ...rendered].flatMap(({ stdout, stderr }) => [stdout, stderr]);
    // It did come by: the parrot's answers are in the reports.
    expect(outputs.join()).toContain("«secret»");
    expect(leaksOf(mode.secrets(), everythingIn(cwd, ...outputs))).toEqual([]);
  });

  it("when nothing can be reached, or nobody lets us in", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "scim-check-canary-"));
    mkdirSync(join(cwd, "state"));
    const error = () => ({
      error: "invalid_client",
      error_description: `who is ${CANARY}, ${encodeURIComponent(CANARY)}`,
    });
    const tokens = await tokenEndpoint({ status: 401, error });
    closing.push(() => tokens.stop());
    const secretFile = join(tmpdir(), `scim-check-secret-${Date.now()}`);
    writeFileSync(secretFile, `${CANARY}\n`);
    const client = ["--oauth-client-id", "ann", "--oauth-client-secret-file", secretFile];
    const env = { XDG_STATE_HOME: join(cwd, "state"), SCIM_TOKEN: CANARY };
    const commands: readonly (readonly [args: readonly string[], env: Readonly<Record<string, string>>])[] = [
      [["run", "--url", `http://ann:${encodeURIComponent(CANARY)}@127.0.0.1:1/scim`], env],
      [["run", "--url", `http://127.0.0.1:1/scim?token=${CANARY}`], env],
      [["run", "--url", "http://127.0.0.1:1/scim"], env],
      [["cleanup", "--url", `http://ann:${CANARY}@127.0.0.1:1/scim`], env],
      [["run", "--url", "http://127.0.0.1:1/scim", "--auth", "basic"], env],
      [["run", "--url", "http://127.0.0.1:1/scim"], { ...env, SCIM_TOKEN: `${CANARY} ${CANARY}` }],
      [
        [
          "run",
          "--url",
          "http://127.0.0.1:1/scim",
          "--oauth-token-url",
          tokens.url.href,
          "--auth",
          "oauth",
          ...client,
        ],
        env,
      ],
      [
        [
          "run",
          "--url",
          "http://127.0.0.1:1/scim",
          "--oauth-token-url",
          `https://ann:${CANARY}@a.example/`,
          "--auth",
          "oauth",
          ...client,
        ],
        env,
      ],
      [
        ["run", "--url", "https://127.0.0.1:1/scim", "--client-pfx", certificate("client.p12")],
        { ...env, SCIM_CLIENT_PASSPHRASE: CANARY },
      ],
      [["run", "--url", "http://127.0.0.1:1/scim", "--token", CANARY], env],
    ];
    for (const [args, given] of commands) {
      const { stdout, stderr, code } = await inProcess([...args, "--verbose"], { cwd, env: given });
      expect({ args, code, stderr }).toMatchObject({ code: expect.toBeOneOf([0, 2, 3]) });
      expect(stdout + stderr).not.toContain("scim-check has a bug");
      expect(leaksOf([CANARY], everythingIn(cwd, stdout, stderr))).toEqual([]);
    }
  });

  it("when a proxy wants a credential and repeats it", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "scim-check-canary-"));
    const proxy = await started(createServer(parrot(() => [CANARY, pair])));
    vi.stubEnv("http_proxy", `http://ann:${encodeURIComponent(CANARY)}@${proxy}`);
    vi.stubEnv("no_proxy", "");
    const env = { XDG_STATE_HOME: join(cwd, "state") };
    const args = [
      "run",
      "--url",
      "http://scim.example/",
      "--no-auth",
      "--read-only",
      "--verbose",
      "--settle",
      "1ms",
    ];
    const { stdout, stderr, code } = await inProcess(
      [...args, "--report", "json:all.json", "--report", "html:all.html"],
      { cwd, env },
    );
    expect({ stderr, code }).toMatchObject({ code: expect.toBeOneOf([1, 3]) });
    expect(stdout).toContain("«secret»");
    expect(leaksOf([CANARY, pair], everythingIn(cwd, stdout, stderr))).toEqual([]);
  });
});
