import { beforeAll, describe, expect, it } from "vitest";
import { settingsOf } from "../../../src/wiring/defaults.ts";
import { type Library, loadLibrary } from "../../../src/wiring/library.ts";
import { answered, silent, type Trial, trial, type Wire } from "./bench.ts";

let library: Library;
beforeAll(async () => {
  library = await loadLibrary();
});

/** Every built-in scenario, as a run against the embedded server would play it. */
const everything = (wire: Wire | undefined, more: Partial<Trial> = {}) =>
  trial({
    scenarios: library.scenarios,
    catalogue: library.catalogue,
    settings: settingsOf({ largeGroup: 120, burst: 10 }, { kind: "embedded", isLoopback: true }, 1),
    input: { ...library, target: { url: "embedded", kind: "embedded" } },
    ...(wire === undefined ? {} : { wire }),
    ...more,
  });

const deep = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
const isTest = (path: string) => path.startsWith("/Users?startIndex=1&count=2");

describe("every built-in scenario", () => {
  it("passes against the sound reference server, which is left as it was", async () => {
    const { report, server } = await everything(undefined);
    const notPassed = report.behaviours.filter(
      ({ verdict }) => verdict.kind === "fail" || (verdict.kind === "unknown" && verdict.neutral !== true),
    );
    expect(notPassed.map(({ id, verdict }) => [id, verdict])).toEqual([]);
    expect(report.outcome.exitCode).toBe(0);
    expect(report.leftovers).toEqual([]);
    expect(server.counts()).toEqual({ users: 0, groups: 0 });
  });

  it.each<[string, (path: string, method: string) => ReturnType<typeof answered> | undefined]>([
    [
      "JSON 100,000 deep",
      (path) =>
        answered(
          { method: "GET", path, headers: [] },
          200,
          `{"id":"x","Resources":${deep(100_000)},"totalResults":1}`,
        ),
    ],
    [
      "JSON 900 deep",
      (path) =>
        answered(
          { method: "GET", path, headers: [] },
          200,
          `{"id":"x","userName":${deep(900)},"members":${deep(900)}}`,
        ),
    ],
    [
      "`__proto__` as a key",
      (path) =>
        answered(
          { method: "GET", path, headers: [] },
          201,
          '{"__proto__":{"id":1},"id":"__proto__","totalResults":"__proto__"}',
        ),
    ],
    ["null", (path) => answered({ method: "GET", path, headers: [] }, 200, "null")],
    [
      "a list of nothing usable",
      (path) =>
        answered(
          { method: "GET", path, headers: [] },
          200,
          '{"totalResults":3,"Resources":[null,1,"x",[],{"id":null},{"id":{}}]}',
        ),
    ],
    [
      "an id that walks up the tree",
      (path) =>
        answered(
          { method: "GET", path, headers: [] },
          201,
          '{"id":"../../%/\\uD800?x#y","totalResults":-1,"Resources":[]}',
        ),
    ],
    [
      "totalResults without end",
      (path) =>
        answered(
          { method: "GET", path, headers: [] },
          200,
          '{"totalResults":1e308,"Resources":[{"id":"1"}]}',
        ),
    ],
    ["a status of 599 and no body", (path) => answered({ method: "GET", path, headers: [] }, 599, "")],
    ["a status of 100", (path) => answered({ method: "GET", path, headers: [] }, 100, "")],
    [
      "a redirect in a circle",
      (path) => answered({ method: "GET", path, headers: [] }, 302, "", [["Location", "/Users"]]),
    ],
    [
      "no answer, but to the credential test",
      (path) => (isTest(path) ? undefined : silent({ method: "GET", path, headers: [] }, "timed-out")),
    ],
    [
      "429, but to the credential test",
      (path) => (isTest(path) ? undefined : answered({ method: "GET", path, headers: [] }, 429)),
    ],
  ])(
    "comes to an end without a bug of ours against a server that answers everything with %s",
    async (_, reply) => {
      const { report, clock } = await everything((request, send) => {
        const given = reply(request.path, request.method);
        return given === undefined ? send() : { ...given, request };
      });
      expect([1, 3]).toContain(report.outcome.exitCode);
      expect(() => JSON.stringify(report)).not.toThrow();
      expect(clock.now() - Date.UTC(2026, 0, 1)).toBeLessThan(60 * 60_000);
    },
  );

  it("blames nobody when no answer but that to the credential test's first try comes", async () => {
    let asked = 0;
    const { report } = await everything((request, send) => {
      asked += 1;
      return asked === 1 ? send() : silent(request, "reset");
    });
    expect(report.outcome.behaviours.fail).toBe(0);
    expect(report.outcome.exitCode).toBe(3);
  });

  it("blames nobody for 429s without end", async () => {
    const { report } = await everything((request, send) =>
      isTest(request.path) || request.showThrottling === true ? send() : answered(request, 429),
    );
    const failed = report.behaviours.filter(({ verdict }) => verdict.kind === "fail");
    expect(failed.map(({ id, verdict }) => [id, verdict])).toEqual([]);
  });

  it("blames nobody for the ceiling of requests, wherever it falls, and leaves nothing behind", async () => {
    for (const maxRequests of [2, 40, 150, 400]) {
      const settings = settingsOf(
        { largeGroup: 120, burst: 10, maxRequests },
        { kind: "embedded", isLoopback: true },
        1,
      );
      const { report, server } = await everything(undefined, { settings });
      const failed = report.behaviours.filter(({ verdict }) => verdict.kind === "fail");
      expect(failed.map(({ id, verdict }) => [maxRequests, id, verdict])).toEqual([]);
      expect(server.counts()).toEqual({ users: 0, groups: 0 });
    }
  });

  it("blames nobody for an interruption, wherever it falls, and leaves nothing behind", async () => {
    for (const after of [3, 60, 200, 500]) {
      const stop = new AbortController();
      let asked = 0;
      const { report, server } = await everything(
        async (request, send) => {
          asked += 1;
          const isLast = asked === after;
          const exchange = await send();
          if (isLast) stop.abort();
          return isLast ? silent(request, "aborted") : exchange;
        },
        { input: { ...library, target: { url: "embedded", kind: "embedded" }, signal: stop.signal } },
      );
      const failed = report.behaviours.filter(({ verdict }) => verdict.kind === "fail");
      expect(failed.map(({ id, verdict }) => [after, id, verdict])).toEqual([]);
      expect(report.outcome.exitCode).toBe(130);
      expect(server.counts()).toEqual({ users: 0, groups: 0 });
    }
  });

  it("leaves nothing behind on a server that hides every second answer to a create", async () => {
    let creates = 0;
    const { server, report } = await everything(async (request, send) => {
      const exchange = await send();
      if (request.method !== "POST") return exchange;
      creates += 1;
      return creates % 2 === 0 ? answered(request, 500, "") : exchange;
    });
    expect(report.leftovers).toEqual([]);
    expect(server.counts()).toEqual({ users: 0, groups: 0 });
  });
});
