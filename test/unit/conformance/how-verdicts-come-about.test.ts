import { describe, expect, it } from "vitest";
import { levelOf } from "../../../src/model/behaviour.ts";
import type { RunReport } from "../../../src/model/report.ts";
import { combine, combineAll, type Verdict } from "../../../src/model/verdict.ts";
import { answered, behaviour, claimOf, ONE, silent, trial, verdictOf, whyOf } from "./bench.ts";

const CREATE = `steps:
  - id: create
    send: POST /Users
    body: { $from: okta/user.json }
    expect: { B-01.must: { status: 201 } }
`;

const CREATE_AND_READ = `steps:
  - id: create
    send: POST /Users
    body: { $from: okta/user.json }
    expect: { B-01.must: { status: 201 } }
    remember: { user: id }
  - id: read
    send: GET /Users/\${user}
    expect: { B-02.must: { status: 200 } }
`;

const TWO = [behaviour("B-01"), behaviour("B-02")];

const stepOf = (report: RunReport, scenario: string, step: string) =>
  report.scenarios.find(({ id }) => id === scenario)?.steps.find(({ id }) => id === step);

describe("one behaviour seen in many places", () => {
  const pass: Verdict = { kind: "pass" };
  const fail: Verdict = {
    kind: "fail",
    findings: [{ claim: "B-01.must", where: "status", expected: "200", actual: "500" }],
  };
  const unknown: Verdict = { kind: "unknown", why: "no answer" };
  const neutral: Verdict = { kind: "unknown", why: "nothing to show", neutral: true };
  const blocked: Verdict = { kind: "skip", because: "blocked", why: "no id", by: "create" };
  const notChosen: Verdict = { kind: "skip", because: "not-chosen", why: "switched off" };

  const order = [fail, unknown, pass, neutral, blocked, notChosen];
  it.each(
    order.flatMap((stronger, index) => order.slice(index + 1).map((weaker) => [stronger, weaker] as const)),
  )("lets %o win over %o, in either order", (stronger, weaker) => {
    expect(combine([stronger, weaker])).toEqual(stronger);
    expect(combine([weaker, stronger])).toEqual(stronger);
  });

  it("passes at one step only where all that is asked of it there holds", () => {
    for (const other of [fail, unknown, neutral, blocked, notChosen]) {
      expect(combineAll([pass, other])).toEqual(other);
      expect(combineAll([other, pass])).toEqual(other);
    }
    expect(combineAll([pass, neutral, unknown])).toEqual(unknown);
    expect(combineAll([pass, pass])).toEqual(pass);
  });

  it("is a skip where nobody asked", () => {
    expect(combine([]).kind).toBe("skip");
  });

  it("keeps every place and every finding", async () => {
    const { report } = await trial({
      scenarios: { good: CREATE, bad: CREATE.replace("201", "299"), worse: CREATE.replace("201", "298") },
    });
    const found = report.behaviours[0];
    expect(found?.places.map(({ scenario, verdict }) => [scenario, verdict.kind])).toEqual([
      ["bad", "fail"],
      ["good", "pass"],
      ["worse", "fail"],
    ]);
    expect(found?.verdict).toMatchObject({
      kind: "fail",
      findings: [{ expected: "299" }, { expected: "298" }],
    });
  });

  it("is judged only when every claim was asserted and came to pass or fail", async () => {
    const catalogue = [behaviour("B-01", { must: "must", other: "must" })];
    const half = await trial({ scenarios: { half: CREATE }, catalogue });
    expect(half.report.behaviours[0]?.judged).toBe(false);
    const whole = CREATE.replace("{ status: 201 } }", "{ status: 201 }, B-01.other: { status: 299 } }");
    const { report } = await trial({ scenarios: { whole }, catalogue });
    expect(report.behaviours[0]?.judged).toBe(true);
  });

  it("is not failed by broken advice beside a kept requirement, but shows it", async () => {
    const catalogue = [behaviour("B-01", { must: "must", advice: "field" })];
    const yaml = CREATE.replace("{ status: 201 } }", "{ status: 201 }, B-01.advice: { status: 299 } }");
    const { report } = await trial({ scenarios: { one: yaml }, catalogue });
    expect(report.behaviours[0]).toMatchObject({ verdict: { kind: "pass" }, brokenLevel: "field" });
    expect(report.outcome.exitCode).toBe(0);
    expect(levelOf(catalogue[0] ?? { claims: [] })).toBe("must");
  });
});

