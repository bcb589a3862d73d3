import { describe, expect, it } from "vitest";
import type { Request } from "../../../src/model/exchange.ts";
import { answered, behaviour, silent, trial, verdictOf, type Wire, whyOf } from "./bench.ts";

const TWO = [behaviour("B-01"), behaviour("B-02")];
const READ = "steps: [{ id: read, send: GET /Users/x, expect: { B-01.must: { status: 404 } } }]";
const WRITE_AND_READ = `steps:
  - id: create
    send: POST /Users
    body: { $from: okta/user.json }
    remember: { user: id }
  - id: rename
    send: PATCH /Users/\${user}
    body: { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: [{ op: replace, value: { title: Boss } }] }
  - id: read
    send: GET /Users/\${user}
    expect: { B-01.must: { status: 200, body: { title: Boss } } }
`;

const isTest = ({ path }: Request) => path.startsWith("/Users?startIndex=1&count=2");

/** The first `times` requests to the read step come to nothing. */
const silentFor =
  (times: number): Wire =>
  (request, send) => {
    if (request.path !== "/Users/x") return send();
    times -= 1;
    return times >= 0 ? silent(request) : send();
  };

describe("silence on a step", () => {
  it("twice, while the credential test is answered in between, is a fail", async () => {
    const { report, sent } = await trial({ scenarios: { one: READ }, wire: silentFor(2) });
    expect(verdictOf(report, "B-01")).toMatchObject({ kind: "fail" });
    const [first, probe, second] = sent.slice(1);
    expect([first, second].map((request) => request?.path)).toEqual(["/Users/x", "/Users/x"]);
    expect(probe !== undefined && isTest(probe)).toBe(true);
    expect(second?.freshConnection).toBe(true);
    expect(report.scenarios[0]?.steps[0]?.exchanges).toHaveLength(2);
  });

  it("once, and then an answer, is never blamed: what is right passes", async () => {
    const { report } = await trial({ scenarios: { one: READ }, wire: silentFor(1) });
    expect(verdictOf(report, "B-01").kind).toBe("pass");
  });

  it("once, and then an answer, is never blamed: what is wrong is unknown", async () => {
    const { report } = await trial({ scenarios: { one: READ.replace("404", "299") }, wire: silentFor(1) });
    expect(verdictOf(report, "B-01").kind).toBe("unknown");
    expect(report.outcome.exitCode).toBe(3);
  });

  it("with a credential test that is not answered either is unknown", async () => {
    let isDead = false;
    const { report } = await trial({
      scenarios: { one: READ },
      wire: (request, send) => {
        isDead ||= request.path === "/Users/x";
        return isDead ? silent(request) : send();
      },
    });
    expect(verdictOf(report, "B-01").kind).toBe("unknown");
    expect(whyOf(verdictOf(report, "B-01"))).toContain("credential test");
  });

  it("on a create that was repeated casts no blame on what is read afterwards", async () => {
    let tries = 0;
    const yaml = `steps:
  - id: create
    send: POST /Users
    body: { $from: okta/user.json }
  - id: look-up
    send: GET /Users
    query: { filter: 'userName eq "\${unique.userName}"' }
    expect: { B-01.must: { body: { totalResults: 0 } } }
`;
    const { report, server } = await trial({
      scenarios: { one: yaml },
      wire: async (request, send) => {
        const exchange = await send();
        if (request.method !== "POST") return exchange;
        tries += 1;
        return tries === 1 ? silent(request, "timed-out") : exchange;
      },
    });
    expect(tries).toBe(2);
    expect(verdictOf(report, "B-01").kind).toBe("unknown");
    expect(server.counts().users).toBe(0);
  });

  it("is not waited out as if a write were late", async () => {
    const { report, sent, clock } = await trial({
      scenarios: { one: WRITE_AND_READ },
      wire: (request, send) =>
        /^\/Users\/./.test(request.path) && request.method === "GET" ? silent(request, "timed-out") : send(),
    });
    expect(verdictOf(report, "B-01").kind).toBe("fail");
    expect(
      sent.filter(({ method, path }) => method === "GET" && /^\/Users\/./.test(path)).length,
    ).toBeLessThanOrEqual(4);
    expect(clock.now() - Date.UTC(2026, 0, 1)).toBeLessThanOrEqual(2_000);
  });
});

