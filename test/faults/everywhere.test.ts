import { readFileSync } from "node:fs";
import { createServer as createPlainServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { afterEach, describe, expect, it, vi } from "vitest";
import { whole } from "./fault.ts";
import { FLOWS } from "./flows.ts";
import { tryConnecting } from "./matrix.ts";
import { listening } from "./proxy.ts";
import { AUTHORITY } from "./server.ts";
import { FAULTS, STRIKING } from "./table.ts";
import { TOKEN, tryRun } from "./trial.ts";

vi.setConfig({ maxConcurrency: 8 });

/** One short scenario, whose first answer is judged: what stops the run stops it before. */
const SCENARIOS = ["okta/users/create"];

describe("a server that cannot be talked to is diagnosed, with a remedy, and nothing is judged", () => {
  const connecting = FAULTS.filter(({ strike }) => strike === undefined);
  it.concurrent.each(connecting.map((fault) => [fault.name, fault.preflight, fault] as const))(
    "%s: %s",
    async (_, __, fault) => {
      expect((await tryConnecting(fault)).wrong).toEqual([]);
    },
  );
});

describe("a fault of every answer", () => {
  const light = STRIKING.map((fault) => [fault.name, fault.preflight, fault] as const);
  it.concurrent.each(light.filter(([, cause]) => cause !== "judged"))(
    "%s stops the run: %s",
    async (_, cause, fault) => {
      const { report, asked, openConnections } = await tryRun({
        scenarios: SCENARIOS,
        decide: () => fault.strike,
        stalls: cause === "timed-out",
      });
      expect([cause, fault.orPreflight]).toContain(report.stopped?.cause);
      expect(report.outcome.exitCode).toBe(3);
      expect(JSON.stringify(report.stopped)).toMatch(fault.told);
      expect(report.stopped?.remedy).toMatch(/^[A-Z].+\.$/);
      expect(asked).toHaveLength(1);
      expect(openConnections).toBe(0);
    },
  );

  it.concurrent.each(light.filter(([, cause]) => cause === "judged"))(
    "%s lets the run go on: %s",
    async (_, __, fault) => {
      const { report, left, openConnections } = await tryRun({
        scenarios: SCENARIOS,
        decide: () => fault.strike,
      });
      expect(report.stopped).toBeUndefined();
      const exits = fault.races === true ? [0, 3] : [{ fail: 1, unknown: 3, pass: 0 }[fault.verdict]];
      expect(exits).toContain(report.outcome.exitCode);
      expect(left.users).toBeLessThanOrEqual(report.leftovers.length);
      expect(openConnections).toBe(0);
    },
  );
});

describe("a server that dies in the middle of a run", () => {
  it.concurrent.each([2, 6, 15, 40])(
    "at request %i is blamed for nothing, and what could not be removed is listed",
    async (diesAt) => {
      const { report, left, openConnections } = await tryRun({
        scenarios: FLOWS.map(({ scenario }) => scenario),
        decide: () => undefined,
        diesAt,
      });
      const failed = report.behaviours.filter(({ verdict }) => verdict.kind === "fail");
      expect(failed.map(({ id, verdict }) => [id, verdict])).toEqual([]);
      expect(report.outcome.exitCode).toBe(3);
      expect(left.users + left.groups).toBeLessThanOrEqual(report.leftovers.length);
      expect(openConnections).toBe(0);
    },
  );
});

describe("a redirect is never followed, and the token goes nowhere", () => {
  const closing: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  async function listener() {
    let knocks = 0;
    const server = createPlainServer((_, reply) => reply.end("{}"));
    server.on("connection", () => {
      knocks += 1;
    });
    const port = await listening(server);
    closing.push(() => new Promise((resolve) => server.close(resolve)));
    return { origin: `http://127.0.0.1:${port}`, knocks: () => knocks };
  }

  it.each([301, 302, 303, 307, 308])("%i to another origin, at any request", async (status) => {
    const elsewhere = await listener();
    let answered = 0;
    const { report, asked } = await tryRun({
      scenarios: FLOWS.slice(0, 6).map(({ scenario }) => scenario),
      // The credential test gets through, so that every other request meets the redirect.
      decide: () => {
        answered += 1;
        if (answered === 1) return undefined;
        return ({ client, sound }) =>
          client.write(
            whole(
              { ...sound, headers: [["Location", `${elsewhere.origin}/scim/v2/Users`]] },
              { line: `HTTP/1.1 ${status} Over There`, body: "" },
            ),
          );
      },
    });
    expect(asked.length).toBeGreaterThan(10);
    expect(elsewhere.knocks()).toBe(0);
    expect(report.outcome.exitCode).toBe(1);
    expect(JSON.stringify(report)).not.toContain(TOKEN);
  });

  it("from https down to http", async () => {
    const elsewhere = await listener();
    const keys = ["pem", "key"].map((ending) =>
      readFileSync(new URL(`../unit/http/certificates/localhost.${ending}`, import.meta.url)),
    );
    const server = createSecureServer({ cert: keys[0], key: keys[1] }, (_, reply) => {
      reply.writeHead(308, { Location: `${elsewhere.origin}/scim/v2/Users` }).end();
    });
    const port = await listening(server);
    closing.push(() => new Promise((resolve) => server.close(resolve)));
    const { report } = await tryRun({
      scenarios: SCENARIOS,
      decide: () => undefined,
      baseUrl: new URL(`https://localhost:${port}/scim/v2`),
      trust: { ca: AUTHORITY },
    });
    expect(report.stopped).toMatchObject({
      cause: "redirect",
      why: expect.stringContaining(elsewhere.origin),
    });
    expect(elsewhere.knocks()).toBe(0);
  });
});