describe("a step is blocked", () => {
  it("by a value that was never yielded, and the report says by which step", async () => {
    const { report } = await trial({
      scenarios: { one: CREATE_AND_READ },
      catalogue: TWO,
      wire: (request, send) => (request.method === "POST" ? answered(request, 500, {}) : send()),
    });
    expect(verdictOf(report, "B-01").kind).toBe("fail");
    expect(verdictOf(report, "B-02")).toMatchObject({
      kind: "skip",
      because: "blocked",
      by: "create",
      why: expect.stringContaining(", and step create got 500"),
    });
    expect(stepOf(report, "one", "read")).toMatchObject({ status: "blocked", exchanges: [] });
    expect(report.outcome.behaviours).toMatchObject({ fail: 1, skip: 1 });
  });

  it("never by an earlier check that failed", async () => {
    const { report } = await trial({
      scenarios: { one: CREATE_AND_READ.replace("status: 201", "status: 299") },
      catalogue: TWO,
    });
    expect(verdictOf(report, "B-01").kind).toBe("fail");
    expect(verdictOf(report, "B-02").kind).toBe("pass");
  });

  it.each([{ id: "" }, { id: null }, {}])(
    "by an answer that shows %o: nothing is sent to no id",
    async (shown) => {
      const { report, sent } = await trial({
        scenarios: { one: CREATE_AND_READ },
        catalogue: TWO,
        wire: (request, send) => (request.method === "POST" ? answered(request, 201, shown) : send()),
      });
      expect(verdictOf(report, "B-02")).toMatchObject({
        kind: "skip",
        because: "blocked",
        why: expect.stringContaining(", and step create (201) showed nothing usable at id"),
      });
      expect(sent.filter(({ path }) => /^\/Users\/(null|undefined)?$/.test(path))).toEqual([]);
    },
  );

  it("in one expectation alone, when only that needs the value", async () => {
    const yaml = `steps:
  - id: before
    send: GET /Users
    remember: { nick: nickName }
  - id: create
    send: POST /Users
    body: { $from: okta/user.json }
    expect:
      B-01.must: { status: 201 }
      B-02.must: { body: { userName: "\${nick}" } }
`;
    const { report } = await trial({ scenarios: { one: yaml }, catalogue: TWO });
    expect(verdictOf(report, "B-01").kind).toBe("pass");
    expect(verdictOf(report, "B-02")).toMatchObject({ kind: "skip", because: "blocked", by: "before" });
    expect(report.scenarios[0]?.steps.map(({ id, status }) => [id, status])).toEqual([
      ["before", "played"],
      ["create", "played"],
    ]);
  });

  it("a must that was blocked was asked and could not be told: exit 3, not 0", async () => {
    const { report } = await trial({
      scenarios: {
        one: CREATE_AND_READ.replace("    expect: { B-01.must: { status: 201 } }\n", ""),
        two: CREATE,
      },
      catalogue: TWO,
      wire: async (request, send) => {
        const exchange = await send();
        if (request.method !== "POST" || exchange.outcome.kind === "silence") return exchange;
        return { ...exchange, outcome: { ...exchange.outcome, body: "" } };
      },
    });
    expect(verdictOf(report, "B-02")).toMatchObject({ kind: "skip", because: "blocked" });
    expect(report.outcome.exitCode).toBe(3);
  });

  it("with its whole scenario, when the people it needs could not be created", async () => {
    const { report } = await trial({
      scenarios: {
        ok: "steps: [{ id: read, send: GET /Users, expect: { B-01.must: { status: 200 } } }]",
        crowded: "crowd: 5\nsteps: [{ id: read, send: GET /Users, expect: { B-02.must: { status: 200 } } }]",
      },
      catalogue: TWO,
      wire: (request, send) => (request.method === "POST" ? answered(request, 500, {}) : send()),
    });
    expect(verdictOf(report, "B-02")).toMatchObject({ kind: "skip", because: "blocked" });
    expect(whyOf(verdictOf(report, "B-02"))).toContain("person 1 of 5 could not be created");
    expect(report.outcome.exitCode).toBe(3);
  });
});

describe("what Okta sends and the server does not know", () => {
  it.each([404, 405, 501])("is a fail when it is answered %i, whatever discovery says", async (status) => {
    const { report, sent } = await trial({
      scenarios: { one: CREATE },
      wire: (request, send) => (request.method === "POST" ? answered(request, status, {}) : send()),
    });
    expect(verdictOf(report, "B-01").kind).toBe("fail");
    expect(sent.filter(({ path }) => /ServiceProviderConfig|Schemas|ResourceTypes/.test(path))).toEqual([]);
  });
});

describe("a redirect", () => {
  it("is never followed and is an answer like any other", async () => {
    const { report, sent } = await trial({
      scenarios: {
        one: CREATE,
        two: "steps: [{ id: r, send: GET /Users/x, expect: { B-02.must: { status: 307 } } }]",
      },
      catalogue: TWO,
      wire: (request, send) =>
        request.path.startsWith("/Users?startIndex")
          ? send()
          : answered(request, 307, "", [["Location", "/elsewhere"]]),
    });
    expect(verdictOf(report, "B-01")).toMatchObject({ kind: "fail", findings: [{ actual: "307" }] });
    expect(verdictOf(report, "B-02").kind).toBe("pass");
    expect(sent.some(({ path }) => path.includes("elsewhere"))).toBe(false);
  });
});

