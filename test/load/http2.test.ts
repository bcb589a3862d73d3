import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from "node:http2";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { BadInput, load, previewLoad, startReferenceServer } from "../../src/index.ts";

const certificates = new URL("../unit/http/certificates/", import.meta.url);
const pem = (file: string) => readFileSync(new URL(file, certificates), "utf8");
const tls = { key: pem("localhost.key"), cert: pem("localhost.pem") };
const ca = fileURLToPath(new URL("authority.pem", certificates));

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The reference server behind another that speaks TLS, and HTTP/2 where it is asked to. */
async function behindTls(speaks: "http2" | "http2 alone" | "http1") {
  const reference = await startReferenceServer({});
  closing.push(() => reference.close());
  const { hostname, port } = new URL(reference.url);
  const versions = new Map<string, number>();
  const pass = (asked: Passed, told: PassedAnswer) => {
    // Both kinds of answer are written alike.
    const answer = told as ServerResponse;
    versions.set(asked.httpVersion, (versions.get(asked.httpVersion) ?? 0) + 1);
    const headers = Object.fromEntries(
      Object.entries(asked.headers).filter(([name]) => !name.startsWith(":")),
    );
    const on = request({ hostname, port, path: asked.url, method: asked.method, headers }, (given) => {
      const {
        connection: _connection,
        "keep-alive": _alive,
        "transfer-encoding": _coding,
        ...rest
      } = given.headers;
      answer.writeHead(given.statusCode ?? 500, rest);
      given.pipe(answer);
    });
    asked.pipe(on);
  };
  const server =
    speaks === "http1"
      ? createServer(tls, pass)
      : createSecureServer({ ...tls, allowHTTP1: speaks === "http2" }, pass);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => server.close());
  const url = `https://localhost:${(server.address() as AddressInfo).port}/scim/v2`;
  const total = async (collection: string) => {
    const headers = { authorization: `Bearer ${reference.token}` };
    const answer = await fetch(`${reference.url}/${collection}?count=1`, { headers });
    return ((await answer.json()) as { totalResults: number }).totalResults;
  };
  return { options: { url, token: reference.token ?? "", ca, http2: true }, versions, total };
}

type Passed = IncomingMessage | Http2ServerRequest;
type PassedAnswer = ServerResponse | Http2ServerResponse;

const short = {
  for: 500,
  playRate: 20,
  users: 3,
  groups: 1,
  members: 1,
  warmUp: 0,
  threshold: ["lost == 0"],
};

describe("a load over HTTP/2", () => {
  it("is played over it, loses nothing, and is said to be no measurement", async () => {
    const { options, versions } = await behindTls("http2");
    const report = await load("smoke", { ...options, ...short });
    expect(report.outcome.exitCode).toBe(0);
    expect(report.run.transport).toBe("http2");
    expect(report.notes.join(" ")).toContain("a check that the server speaks it, not a measurement");
    expect(report.totals.requests).toBeGreaterThan(20);
    expect(versions.get("2.0")).toBeGreaterThanOrEqual(report.totals.requests);
  });

  it("is read back and cleaned up over it too: a server that speaks nothing else keeps nothing", async () => {
    const { options, versions, total } = await behindTls("http2 alone");
    const report = await load("smoke", { ...options, ...short });
    expect(report.outcome).toMatchObject({ exitCode: 0 });
    expect(report.reconciled.kind).toBe("done");
    expect(report.target.usersBefore).toBe(0);
    expect([...versions.keys()]).toEqual(["2.0"]);
    expect(await total("Users")).toBe(0);
    expect(await total("Groups")).toBe(0);
  });

  it("could not tell anything where the server does not offer it", async () => {
    const { options, versions } = await behindTls("http1");
    const report = await load("smoke", { ...options, ...short });
    expect(report.outcome.exitCode).toBe(3);
    expect(report.stopped?.why).toContain("does not offer HTTP/2");
    expect(report.stopped?.remedy).toContain("Leave --http2 out");
    expect(versions.get("2.0")).toBeUndefined();
  });

  it.each([
    ["the embedded server", { embedded: true }, "speaks HTTP/1.1 alone"],
    ["a server without TLS", { url: "http://127.0.0.1:9/scim", token: "abcdefgh1234" }, "this is http"],
  ])("is refused for %s before anything is sent", async (_which, target, why) => {
    const refused = await previewLoad("smoke", { ...target, http2: true }).catch(
      (problem: unknown) => problem,
    );
    expect(refused).toBeInstanceOf(BadInput);
    expect(JSON.stringify((refused as BadInput).problems)).toContain(why);
  });
});
