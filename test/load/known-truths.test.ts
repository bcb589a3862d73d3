import { beforeAll, describe, expect, it } from "vitest";
import { overridden } from "../../src/config/override-plan.ts";
import { costOf } from "../../src/load/cost.ts";
import { populationOver } from "../../src/load/plan-remarks.ts";
import type { LoadReport } from "../../src/model/load.ts";
import { speak } from "../../src/okta/headers.ts";
import { html } from "../../src/report/html/html.ts";
import { text } from "../../src/report/text.ts";
import type { Library } from "../../src/wiring/library.ts";
import { loadPlanNamed } from "../../src/wiring/load-plans.ts";
import {
  constant,
  loadVirtually,
  planOf,
  playVirtually,
  reportOf,
  testLibrary,
  virtualServer,
} from "./virtual-load.ts";

let library: Library;
beforeAll(async () => {
  library = await testLibrary();
}, 60_000);

describe("a load in virtual time", () => {
  it("sends exactly what the plan says, as counted by the server", async () => {
    const server = await virtualServer();
    const plan = planOf("create", [{ kind: "ramp", from: 0, to: 100, forMs: 10_000 }, constant(50, 4)]);
    const report = await loadVirtually(plan, library, server);
    expect(server.arrived.get("POST")).toBe(700);
    expect(server.counts().users).toBe(700);
    const { intended, started, finished, failed, dropped, requests } = report.totals;
    expect({ intended, started, finished, failed, dropped, requests }).toEqual({
      intended: 700,
      started: 700,
      finished: 700,
      failed: 0,
      dropped: 0,
      requests: 700,
    });
    expect(report.timeline.offered.reduce((sum, count) => sum + count, 0)).toBe(700);
    expect(report.acknowledged.created).toBe(700);
    expect(report.outcome.exitCode).toBe(0);
  });

  it("says that plays which failed are among those that finished", async () => {
    const load = await loadVirtually(planOf("create", [constant(10, 1)]), library, await virtualServer());
    const shown = (failed: number) =>
      text.renderLoad?.({ ...load, totals: { ...load.totals, failed } }, {}) ?? "";
    expect(shown(0)).toContain("10 finished, 0 failed, 0 dropped");
    expect(shown(3)).toContain("10 finished, 3 of them failed, 0 dropped");
  });

  it("says of people whom the server only deactivates that they are, and not that they are tried again", async () => {
    const load = await loadVirtually(planOf("create", [constant(10, 1)]), library, await virtualServer());
    const why = "DELETE was answered with success, but a read still shows it";
    const report: LoadReport = {
      ...load,
      leftovers: [{ collection: "Users", name: "ann", id: "1", state: "deactivated", kept: true, why }],
    };
    for (const format of [text, html]) {
      const shown = (format.renderLoad?.(report, {}) ?? "")
        .replaceAll(/<[^>]*>/g, "")
        .replaceAll(/\s+/g, " ");
      expect(shown).toContain(`is deactivated but still there: ${why}`);
      expect(shown).toContain("The server deactivated them and removes nobody");
      expect(shown).not.toContain("tries again");
    }
  });

  it("leaves the warm-up out of every figure but the timeline", async () => {
    const plan = planOf("create", [constant(10, 10)], { warmUpMs: 4_000 });
    const report = await loadVirtually(plan, library, await virtualServer());
    expect(report.totals.requests).toBe(60);
    expect(report.requests.response.count).toBe(60);
    expect(report.timeline.offered.reduce((sum, count) => sum + count, 0)).toBe(100);
  });

  // The last 300 ms of every 3 s pass before anything is answered. One request in ten meets that; the longest tenth of
  // those, one in a hundred, waits for 270 ms or more.
  const stalling = (_request: unknown, now: number) => {
    const phase = (now - 1_000) % 3_000;
    return phase < 300 ? 301 - phase : 1;
  };

  it.each([64, 5_000])(
    "shows a stall of 300 ms every 3 s in p99, with %i plays in flight",
    async (maxInFlight) => {
      const plan = planOf("create", [constant(200, 15)], { maxInFlight });
      const report = await loadVirtually(plan, library, await virtualServer({ latency: stalling }));
      const { p50, p99, max } = report.requests.response;
      expect(report.totals.dropped).toBe(0);
      expect(p99).toBeGreaterThan(270 * 0.9);
      expect(p99).toBeLessThan(270 * 1.1);
      expect(max).toBeLessThan(310);
      expect(p50).toBeLessThan(5);
    },
  );

  it("hides most of that stall in the closed model, which is why it has another name", async () => {
    const { stages: _none, ...plan } = planOf("create", []);
    const closed = { ...plan, stages: [], closed: { users: 1, forMs: 9_000, thinkMs: 0 } };
    const report = await loadVirtually(closed, library, await virtualServer({ latency: stalling }));
    expect(report.requests.response.p99).toBeLessThan(5);
    expect(report.requests.response.max).toBeGreaterThan(290);
  });

  it("counts what answers broke in all of them, the warm-up's too, says so, and shows commands in notes as such", async () => {
    let creates = 0;
    const server = await virtualServer({
      wrap: (handle) => (request) => {
        const answer = handle(request);
        // Half of the warm-up is answered with another success.
        return request.method === "POST" && creates++ < 5 ? { ...answer, status: 200 } : answer;
      },
    });
    const plan = planOf("create", [constant(10, 2)], { warmUpMs: 1_000, thresholds: ["broken.rate < 26%"] });
    const measured = await loadVirtually(plan, library, server);
    expect(measured.totals.requests).toBe(10);
    expect(measured.broken).toMatchObject([{ claim: "OKTA-CREATE-01.created", broken: 5, judged: 20 }]);
    expect(measured.thresholds[0]?.why).toBe("25 % meets broken.rate < 26%");
    const report = { ...measured, notes: ["`scim-check cleanup` looks for it again."] };
    const shown = [text, html].map((format) => format.renderLoad?.(report, {}) ?? "");
    for (const one of shown) {
      expect(one).toContain("Broken under load, warm-up included");
      expect(one).toContain("5 of 20");
    }
    expect(shown[1]).toContain("<li><code>scim-check cleanup</code> looks for it again.</li>");
  });

  it("counts the rest of the last stage, after its last play, among the time that rates are of", async () => {
    const pause = { kind: "pause" as const, forMs: 4_000 };
    const plan = planOf("create", [constant(1, 4), pause], { warmUpMs: 1_000 });
    const { rate, run, totals } = await loadVirtually(plan, library, await virtualServer());
    expect(totals.intended).toBe(3);
    expect(run.durationMs).toBe(7_000);
    expect(rate).toEqual({ offered: 0.43, achieved: 0.43, requests: 0.43 });
  });

  it("counts plays that never started, and drops none in silence", async () => {
    const server = await virtualServer({ latency: () => 30_000 });
    const plan = planOf("create", [constant(10, 20)], {
      maxInFlight: 5,
      thresholds: ["rate.achieved >= 95%"],
    });
    const report = await loadVirtually(plan, library, server);
    const { intended, started, dropped } = report.totals;
    expect(intended).toBe(200);
    expect(started + dropped).toBe(200);
    expect(dropped).toBeGreaterThan(150);
    expect(report.thresholds[0]?.verdict).toBe("breached");
    expect(report.outcome.exitCode).toBe(1);
  });

  it("achieves the rate that a server lets through, not the backlog that is worked off when the schedule is over", async () => {
    const server = await virtualServer({ latency: () => 100 });
    const plan = planOf("create", [constant(60, 15)], {
      maxInFlight: 5,
      thresholds: ["rate.achieved >= 95%"],
    });
    const report = await loadVirtually(plan, library, server);
    expect(report.totals).toMatchObject({ intended: 900, started: 900, dropped: 0 });
    expect(report.rate.offered).toBe(60);
    expect(report.rate.achieved).toBeGreaterThan(49);
    expect(report.rate.achieved).toBeLessThan(54);
    expect(report.thresholds[0]?.verdict).toBe("breached");
  });

  it("ends early when a threshold stays broken and that was asked for", async () => {
    const server = await virtualServer({ latency: () => 500 });
    const plan = planOf("create", [constant(10, 60)], { thresholds: ["create.response.p99 < 100ms"] });
    const report = await loadVirtually(plan, library, server, { abortOnBreach: true });
    expect(report.run.endedEarly).toContain("create.response.p99 < 100ms");
    expect(report.totals.started).toBeLessThan(100);
    expect(report.outcome.exitCode).toBe(1);
  });

  it("does not end early, nor blame the server, for times that may be this machine's own", async () => {
    const server = await virtualServer({ latency: () => 500 });
    const plan = planOf("create", [constant(10, 20)], { thresholds: ["create.response.p99 < 100ms"] });
    const report = await loadVirtually(plan, library, server, {
      abortOnBreach: true,
      cpuMs: () => server.clock.now(),
    });
    expect(report.run.endedEarly).toBeUndefined();
    expect(report.totals.started).toBe(200);
    expect(report.thresholds[0]?.verdict).toBe("unknown");
    expect(report.outcome.exitCode).toBe(3);
  });

  it("is partial when it is interrupted, with exit code 130", async () => {
    const stop = new AbortController();
    const report = await loadVirtually(planOf("create", [constant(10, 60)]), library, await virtualServer(), {
      signal: stop.signal,
      onProgress: (progress) => {
        if (progress.kind === "playing" && progress.live.elapsedMs > 5_000) stop.abort();
      },
    });
    expect(report.outcome.exitCode).toBe(130);
    expect(report.totals.started).toBeGreaterThan(40);
    expect(report.totals.started).toBeLessThan(80);
  });

  it("of three shards comes to the counts of one run", async () => {
    const plan = planOf(["create", "create-and-delete"], [{ kind: "ramp", from: 5, to: 50, forMs: 6_000 }]);
    const whole = await loadVirtually(plan, library, await virtualServer());
    const server = await virtualServer();
    const shards = [];
    for (const index of [1, 2, 3]) {
      shards.push(await playVirtually(plan, library, server, { shard: { index, of: 3 } }));
    }
    const together = await reportOf(shards, library, server);
    const counts = ({ plays, operations, requests }: typeof whole) => ({
      plays: plays.map(({ scenario, intended, started, finished }) => ({
        scenario,
        intended,
        started,
        finished,
      })),
      operations: operations.map(({ id, requests: sent, response }) => [id, sent, response.count]),
      histogram: requests.response.count,
    });
    expect(counts(together)).toEqual(counts(whole));
    expect(together.reconciled).toMatchObject({ kind: "done" });
    expect(together.outcome.exitCode).toBe(0);
  });

  it("of three shards has as many plays under way as the plan allows one, not thrice as many", async () => {
    const plan = planOf("create", [{ kind: "burst", plays: 60, forMs: 1_000 }], { maxInFlight: 10 });
    const atOnce = await Promise.all(
      [1, 2, 3].map(async (index) => {
        const latency = () => 100;
        const server = await virtualServer({ latency });
        return (await playVirtually(plan, library, server, { shard: { index, of: 3 } })).connections.opened;
      }),
    );
    expect(atOnce).toEqual([4, 3, 3]);
  });
});