describe("exclusive scenarios", () => {
  const reading = (claim: string, head = "") =>
    `${head}steps: [{ id: r, send: "GET /Users?${claim}", expect: { ${claim}.must: { status: 200 } } }]`;

  it("play while nothing else does, after those that may share the server", async () => {
    let underWay = 0;
    const crowdedness = new Map<string, number>();
    const scenarios: Record<string, string> = {};
    const catalogue = [];
    for (let index = 0; index < 8; index += 1) {
      catalogue.push(behaviour(`X-0${index}`));
      scenarios[`s${index}`] = reading(`X-0${index}`, index % 2 === 0 ? "exclusive: true\n" : "");
    }
    const order: string[] = [];
    await trial({
      scenarios,
      catalogue,
      wire: async (request, send) => {
        underWay += 1;
        order.push(request.path);
        await new Promise((resolve) => setImmediate(resolve));
        crowdedness.set(request.path, Math.max(underWay, crowdedness.get(request.path) ?? 0));
        underWay -= 1;
        return send();
      },
    });
    for (const index of [0, 2, 4, 6]) expect(crowdedness.get(`/Users?X-0${index}`)).toBe(1);
    expect(
      Math.max(...[1, 3, 5, 7].map((index) => crowdedness.get(`/Users?X-0${index}`) ?? 0)),
    ).toBeGreaterThan(1);
    const last = order.slice(-4).map((path) => Number(path.slice(-1)));
    expect(last.every((index) => index % 2 === 0)).toBe(true);
  });
});

describe("concurrency", () => {
  it("does not change a verdict: 1 and 16 say the same", async () => {
    const scenarios = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [
        `s${index}`,
        index % 3 === 0 ? CREATE.replace("201", "299") : CREATE_AND_READ,
      ]),
    );
    const verdicts = async (concurrency: number) => {
      const { report, server } = await trial({ scenarios, catalogue: TWO, settings: { concurrency } });
      expect(server.counts()).toEqual({ users: 0, groups: 0 });
      return report.behaviours.map(({ verdict, places, byApp, judged }) => ({
        verdict,
        places,
        byApp,
        judged,
      }));
    };
    expect(await verdicts(16)).toEqual(await verdicts(1));
  });
});

