import { Agent, request as httpRequest } from "node:http";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/model/clock.ts";
import { URN } from "../../../src/model/scim.ts";
import { createReferenceServer, type Listening, listen } from "../../../src/reference-server/index.ts";
import { steeredClock } from "./client.ts";

async function listening<Result>(
  use: (at: Listening) => Promise<Result>,
  options: { readonly maxBodyBytes?: number } = {},
): Promise<Result> {
  const server = createReferenceServer({
    clock: steeredClock(),
    random: seededRandom(1),
    token: "t",
    ...options,
  });
  const at = await listen(server, { host: "127.0.0.1", port: 0 });
  try {
    return await use(at);
  } finally {
    await at.close();
  }
}

const headers = { authorization: "Bearer t", "content-type": "application/scim+json" };
const user = (userName: string) => JSON.stringify({ schemas: [URN.user], userName });

/** Sends raw text and resolves with everything that came until the server closed the connection. */
function raw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let received = "";
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.setEncoding("utf8");
    socket.on("data", (chunk) => {
      received += chunk;
    });
    socket.on("close", () => resolve(received));
    socket.on("error", reject);
  });
}

describe("listen", () => {
  it("serves what the app answers, with true lengths and addresses", async () => {
    await listening(async ({ url }) => {
      const created = await fetch(`${url}/Users`, { method: "POST", headers, body: user("zoë@example.com") });
      expect(created.status).toBe(201);
      expect(created.headers.get("content-type")).toBe("application/scim+json;charset=utf-8");
      const { id, userName, meta } = (await created.json()) as Record<string, { location: string }>;
      expect(userName).toBe("zoë@example.com");
      expect(meta?.location).toBe(`${url}/Users/${id}`);
      const deleted = await fetch(`${url}/Users/${id}`, { method: "DELETE", headers });
      expect([deleted.status, await deleted.text()]).toEqual([204, ""]);
    });
  });

  it("keeps a connection for the next request", async () => {
    await listening(async ({ url }) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const ports = new Set<number | undefined>();
      for (let number = 0; number < 3; number += 1) {
        await new Promise<void>((resolve, reject) => {
          const sent = httpRequest(`${url}/Users`, { agent, headers }, (answer) => {
            ports.add(answer.socket.localPort);
            answer.resume().on("end", resolve);
          });
          sent.on("error", reject).end();
        });
      }
      agent.destroy();
      expect(ports.size).toBe(1);
    });
  });

  it("answers a body over the limit with 413 and a SCIM error", async () => {
    await listening(
      async ({ url }) => {
        const refused = await fetch(`${url}/Users`, {
          method: "POST",
          headers,
          body: user("x".repeat(5000)),
        });
        expect(refused.status).toBe(413);
        expect(await refused.json()).toMatchObject({ schemas: [URN.error], status: "413" });
      },
      { maxBodyBytes: 1000 },
    );
  });

  it("answers what is no HTTP with 400 and a SCIM error", async () => {
    await listening(async ({ url }) => {
      const received = await raw(url, "this is not http\r\n\r\n");
      expect(received).toMatch(/^HTTP\/1\.1 400 /);
      expect(JSON.parse(received.slice(received.indexOf("{")))).toMatchObject({
        schemas: [URN.error],
        status: "400",
      });
    });
  });

  it("closes at once, although clients keep their connections", async () => {
    const server = createReferenceServer({ clock: steeredClock(), random: seededRandom(1) });
    const at = await listen(server);
    const waiting = raw(at.url, "GET /scim/v2/Users HTTP/1.1\r\nHost: x\r\n\r\n").catch(() => "reset");
    await (await fetch(`${at.url}/Users`)).text();
    await at.close();
    await waiting;
    await expect(fetch(`${at.url}/Users`)).rejects.toThrow();
  });

  it("says so when the port is taken", async () => {
    await listening(async ({ url }) => {
      const other = createReferenceServer({ clock: steeredClock(), random: seededRandom(1) });
      await expect(listen(other, { port: Number(new URL(url).port) })).rejects.toMatchObject({
        code: "EADDRINUSE",
      });
    });
  });
});
