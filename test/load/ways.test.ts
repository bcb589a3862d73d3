import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type RequestListener, request, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type LoadReport, load, startReferenceServer } from "../../src/index.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closing.splice(0).reverse()) await close();
});

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

/** A server, how to ask how many it has, and where runs are put on record. */
async function served() {
  const server = await startReferenceServer({});
  closing.push(() => server.close());
  const stateFolder = mkdtempSync(join(tmpdir(), "scim-check-ways-"));
  const total = async (collection: string) => {
    const headers = { authorization: `Bearer ${server.token}` };
    const answer = await fetch(`${server.url}/${collection}?count=1`, { headers });
    return ((await answer.json()) as { totalResults: number }).totalResults;
  };
  return { url: server.url, token: server.token ?? "", total, stateFolder };
}

/** Passes a request on to another address, with other headers. */
function passOn(to: string, changed: Readonly<Record<string, string>> = {}): RequestListener {
  return (asked, answer) => {
    const headers = { ...asked.headers, ...changed };
    const on = request(to, { method: asked.method ?? "GET", headers }, (came) => {
      answer.writeHead(came.statusCode ?? 502, came.headers);
      came.pipe(answer);
    });
    on.on("error", () => answer.destroy());
    asked.pipe(on);
  };
}

const short = {
  ...{ for: 600, playRate: 20, users: 3, groups: 1, members: 1, warmUp: 0 },
  threshold: ["errors.rate < 1%", "lost == 0"],
};
const verdicts = ({ thresholds }: LoadReport) => thresholds.map(({ verdict }) => verdict);

describe("a load of users who think between plays", () => {
  it("warns of no leak, however many of them wait for its end", async () => {
    const { url, token, stateFolder } = await served();
    const warned = vi.spyOn(process, "emitWarning");
    const { playRate: _rate, ...rest } = short;
    const report = await load("onboarding", { ...rest, url, token, closed: 15, think: 50 }, { stateFolder });
    const told = warned.mock.calls.map(([what]) => String(what));
    warned.mockRestore();
    expect(told).toEqual([]);
    expect(report.outcome.exitCode, report.outcome.why).toBe(0);
  });
});

describe("a server that breaks for a moment when the load is over", () => {
  // A page of each list, and a group.
  const PAGES = [/Users\?startIndex=1&count=200/, /Groups\?startIndex=1&count=200/, /Groups\/[^?]+$/];

  it("is asked once more what it kept, and left with nothing", async () => {
    const { url, token, total, stateFolder } = await served();
    let broken = 0;
    const front = createServer((asked, answer) => {
      const next = PAGES[broken];
      const isHit = asked.method === "GET" && next?.test(asked.url ?? "") === true;
      if (!isHit) return passOn(`${new URL(url).origin}${asked.url}`)(asked, answer);
      broken += 1;
      asked.resume();
      answer.writeHead(503).end();
    });
    const base = `http://127.0.0.1:${await portOf(front)}/scim/v2`;
    const report = await load("smoke", { url: base, token, ...short }, { stateFolder });
    expect(broken).toBe(PAGES.length);
    expect(report.reconciled.kind).toBe("done");
    expect(report.outcome.exitCode, report.outcome.why).toBe(0);
    expect(report.leftovers).toEqual([]);
    expect(await total("Users")).toBe(0);
    expect(readdirSync(stateFolder)).toEqual([]);
  });
});

describe("a load through a proxy of the environment", () => {
  it("goes through it whole, leaves nothing behind, and says that times are of both", async () => {
    const { url, token, total, stateFolder } = await served();
    let passed = 0;
    const proxy = createServer((asked, answer) => {
      passed += 1;
      passOn(asked.url ?? "")(asked, answer);
    });
    vi.stubEnv("HTTP_PROXY", `http://somebody:pa55w0rd-1234@127.0.0.1:${await portOf(proxy)}`);
    const report = await load("smoke", { url, token, ...short }, { stateFolder });
    expect(report.outcome).toMatchObject({ exitCode: 0 });
    expect(report.notes.join(" ")).toContain("went through the proxy that the environment names");
    expect(passed).toBeGreaterThan(report.totals.requests + 10);
    expect(await total("Users")).toBe(0);
    expect(readdirSync(stateFolder)).toEqual([]);
    expect(JSON.stringify(report)).not.toContain("pa55w0rd");
  });

  it("that is not there blames no server, says what to check, and puts nothing on record", async () => {
    const { url, token, stateFolder } = await served();
    const gone = createServer();
    vi.stubEnv("HTTP_PROXY", `http://127.0.0.1:${await portOf(gone)}`);
    await closing.pop()?.();
    const report = await load("smoke", { url, token, ...short }, { stateFolder });
    expect(report.outcome.exitCode).toBe(3);
    expect(report.stopped).toMatchObject({
      cause: "unreachable",
      why: expect.stringContaining("on the way to"),
      remedy: expect.stringContaining("Check the port"),
    });
    expect(verdicts(report)).toEqual(["unknown", "unknown"]);
    expect(readdirSync(stateFolder)).toEqual([]);
  });
});