describe("the ceiling of requests", () => {
  it("reads as unknown, never as a fault of the server, and clean-up gets through", async () => {
    const scenarios = Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => [`s${index}`, CREATE_AND_READ]),
    );
    const { report, server, sent } = await trial({
      scenarios,
      catalogue: TWO,
      settings: { maxRequests: 8, concurrency: 2 },
    });
    expect(report.outcome.behaviours.fail).toBe(0);
    expect(
      report.behaviours.flatMap(({ places }) => places).some(({ verdict }) => verdict.kind === "unknown"),
    ).toBe(true);
    expect(report.outcome.exitCode).toBe(3);
    expect(report.notes.join()).toContain("--max-requests");
    expect(sent.filter(({ method }) => method === "POST").length).toBeLessThanOrEqual(8);
    expect(server.counts().users).toBe(0);
    expect(report.leftovers).toEqual([]);
  });

  it("lets clean-up search for what told no id", async () => {
    const { report, server } = await trial({
      scenarios: { one: CREATE },
      settings: { maxRequests: 2 },
      wire: async (request, send) => {
        const exchange = await send();
        return request.method === "POST" ? answered(request, 201, "") : exchange;
      },
    });
    expect(server.counts().users).toBe(0);
    expect(report.leftovers).toEqual([]);
  });

  it("does not turn a write that was held back into a fault of the read after it", async () => {
    const yaml = `steps:
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
    for (const held of ["throttled", "silent"] as const) {
      const { report } = await trial({
        scenarios: { one: yaml },
        wire: (request, send) => {
          if (request.method !== "PATCH") return send();
          return held === "throttled" ? answered(request, 429) : silent(request, "aborted");
        },
      });
      expect(verdictOf(report, "B-01").kind).toBe("unknown");
    }
  });
});

describe("a bug of ours in one play", () => {
  it("ends the run as a bug, once the other plays have cleaned up, and begins no new ones", async () => {
    let played = 0;
    const broken = {
      name: "json-body",
      summary: "",
      takes: [],
      judge: () => {
        throw new RangeError("a bug");
      },
    };
    const scenarios = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [
        `s${String(index).padStart(2, "0")}`,
        index === 1 ? CREATE.replace("{ status: 201 }", "{ check: json-body }") : CREATE,
      ]),
    );
    const tried: { users: () => number } = { users: () => -1 };
    const running = trial({
      scenarios,
      settings: { concurrency: 2 },
      input: { checks: [broken] },
      before: (server) => {
        tried.users = () => server.counts().users;
      },
      wire: (request, send) => {
        if (request.method === "POST") played += 1;
        return send();
      },
    });
    await expect(running).rejects.toThrow("a bug");
    expect(played).toBeLessThan(6);
    expect(tried.users()).toBe(0);
  });
});

describe("what each kind of app is told", () => {
  const apps = [behaviour("B-01", { must: "must" }, "both"), behaviour("B-02", { must: "must" }, "oin")];
  const of = (app: string, claim: string, status: number) =>
    `okta-app: ${app}\nsteps: [{ id: r, send: GET /Users, expect: { ${claim}: { status: ${status} } } }]`;

  it("a must broken for one kind alone leaves the other fit, and the exit code 0", async () => {
    const { report } = await trial({
      scenarios: { aiw: of("aiw", "B-01.must", 200), oin: of("oin", "B-01.must", 299) },
      catalogue: apps,
    });
    expect(report.outcome.fitness.map(({ app, fit }) => [app, fit])).toEqual([
      ["aiw", "yes"],
      ["oin", "no"],
    ]);
    expect(report.outcome.exitCode).toBe(0);
  });

  it("a kind that nothing was asked about does not save the run", async () => {
    const { report } = await trial({ scenarios: { oin: of("oin", "B-02.must", 299) }, catalogue: apps });
    expect(report.outcome.exitCode).toBe(1);
  });

  it("a must blocked for one kind is open for that kind, though the other kept it", async () => {
    const blocked = `okta-app: oin\nsteps:\n  - id: c\n    send: GET /Users\n    remember: { x: nothing }\n  - id: r\n    send: GET /Users/\${x}\n    expect: { B-01.must: { status: 200 } }\n`;
    const { report } = await trial({
      scenarios: { aiw: of("aiw", "B-01.must", 200), oin: blocked },
      catalogue: apps,
    });
    expect(report.outcome.fitness).toMatchObject([
      { app: "aiw", fit: "yes", unknownMusts: [] },
      { app: "oin", fit: "unknown", unknownMusts: ["B-01"] },
    ]);
  });

  it("counts the verdict of each claim for each kind apart", async () => {
    const { report } = await trial({
      scenarios: { aiw: of("aiw", "B-01.must", 200), oin: of("oin", "B-01.must", 299) },
      catalogue: apps,
    });
    expect(report.behaviours[0]?.byApp).toEqual({ aiw: "pass", oin: "fail" });
    expect(claimOf(report, "B-01.must").kind).toBe("fail");
  });
});

describe("only a selection, a switch or a missing input skips", () => {
  it.each([
    ["a switched-off action", { actions: ["update"] as const }, "", "switched off"],
    ["a read-only run", { readOnly: true }, "", "read-only"],
    ["a missing input", {}, "inputs: [expiredToken]\n", "--input expiredToken"],
    ["a burst nobody asked for", {}, "needs: [burst]\n", "--burst"],
    ["a large group nobody asked for", {}, "needs: [large-group]\n", "--large-group"],
    ["an unknown limit of members", {}, "needs: [member-limit]\n", "--max-group-members"],
    ["a foreign directory", {}, "needs: [reference-server]\n", "embedded"],
    ["a directory that is not empty", {}, "needs: [empty-tenant]\n", "this one has 3 users"],
  ])("%s, and says so", async (_, settings, head, why) => {
    const { report } = await trial({
      scenarios: {
        one: head + CREATE,
        ok: "flow: read\nsteps: [{ id: r, send: GET /Users, expect: { B-02.must: { status: 200 } } }]",
      },
      catalogue: TWO,
      settings,
      before: (server) => server.seed(3),
    });
    const verdict = verdictOf(report, "B-01");
    expect(verdict).toMatchObject({ kind: "skip", because: "not-chosen" });
    expect(whyOf(verdict)).toContain(why);
    expect(report.scenarios.find(({ id }) => id === "one")).toMatchObject({ status: "skipped" });
  });

  it("refuses a selection that matches nothing", async () => {
    await expect(
      trial({ scenarios: { one: CREATE }, settings: { onlyScenarios: ["none"] } }),
    ).rejects.toThrow("matches no scenario");
    await expect(
      trial({ scenarios: { one: CREATE }, settings: { onlyBehaviours: ["B-9*"] } }),
    ).rejects.toThrow("matches no behaviour");
    await expect(trial({ scenarios: { one: CREATE }, settings: { readOnly: true } })).rejects.toThrow(
      "leaves no scenario to play",
    );
    expect(ONE).toHaveLength(1);
  });
});
