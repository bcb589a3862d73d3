import { beforeAll, describe, expect, it } from "vitest";
import type { LoadPlan } from "../../src/model/load-plan.ts";
import type { Handle } from "../../src/reference-server/message.ts";
import type { Library } from "../../src/wiring/library.ts";
import { variationTables } from "../../src/wiring/variations.ts";
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

/** A variation of the reference server, as a list. */
async function named(kind: "quirks" | "defects", wanted: string) {
  const found = (await variationTables())[kind].filter(({ name }) => name === wanted);
  expect(found).toHaveLength(1);
  return found;
}

describe("people who leave", () => {
  const plan = planOf("offboarding/leave-oin", [constant(20, 5)], {
    population: { users: 150, groups: 5, members: 20 },
  });

  it("leave a group that they are a member of: a server that knows no other removal sees no error", async () => {
    const strict = await named("defects", "remove-of-non-member-is-404");
    const report = await loadVirtually(plan, library, await virtualServer({ variations: strict }));
    expect(report.totals).toMatchObject({ finished: 100, errors: 0, failed: 0 });
    // A removal of somebody who has left before may be refused without an error: here nobody leaves twice.
    expect(report.operations.find(({ step }) => step === "leave-group")?.byStatus[404]).toBeUndefined();
    expect(report.outcome.exitCode).toBe(0);
  });

  it("are missed by their groups alone: a removal that is acknowledged and not carried out is named", async () => {
    const keeping = (handle: Handle): Handle => {
      let removals = 0;
      return (request) => {
        if (request.method !== "PATCH" || !request.body.includes('"remove"')) return handle(request);
        removals += 1;
        return removals % 10 === 0 ? { status: 204, headers: [], body: "" } : handle(request);
      };
    };
    const report = await loadVirtually(plan, library, await virtualServer({ wrap: keeping }));
    expect(report.reconciled).toMatchObject({ kind: "done", counts: { "extra-members": 10 } });
    expect(report.outcome.exitCode).toBe(1);
  });
});

describe("people who leave a server whose lists leave out who is inactive", () => {
  const load = async (wrap?: (handle: Handle) => Handle) => {
    const hiding = await named("quirks", "inactive-users-not-listed");
    const plan = planOf(["offboarding/leave-oin", "onboarding/assign-oin"], [constant(20, 5)], {
      population: { users: 100, groups: 5, members: 20 },
    });
    return loadVirtually(
      plan,
      library,
      await virtualServer({ variations: hiding, ...(wrap === undefined ? {} : { wrap }) }),
    );
  };

  it("are left open, and nobody is called lost", async () => {
    const { reconciled, outcome } = await load();
    expect(reconciled).toMatchObject({ kind: "done", counts: { lost: 0, "extra-members": 0 } });
    expect(reconciled.kind === "done" && reconciled.unsure).toBeGreaterThan(30);
    expect(outcome.exitCode).toBe(0);
  });

  it("are read back by as many requests as are told", async () => {
    const hiding = await named("quirks", "inactive-users-not-listed");
    const server = await virtualServer({ variations: hiding });
    const plan = planOf("offboarding/leave-oin", [constant(20, 5)], {
      population: { users: 100, groups: 5, members: 20 },
    });
    const played = await playVirtually(plan, library, server);
    const before = server.arrived.get("GET") ?? 0;
    const { reconciled } = await reportOf([played], library, server);
    expect(reconciled.kind === "done" && reconciled.requests).toBe((server.arrived.get("GET") ?? 0) - before);
  });

  it("hide nobody else who is lost", async () => {
    let creates = 0;
    const losing =
      (handle: Handle): Handle =>
      (request) => {
        const answer = handle(request);
        if (request.method !== "POST" || !request.target.endsWith("/Users")) return answer;
        creates += 1;
        if (creates <= 100 || creates % 10 > 0) return answer;
        const { id } = JSON.parse(answer.body) as { id: string };
        handle({ ...request, method: "DELETE", target: `${request.target}/${id}`, body: "" });
        return answer;
      };
    const { reconciled, outcome } = await load(losing);
    expect(reconciled.kind === "done" && reconciled.counts.lost).toBeGreaterThan(2);
    expect(outcome.exitCode).toBe(1);
  });
});