describe("a write is judged by the next read", () => {
  /** Shows a write only so many virtual milliseconds after it, and keeps showing the state before until then. */
  const late = (ms: number) => {
    const clock = { now: () => 0 };
    let stale: string | undefined;
    let writtenAt = Number.POSITIVE_INFINITY;
    const wire: Wire = async (request, send) => {
      if (request.method === "PATCH") {
        const before = await send();
        writtenAt = clock.now();
        return before;
      }
      const exchange = await send();
      if (request.method !== "GET" || !/^\/Users\/./.test(request.path)) {
        if (request.method === "POST" && exchange.outcome.kind === "answer") stale = exchange.outcome.body;
        return exchange;
      }
      return clock.now() - writtenAt < ms && stale !== undefined ? answered(request, 200, stale) : exchange;
    };
    return { wire, clock };
  };

  const lateTrial = async (ms: number, settleMs = 2_000) => {
    const { wire, clock } = late(ms);
    let virtual = Date.UTC(2026, 0, 1);
    clock.now = () => virtual;
    return trial({
      scenarios: { one: WRITE_AND_READ },
      settings: { settleMs },
      wire,
      input: {
        clock: {
          now: () => virtual,
          sleep: async (pause) => {
            virtual += pause;
          },
        },
      },
    });
  };

  it("with a bounded wait that is measured and reported", async () => {
    const { report } = await lateTrial(700);
    expect(verdictOf(report, "B-01").kind).toBe("pass");
    const [, , read] = report.scenarios[0]?.steps ?? [];
    expect(read?.settledAfterMs).toBeGreaterThanOrEqual(700);
    expect(read?.settledAfterMs).toBeLessThan(1_300);
    expect(report.run.settledAfterMs).toBe(read?.settledAfterMs);
  });

  it.each([1, 1_999, 2_000])("and a server that shows it after %i of 2,000 ms passes", async (ms) => {
    const { report } = await lateTrial(ms);
    expect(verdictOf(report, "B-01").kind).toBe("pass");
  });

  it.each([2_001, 60_000])("and a server that shows it after %i of 2,000 ms fails", async (ms) => {
    const { report } = await lateTrial(ms);
    expect(verdictOf(report, "B-01").kind).toBe("fail");
    expect(report.run.settledAfterMs).toBe(0);
  });

  it.each([
    ["has no claim to judge, and is wanted by a later step", "remember: { title: title }"],
    [
      "can only be judged once there is something to see",
      "expect: { B-02.must: { check: shows-sent, with: { paths: [userName], by: create } } }",
    ],
    ["is there for its answer alone", "note: Okta sends back what it read."],
  ])("also where the read that comes too early %s", async (_which, early) => {
    let virtual = 0;
    let createdAt = Number.POSITIVE_INFINITY;
    const { report } = await trial({
      catalogue: TWO,
      scenarios: {
        one: `steps:
  - id: create
    send: POST /Users
    body: { $from: okta/user.json, title: Boss }
    remember: { user: id }
  - id: early
    send: GET /Users/\${user}
    ${early}
  - id: write
    send: PUT /Users/\${user}
    body: { $answer: early }
    expect: { B-01.must: { status: 200 } }
`,
      },
      wire: async (request, send) => {
        const exchange = await send();
        if (request.method === "POST") createdAt = virtual;
        const isEarly = request.method === "GET" && request.path.startsWith("/Users/");
        return isEarly && virtual - createdAt < 700 ? answered(request, 404, {}) : exchange;
      },
      input: {
        clock: {
          now: () => virtual,
          sleep: async (ms) => {
            virtual += ms;
          },
        },
      },
    });
    expect(verdictOf(report, "B-01").kind).toBe("pass");
    expect(report.scenarios[0]?.steps[1]?.settledAfterMs).toBeGreaterThanOrEqual(700);
  });

  it("and with --settle 0 the first read counts", async () => {
    expect(verdictOf((await lateTrial(1, 0)).report, "B-01").kind).toBe("fail");
    expect(verdictOf((await lateTrial(0, 0)).report, "B-01").kind).toBe("pass");
  });

  it("and time that the reads themselves take counts as waiting", async () => {
    let virtual = 0;
    let reads = 0;
    const { report } = await trial({
      scenarios: {
        one: WRITE_AND_READ.replace("title: Boss } } }\n`", "").replace(
          "body: { title: Boss }",
          "body: { title: Nobody }",
        ),
      },
      wire: (request, send) => {
        if (request.method === "GET" && /^\/Users\/./.test(request.path)) {
          reads += 1;
          virtual += 1_500;
        }
        return send();
      },
      input: {
        clock: {
          now: () => virtual,
          sleep: async (ms) => {
            virtual += ms;
          },
        },
      },
    });
    expect(verdictOf(report, "B-01").kind).toBe("fail");
    // Two within the settle time, or the one that crosses it; clean-up may look once.
    expect(reads).toBeLessThanOrEqual(4);
  });

  it("and a slow answer shows the server as it was when it was asked, so there is a look after the settle time", async () => {
    let virtual = 0;
    let writtenAt = Number.POSITIVE_INFINITY;
    const { report } = await trial({
      scenarios: { one: WRITE_AND_READ },
      wire: async (request, send) => {
        if (request.method === "PATCH") writtenAt = virtual;
        const isEarly = request.method === "GET" && virtual - writtenAt < 1_500;
        const exchange = await send();
        if (request.method === "GET" && /^\/Users\/./.test(request.path)) virtual += 4_000;
        return isEarly ? answered(request, 404, {}) : exchange;
      },
      input: {
        clock: {
          now: () => virtual,
          sleep: async (ms) => {
            virtual += ms;
          },
        },
      },
    });
    expect(verdictOf(report, "B-01").kind).toBe("pass");
  });

  it("but a read before any write is judged at once", async () => {
    const { clock } = await trial({ scenarios: { one: READ.replace("404", "299") } });
    expect(clock.now()).toBe(Date.UTC(2026, 0, 1));
  });
});