describe("what a load is said to cost", () => {
  const short = { users: 120, members: 10 } as const;

  it.each([
    ["smoke", { users: 50, members: 10 }],
    ["onboarding", { users: 0, members: 0 }],
    ["steady-day", short],
    ["nightly-import", { users: 450, members: 10 }],
    ["offboarding", short],
    ["burst-429", { users: 0, members: 0 }],
    ["big-group-100", { users: 300, members: 0 }],
  ])("is what it comes to: %s", async (name, population) => {
    const given = await loadPlanNamed(name);
    const plan = overridden(given, { for: 2_000, ...population });
    const cost = costOf(plan, library.scenarios, speak, library.userBody);
    let bytes = 0;
    let members = 0;
    const server = await virtualServer({
      wrap: (handle) => (request) => {
        bytes += request.target.length + request.body.length + 310;
        const answer = handle(request);
        if (request.target.includes("/Groups/")) members = Math.max(members, membersIn(answer.body));
        return answer;
      },
    });
    await playVirtually(plan, library, server);
    const requests = [...server.arrived.values()].reduce((sum, count) => sum + count, 0);
    expect({ ...server.counts(), requests }).toMatchObject({
      users: cost.users,
      groups: cost.groups,
      requests: cost.requests,
    });
    expect(bytes).toBeGreaterThan(cost.bytes * 0.8);
    expect(bytes).toBeLessThan(cost.bytes * 1.2);
    expect(members).toBeLessThanOrEqual(cost.members);
  });

  it("is what all shards come to together", async () => {
    const plan = overridden(await loadPlanNamed("steady-day"), { for: 2_000, ...short });
    const shards = 3;
    const population = populationOver(plan.population, shards);
    const cost = costOf({ ...plan, population }, library.scenarios, speak, library.userBody, shards);
    const server = await virtualServer();
    for (const index of [1, 2, 3])
      await playVirtually(plan, library, server, { shard: { index, of: shards } });
    const requests = [...server.arrived.values()].reduce((sum, count) => sum + count, 0);
    expect({ ...server.counts(), requests }).toEqual({
      users: cost.users,
      groups: cost.groups,
      requests: cost.requests,
    });
    expect(cost.playsOfEach).toHaveLength(plan.mix.length);
    expect(cost.playsOfEach.reduce((sum, plays) => sum + plays, 0)).toBe(cost.plays);
  });
});

function membersIn(body: string): number {
  return body.split('"display"').length - 1;
}