describe("a load of a server whose certificate is not trusted", () => {
  it("is told how to trust it", async () => {
    const pem = (file: string) => readFileSync(new URL(`../unit/http/certificates/${file}`, import.meta.url));
    const server = createSecureServer({ key: pem("localhost.key"), cert: pem("localhost.pem") });
    const url = `https://localhost:${await portOf(server)}/scim/v2`;
    const report = await load("smoke", { url, token: "abcdefgh-12345678", ...short });
    expect(report.outcome.exitCode).toBe(3);
    expect(report.stopped).toMatchObject({
      why: expect.stringContaining("not trusted"),
      remedy: expect.stringContaining("--ca FILE"),
    });
  });
});

describe("a load with access tokens that are asked for", () => {
  /** Gives tokens that hold for so many requests, as often as it likes to, in front of a reference server. */
  async function withTokens({ requests, tokens }: { readonly requests: number; readonly tokens: number }) {
    const behind = await served();
    const origin = new URL(behind.url).origin;
    const left = new Map<string, number>();
    let given = 0;
    const front = createServer((asked, answer) => {
      const isToken = asked.url === "/token";
      const own = (asked.headers.authorization ?? "").replace("Bearer ", "");
      const more = left.get(own) ?? 0;
      if (!isToken && more > 0) {
        left.set(own, more - 1);
        passOn(`${origin}${asked.url}`, { authorization: `Bearer ${behind.token}` })(asked, answer);
        return;
      }
      asked.resume();
      answer.setHeader("content-type", "application/json");
      if (!isToken || given === tokens) {
        answer.writeHead(401).end(JSON.stringify({ error: "invalid_client" }));
        return;
      }
      given += 1;
      left.set(`access-${given}-of-this-load`, requests);
      answer.end(JSON.stringify({ access_token: `access-${given}-of-this-load`, token_type: "Bearer" }));
    });
    const port = await portOf(front);
    const oauth = {
      ...{ auth: "oauth" as const, oauthClientId: "client", oauthClientSecret: "its-secret-1234" },
      oauthTokenUrl: `http://127.0.0.1:${port}/token`,
    };
    return { ...behind, options: { url: `http://127.0.0.1:${port}/scim/v2`, ...oauth }, given: () => given };
  }

  it("that expire under way renews them, and no request is counted twice or as an error", async () => {
    const { options, total, given, stateFolder } = await withTokens({ requests: 12, tokens: 100 });
    const report = await load("smoke", { ...options, ...short }, { stateFolder });
    expect(report.outcome).toMatchObject({ exitCode: 0 });
    expect(report.totals).toMatchObject({ errors: 0, failed: 0, finished: 12 });
    expect(given()).toBeGreaterThan(3);
    expect(await total("Users")).toBe(0);
    expect(JSON.stringify(report)).not.toMatch(/access-\d+-of|its-secret/);
  });

  it("that are refused from the start reaches nobody, and says what to check", async () => {
    const { options, stateFolder } = await withTokens({ requests: 0, tokens: 0 });
    const report = await load("smoke", { ...options, ...short }, { stateFolder });
    expect(report.outcome.exitCode).toBe(3);
    expect(report.stopped?.remedy).toContain("--oauth-token-url");
    expect(readdirSync(stateFolder)).toEqual([]);
  });

  it("that are refused under way blames no server, and says what may be left and how to remove it", async () => {
    const { options, total, stateFolder } = await withTokens({ requests: 20, tokens: 1 });
    const report = await load("smoke", { ...options, ...short }, { stateFolder });
    expect(report.totals.errorsByKind["no-token"]).toBeGreaterThan(5);
    expect(verdicts(report)).toEqual(["unknown", "unknown"]);
    expect(report.outcome.exitCode).toBe(3);
    expect(await total("Users")).toBeGreaterThan(0);
    expect(report.notes.join(" ")).toMatch(
      /may still be on the server, because .*no-token.*scim-check cleanup/,
    );
    expect(readdirSync(stateFolder)).toHaveLength(1);
  });
});