describe("groups that are written whole", () => {
  const plan = planOf("big-group/replace-aiw", [constant(1, 8)], {
    oktaApp: "aiw",
    population: { users: 40, groups: 4, members: 0 },
  });
  /** The plan in small: ten members in place of 5,000. */
  const load = async (changed: Partial<LoadPlan>, wrap?: (handle: Handle) => Handle) => {
    const scenarios = library.scenarios.map((one) =>
      one.id === "big-group/replace-aiw" ? { ...one, crowd: { kind: "literal" as const, value: 10 } } : one,
    );
    const server = await virtualServer(wrap === undefined ? {} : { wrap });
    return loadVirtually({ ...plan, ...changed }, { ...library, scenarios }, server);
  };

  it("get other members each time, and nobody is in doubt who is in them", async () => {
    const written: string[][] = [];
    const report = await load({}, (handle) => (request) => {
      if (request.method === "PUT") {
        const { id, members } = JSON.parse(request.body) as { id: string; members: { value: string }[] };
        written.push([id, members[0]?.value ?? ""]);
      }
      return handle(request);
    });
    expect(written).toHaveLength(8);
    expect(new Set(written.map(([id]) => id)).size).toBe(4);
    expect(new Set(written.map((one) => one.join(" "))).size).toBe(8);
    expect(report.reconciled).toMatchObject({ kind: "done", unsure: 0 });
    expect(report.outcome.exitCode).toBe(0);
  });

  it("have nobody too many where plays before them, of other scenarios, have read the same people's ids", async () => {
    // Many under way at once, so that every play that follows is one of those that made the population.
    const report = await load({ stages: [constant(60, 2)], maxInFlight: 32 });
    expect(report.reconciled).toMatchObject({
      kind: "done",
      counts: { "extra-members": 0, "missing-members": 0 },
    });
    expect(report.outcome.exitCode).toBe(0);
  });

  it("that keep the members they had before are told by name", async () => {
    const report = await load({}, (handle) => (request) => {
      if (request.method !== "PUT") return handle(request);
      const { members } = JSON.parse(request.body) as { members: unknown };
      const add = [{ op: "add", path: "members", value: members }];
      const schemas = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"];
      handle({ ...request, method: "PATCH", body: JSON.stringify({ schemas, Operations: add }) });
      return handle({ ...request, method: "GET", body: "" });
    });
    expect(report.reconciled).toMatchObject({ kind: "done", counts: { "extra-members": 40 } });
    expect(report.outcome.exitCode).toBe(1);
  });

  it("at the same time leave nobody accused: whichever write came last is right", async () => {
    const burst = { kind: "burst" as const, plays: 12, forMs: 1_000 };
    const report = await load({ stages: [burst], population: { users: 20, groups: 1, members: 0 } });
    expect(report.reconciled).toMatchObject({ kind: "done", unsure: 20 });
    expect(report.outcome.exitCode).toBe(0);
  });
});

describe("groups of which a server shows the members only while there are few of them", () => {
  const plan = planOf(["steady/join-and-leave-oin", "onboarding/assign-oin"], [constant(10, 2)], {
    population: { users: 60, groups: 5, members: 48 },
    thresholds: ["missing-members == 0"],
  });
  const load = async (wrap?: (handle: Handle) => Handle) => {
    const hiding = await named("quirks", "members-of-large-groups-not-shown");
    return loadVirtually(
      { ...plan, mix: plan.mix.map((one, index) => ({ ...one, weight: index + 1 })), seed: 3 },
      library,
      await virtualServer({ variations: hiding, ...(wrap === undefined ? {} : { wrap }) }),
    );
  };

  it("are left open where they are larger than those whose members are shown", async () => {
    const { reconciled, thresholds, outcome } = await load();
    expect(reconciled).toMatchObject({ kind: "done", counts: { "half-made": 0, "missing-members": 0 } });
    expect(reconciled.kind === "done" && reconciled.members).toBeGreaterThan(40);
    expect(thresholds[0]?.verdict).toBe("unknown");
    expect(outcome).toMatchObject({
      exitCode: 3,
      why: expect.stringMatching(/nor of any other group of more/),
    });
  });

  it("hide nobody who is missing from one that is shown", async () => {
    let adds = 0;
    const { reconciled, thresholds, outcome } = await load((handle) => (request) => {
      const isAdd = request.method === "PATCH" && request.body.includes('"add"');
      adds += isAdd ? 1 : 0;
      return isAdd && adds > 5 ? { status: 204, headers: [], body: "" } : handle(request);
    });
    expect(reconciled.kind === "done" && reconciled.counts["missing-members"]).toBeGreaterThan(5);
    expect(thresholds[0]?.verdict).toBe("breached");
    expect(outcome.exitCode).toBe(1);
  });
});

describe("an import while people change", () => {
  const plan = planOf(["import/walk", "steady/update"], [constant(10, 2)], {
    population: { users: 250, groups: 0, members: 0 },
  });
  it("finds everybody once where the pages fit together", async () => {
    const report = await loadVirtually(plan, library, await virtualServer());
    expect(report.broken).toEqual([]);
    expect(report.totals.errors).toBe(0);
    expect(report.outcome.exitCode).toBe(0);
  });

  it("is broken where pages overlap, and the load fails for it", async () => {
    const overlapping = await named("defects", "pages-overlap-by-one");
    const report = await loadVirtually(plan, library, await virtualServer({ variations: overlapping }));
    expect(report.broken.map(({ claim }) => claim)).toEqual(["OKTA-IMPORT-02.everyone-once"]);
    expect(report.outcome).toMatchObject({ exitCode: 1, why: expect.stringContaining("OKTA-IMPORT-02") });
  });
});