describe("a 429 outside the burst", () => {
  const throttledFor = (times: number, header?: string): Wire => {
    let left = times;
    return (request, send) => {
      if (request.path !== "/Users/x") return send();
      left -= 1;
      return left >= 0
        ? answered(request, 429, {}, header === undefined ? [] : [["Retry-After", header]])
        : send();
    };
  };

  it.each([
    ["7", 7_000],
    ["1", 1_000],
    ["3600", 60_000],
    ["0", 1_000],
    ["soon", 1_000],
    [undefined, 1_000],
    ["Wed, 21 Oct 2026 07:28:00 GMT", 1_000],
  ])("with Retry-After %s is waited for %i ms and fails nothing", async (header, ms) => {
    const { report, clock } = await trial({ scenarios: { one: READ }, wire: throttledFor(1, header) });
    expect(verdictOf(report, "B-01").kind).toBe("pass");
    expect(clock.now() - Date.UTC(2026, 0, 1)).toBe(ms);
  });

  it("that never ends is unknown, and comes to an end", async () => {
    const wire: Wire = (request, send) => (isTest(request) ? send() : answered(request, 429));
    const scenarios = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`s${index}`, READ]));
    const { report, clock } = await trial({ scenarios, wire, settings: { concurrency: 1 } });
    expect(verdictOf(report, "B-01").kind).toBe("unknown");
    expect(clock.now() - Date.UTC(2026, 0, 1)).toBeLessThan(5 * 60_000);
  });

  it("to the credential test itself stops the run", async () => {
    const { report } = await trial({ scenarios: { one: READ }, wire: (request) => answered(request, 429) });
    expect(report.stopped?.cause).toBe("throttled");
    expect(report.outcome.exitCode).toBe(3);
  });

  it("whose create was carried out all the same leaves nobody behind, though the second made another", async () => {
    const made = new Map<string, string>();
    const { report } = await trial({
      scenarios: {
        one: "steps: [{ id: c, send: POST /Users, body: { $from: okta/user.json }, expect: { B-01.must: { status: 201 } } }]",
      },
      catalogue: TWO,
      wire: (request, send) => {
        if (isTest(request)) return send();
        if (request.method === "POST") {
          const { userName } = JSON.parse(request.body ?? "{}") as { userName: string };
          const id = `id${made.size + 1}`;
          made.set(id, userName);
          return made.size === 1 ? answered(request, 429) : answered(request, 201, { id, userName });
        }
        if (request.path.startsWith("/Users?filter")) {
          const Resources = [...made].map(([id, userName]) => ({ id, userName }));
          return answered(request, 200, { totalResults: Resources.length, Resources });
        }
        const id = request.path.split("/").at(-1) ?? "";
        if (request.method === "DELETE") return answered(request, made.delete(id) ? 204 : 404);
        return answered(request, made.has(id) ? 200 : 404, {});
      },
    });
    expect(verdictOf(report, "B-01").kind).toBe("pass");
    expect([...made.keys()]).toEqual([]);
  });
});