describe("a server that counts people and groups apart, so that a group has the id of somebody", () => {
  // The first plays are judged in full, and those after them are not.
  it.each([
    ["groups that are pushed", "big-group/push-100-oin", "oin", 10],
    ["groups that are written whole", "big-group/replace-aiw", "aiw", 10],
    ["groups that are pushed, by plays that are not judged in full", "big-group/push-100-oin", "oin", 60],
    ["groups that are written whole, by plays that are not", "big-group/replace-aiw", "aiw", 60],
    ["people who leave", "offboarding/leave-oin", "oin", 60],
  ] as const)("is blamed for nothing: %s", async (_what, scenario, oktaApp, plays) => {
    const scenarios = library.scenarios.map((one) =>
      one.id === scenario && one.crowd !== undefined
        ? { ...one, crowd: { kind: "literal" as const, value: scenario.startsWith("big") ? 10 : 1 } }
        : one,
    );
    const plan = planOf(scenario, [constant(10, plays / 10)], {
      oktaApp,
      population: { users: 100, groups: 5, members: 20 },
    });
    const countedApart = await named("quirks", "ids-counted-apart");
    const server = await virtualServer({ variations: countedApart });
    const report = await loadVirtually(plan, { ...library, scenarios }, server);
    expect(report.totals).toMatchObject({ finished: plays, errors: 0 });
    expect(report.reconciled).toMatchObject({
      kind: "done",
      counts: { "extra-members": 0, "missing-members": 0 },
    });
    expect(report.outcome.exitCode).toBe(0);
  });
});

describe("people of the population that a server shows late", () => {
  const plan = planOf("steady/update", [constant(20, 2)], {
    population: { users: 40, groups: 2, members: 5 },
  });
  const load = async (settleMs: number) => {
    const late = await named("quirks", "reads-lag-by-1500-ms");
    return loadVirtually(plan, library, await virtualServer({ variations: late }), { settleMs });
  };

  it("are waited for before the clock starts", async () => {
    const report = await load(2_000);
    expect(report.totals).toMatchObject({ finished: 40, errors: 0 });
    expect(report.outcome.exitCode).toBe(0);
  });

  it("are missed by the plays when they show later than a write may take", async () => {
    const report = await load(500);
    expect(report.broken.map(({ claim }) => claim)).toContain("OKTA-READ-01.same-id");
    expect(report.totals.errors).toBeGreaterThan(0);
  });
});

describe("what a play wrote itself, and a server shows late", () => {
  // The first twenty plays are judged in full, and those after them are not.
  it.each(["okta/users/read", "okta/look-up/inactive-aiw", "okta/groups/delete"])(
    "is no error until it has to show: %s",
    async (scenario) => {
      const late = await named("quirks", "reads-lag-by-1500-ms");
      const server = await virtualServer({ variations: late });
      const plan = planOf(scenario, [constant(20, 6)], { oktaApp: "aiw" });
      const report = await loadVirtually(plan, library, server, { settleMs: 2_000 });
      expect(report.totals).toMatchObject({ started: 120, errors: 0, failed: 0 });
      // Those that still waited at the end are left open.
      expect(report.totals.finished).toBeGreaterThan(50);
      expect(report.outcome.exitCode).toBe(0);
    },
  );

  it("is one when what was deleted never goes", async () => {
    const keeping =
      (handle: Handle): Handle =>
      (request) =>
        request.method === "DELETE" && request.target.includes("/Groups/")
          ? { status: 204, headers: [], body: "" }
          : handle(request);
    const plan = planOf("okta/groups/delete", [constant(20, 2)], { oktaApp: "aiw" });
    const report = await loadVirtually(plan, library, await virtualServer({ wrap: keeping }), {
      settleMs: 500,
    });
    expect(report.totals.failed).toBeGreaterThan(20);
    expect(report.totals.failed).toBe(report.totals.finished);
    expect(report.broken.map(({ claim }) => claim)).toContain("OKTA-GROUP-DELETE-01.gone");
  });

  it("is one when it never does", async () => {
    const hiding =
      (handle: Handle): Handle =>
      (request) =>
        request.method === "GET" && request.target.includes("/Users/")
          ? { status: 404, headers: [], body: "" }
          : handle(request);
    const server = await virtualServer({ wrap: hiding });
    const plan = planOf("okta/users/read", [constant(20, 2)], { oktaApp: "aiw" });
    const report = await loadVirtually(plan, library, server, { settleMs: 500 });
    expect(report.totals.failed).toBeGreaterThan(20);
    expect(report.totals.failed).toBe(report.totals.finished);
    expect(report.broken.map(({ claim }) => claim)).toContain("OKTA-READ-01.same-id");
  });
});
