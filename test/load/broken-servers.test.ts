import { beforeAll, describe, expect, it } from "vitest";
import type { DocumentedState } from "../../src/load/compare-state.ts";
import { attributesOfPeople } from "../../src/load/people-sent.ts";
import type { Clock } from "../../src/model/clock.ts";
import type { FindingKind } from "../../src/model/load-reconciliation.ts";
import type { Handle, ServerRequest, ServerResponse } from "../../src/reference-server/message.ts";
import { documentedState } from "../../src/wiring/documented-state.ts";
import type { Library } from "../../src/wiring/library.ts";
import { profileNamed } from "../../src/wiring/profile.ts";
import { variationTables } from "../../src/wiring/variations.ts";
import { constant, loadVirtually, planOf, testLibrary, virtualServer } from "./virtual-load.ts";

let library: Library;
beforeAll(async () => {
  library = await testLibrary();
}, 60_000);

const OPERATIONS = 1_000;
const thousand = [constant(200, OPERATIONS / 200)];

const isCreate = ({ method, target }: ServerRequest) => method === "POST" && target.endsWith("/Users");

/** Does something else with one create of a person in so many. */
function oneIn(
  many: number,
  other: (request: ServerRequest, handle: Handle) => ServerResponse,
): (handle: Handle) => Handle {
  return (handle) => {
    let creates = 0;
    return (request) => {
      if (!isCreate(request)) return handle(request);
      creates += 1;
      return creates % many === 0 ? other(request, handle) : handle(request);
    };
  };
}

/** Keeps somebody without a name, and says that all went well. */
function nameless(request: ServerRequest, handle: Handle): ServerResponse {
  const { name, ...rest } = JSON.parse(request.body) as Record<string, unknown>;
  const created = handle({ ...request, body: JSON.stringify(rest) });
  return { ...created, body: JSON.stringify({ ...JSON.parse(created.body), name }) };
}

const tooMany = (headers: ServerResponse["headers"]): ServerResponse => ({
  status: 429,
  headers: [["Content-Type", "application/scim+json"], ...headers],
  body: JSON.stringify({ schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: "429" }),
});

async function named(name: string) {
  const { defects } = await variationTables();
  const found = defects.find((defect) => defect.name === name);
  if (found === undefined) throw new Error(`no defect ${name}`);
  return [found];
}

function countsOf(report: Awaited<ReturnType<typeof loadVirtually>>): Partial<Record<FindingKind, number>> {
  if (report.reconciled.kind === "unknown") throw new Error(report.reconciled.why);
  return Object.fromEntries(Object.entries(report.reconciled.counts).filter(([, count]) => count > 0));
}

describe("a broken server is caught within 1,000 operations", () => {
  it("drop-1-percent: one create in a hundred is acknowledged and not kept; each is named", async () => {
    const server = await virtualServer({
      wrap: oneIn(100, (request, handle) => {
        const created = handle(request);
        const { id } = JSON.parse(created.body) as { id: string };
        handle({ ...request, method: "DELETE", target: `${request.target}/${id}`, body: "" });
        return created;
      }),
    });
    const report = await loadVirtually(planOf("create", thousand), library, server);
    expect(countsOf(report)).toEqual({ lost: 10 });
    expect(report.outcome).toMatchObject({ exitCode: 1, why: expect.stringContaining("10 lost") });
    const named = report.reconciled.kind === "done" ? report.reconciled.findings : [];
    expect(named).toHaveLength(10);
    expect(named.every(({ name, id }) => name.includes("scim-check-") && id !== undefined)).toBe(true);
  });

  it("one lost person in a thousand fails the run", async () => {
    const server = await virtualServer({
      wrap: oneIn(OPERATIONS, (request, handle) => {
        const created = handle(request);
        const { id } = JSON.parse(created.body) as { id: string };
        handle({ ...request, method: "DELETE", target: `${request.target}/${id}`, body: "" });
        return created;
      }),
    });
    const report = await loadVirtually(planOf("create", thousand), library, server);
    expect(countsOf(report)).toEqual({ lost: 1 });
    expect(report.outcome.exitCode).toBe(1);
  });

  it("apply-then-429: what was refused with 429 is there all the same", async () => {
    const server = await virtualServer({
      wrap: oneIn(50, (request, handle) => {
        handle(request);
        return tooMany([["Retry-After", "1"]]);
      }),
    });
    const report = await loadVirtually(planOf("create", thousand), library, server);
    expect(countsOf(report)).toEqual({ "applied-after-refusal": 20 });
    expect(report.throttling).toMatchObject({ refused: 20, appliedAllTheSame: 20 });
    expect(report.outcome).toMatchObject({
      exitCode: 1,
      why: expect.stringContaining("20 applied after refusal"),
    });
  });

  it("429-without-retry-after: Okta waits five minutes, and the report says how often", async () => {
    const server = await virtualServer({ wrap: oneIn(50, () => tooMany([])) });
    const plan = planOf("create", thousand, { thresholds: ["retry-after-absent == 0"] });
    const report = await loadVirtually(plan, library, server);
    expect(report.throttling.retryAfter).toMatchObject({ whole: 0, absent: 20 });
    expect(report.totals.deferred).toBe(20);
    expect(report.totals.errors).toBe(0);
    expect(report.thresholds[0]?.verdict).toBe("breached");
    expect(countsOf(report)).toEqual({});
    expect(report.outcome).toMatchObject({ exitCode: 1, why: "20 breaks retry-after-absent == 0." });
  });

  it("five minutes pass at sixty times the speed when that is asked for, and the report says so", async () => {
    const server = await virtualServer({ wrap: oneIn(50, () => tooMany([])) });
    const plan = planOf("create", [...thousand, { kind: "pause", forMs: 20_000 }, constant(1, 1)]);
    const report = await loadVirtually(plan, library, server, { timeScale: 60 });
    expect(report.throttling.timeScale).toBe(60);
    expect(report.totals.deferred).toBe(0);
    expect(report.throttling.letThroughAtTry[0]?.[0]).toBe(2);
  });

  it("retry-after-lies: it says 1 s, and everything is refused for 5 s", async () => {
    const lying = (handle: Handle, clock: Clock): Handle => {
      let creates = 0;
      let until = 0;
      return (request) => {
        creates += 1;
        if (creates === 500) until = clock.now() + 5_000;
        return clock.now() < until ? tooMany([["Retry-After", "1"]]) : handle(request);
      };
    };
    const plan = planOf("create", [constant(50, 20)], { thresholds: ["retry-after-broken == 0"] });
    const report = await loadVirtually(plan, library, await virtualServer({ wrap: lying }));
    expect(report.throttling.promises.broken).toBeGreaterThan(10);
    expect(report.thresholds[0]?.verdict).toBe("breached");
    expect(report.throttling.episodes[0]?.recoveredAfterMs).toBeGreaterThanOrEqual(5_000);
    expect(countsOf(report)).toEqual({});
    expect(report.outcome).toMatchObject({
      exitCode: 1,
      why: expect.stringMatching(/^\d+ breaks retry-after-broken == 0\.$/),
    });
  });

  it("a limit that is merely shared is no lie, and nothing is lost behind it", async () => {
    const server = await virtualServer({ perSecond: 40 });
    const plan = planOf("create", [constant(60, 5), { kind: "pause", forMs: 20_000 }, constant(1, 1)], {
      thresholds: ["retry-after-broken == 0", "retry-after-absent == 0"],
    });
    const report = await loadVirtually(plan, library, server);
    expect(report.throttling.refused).toBeGreaterThan(20);
    expect(report.throttling.promises.broken).toBe(0);
    expect(countsOf(report)).toEqual({});
    expect(report.outcome.exitCode).toBe(0);
  });

  it("lost-update: of adds that overlap on one group the last one wins; the missing are named", async () => {
    const server = await virtualServer({ variations: await named("lost-update-on-overlap") });
    const plan = planOf("onboarding/assign-oin", [{ kind: "burst", plays: 334, forMs: 5_000 }], {
      population: { users: 0, groups: 1, members: 0 },
    });
    const report = await loadVirtually(plan, library, server);
    expect(report.totals).toMatchObject({ requests: 1_002, errors: 0 });
    const { "missing-members": missing = 0, ...others } = countsOf(report);
    expect(missing).toBeGreaterThan(0);
    expect(others).toEqual({});
    const [finding] = report.reconciled.kind === "done" ? report.reconciled.findings : [];
    expect(finding?.members?.length).toBeGreaterThan(0);
    expect(report.outcome).toMatchObject({
      exitCode: 1,
      why: expect.stringContaining(`${missing} missing members`),
    });
  });

  it("duplicate-on-race: two creates of one name each make a person", async () => {
    const server = await virtualServer({ variations: await named("race-makes-several-users") });
    const report = await loadVirtually(planOf("race", [constant(100, 5)]), library, server);
    expect(report.totals.requests).toBe(1_000);
    expect(countsOf(report)).toEqual({ doubled: 500 });
    expect(report.outcome).toMatchObject({ exitCode: 1, why: expect.stringContaining("500 doubled") });
  });

  it("half-made-group: a group is made without the members it was acknowledged with", async () => {
    const server = await virtualServer({ variations: await named("group-create-drops-members") });
    const plan = planOf("group-with-members", thousand, {
      population: { users: 10, groups: 0, members: 0 },
    });
    const report = await loadVirtually(plan, library, server);
    expect(countsOf(report)).toEqual({ "half-made": 1_000, "missing-members": 2_000 });
    expect(report.outcome).toMatchObject({ exitCode: 1, why: expect.stringContaining("1000 half made") });
  });

  it("half-made person: one create in a hundred is kept without the name it was acknowledged with", async () => {
    const server = await virtualServer({ wrap: oneIn(100, nameless) });
    const report = await loadVirtually(planOf("create", thousand), library, server);
    expect(countsOf(report)).toEqual({ "half-made": 10 });
    if (report.reconciled.kind === "unknown") throw new Error(report.reconciled.why);
    expect(report.reconciled.findings[0]).toMatchObject({
      collection: "Users",
      id: expect.any(String),
      detail: expect.stringMatching(
        /was acknowledged; this person is there without name, which the others have/,
      ),
    });
    expect(report.outcome.exitCode).toBe(1);
  });

  it("resurrected: a delete is acknowledged and not carried out", async () => {
    const keeping = (handle: Handle): Handle => {
      let deletes = 0;
      return (request) => {
        if (request.method !== "DELETE") return handle(request);
        deletes += 1;
        return deletes % 100 === 0 ? { status: 204, headers: [], body: "" } : handle(request);
      };
    };
    const server = await virtualServer({ wrap: keeping });
    const report = await loadVirtually(planOf("create-and-delete", thousand), library, server);
    expect(countsOf(report)).toEqual({ resurrected: 10 });
  });

  it("wrong-state: a deactivation is acknowledged and not carried out", async () => {
    const keeping = (handle: Handle): Handle => {
      let patches = 0;
      return (request) => {
        if (request.method !== "PATCH" || !request.target.includes("/Users/")) return handle(request);
        patches += 1;
        return patches % 10 === 0 ? { status: 204, headers: [], body: "" } : handle(request);
      };
    };
    const plan = planOf("offboarding/leave-oin", [constant(50, 2)], {
      population: { users: 200, groups: 2, members: 100 },
    });
    const report = await loadVirtually(plan, library, await virtualServer({ wrap: keeping }));
    expect(countsOf(report)).toEqual({ "wrong-state": 10 });
  });
});

/** Shows groups as AWS does, with an empty list of members, or, where nothing is documented, with none. */
function withoutMembers(handle: Handle, { noMembersBecause }: DocumentedState): Handle {
  return (request) => {
    const answer = handle(request);
    if (request.method !== "GET" || !request.target.includes("/Groups/")) return answer;
    const { members: _members, ...group } = JSON.parse(answer.body) as Record<string, unknown>;
    const shown = noMembersBecause === undefined ? group : { ...group, members: [] };
    return { ...answer, body: JSON.stringify(shown) };
  };
}

/** Shows some people of a list without their names. */
const terse = (handle: Handle): Handle => {
  return (request) => {
    const answer = handle(request);
    if (request.method !== "GET" || !request.target.includes("startIndex=")) return answer;
    const body = JSON.parse(answer.body) as { Resources: Record<string, unknown>[] };
    const shown = body.Resources.map(({ name, ...rest }, at) => (at % 50 === 0 ? rest : { ...rest, name }));
    return { ...answer, body: JSON.stringify({ ...body, Resources: shown }) };
  };
};

describe("a sound server raises no alarm", () => {
  it.each([
    ["keeps no names of anybody", oneIn(1, nameless)],
    ["leaves names out of a list and shows them in a read", terse],
  ])("when it %s: nobody is half-made", async (_what, wrap) => {
    const server = await virtualServer({ wrap });
    const report = await loadVirtually(planOf("create", [constant(100, 2)]), library, server);
    expect(countsOf(report)).toEqual({});
  });

  it("when it is not known of everybody what they were created with", () => {
    const body = library.userBody;
    const create = library.scenarios.find(({ id }) => id === "create");
    if (create === undefined) throw new Error("no scenario create");
    expect(attributesOfPeople([create], body)).toEqual(["name", "emails", "displayName", "externalId"]);
    const race = library.scenarios.find(({ id }) => id === "race");
    if (race === undefined) throw new Error("no scenario race");
    expect(attributesOfPeople([create, race], body)).toEqual([]);
    expect(attributesOfPeople([], { kind: "object", entries: [] })).toEqual([]);
  });

  it("with creates, updates, leaves of absence and memberships going on at once", async () => {
    const plan = planOf(
      ["onboarding/assign-oin", "steady/update", "steady/suspend-oin", "steady/join-and-leave-oin"],
      [constant(500, 2)],
      { population: { users: 300, groups: 3, members: 50 } },
    );
    const report = await loadVirtually(plan, library, await virtualServer());
    expect(countsOf(report)).toEqual({});
    expect(report.broken).toEqual([]);
    expect(report.totals.errors).toBe(0);
    expect(report.outcome.exitCode).toBe(0);
  });

  it("that answers nothing now and then: nobody can say what became of it, so nobody is accused", async () => {
    let requests = 0;
    const server = await virtualServer({
      latency: () => {
        requests += 1;
        return requests % 20 === 0 ? 70_000 : 1;
      },
    });
    const plan = planOf(["onboarding/assign-oin", "create-and-delete"], [constant(50, 10)], {
      population: { users: 0, groups: 2, members: 0 },
      maxInFlight: 5_000,
    });
    const report = await loadVirtually(plan, library, server);
    expect(countsOf(report)).toEqual({});
    if (report.reconciled.kind === "done") expect(report.reconciled.unsure).toBeGreaterThan(5);
    expect(report.totals.errors).toBeGreaterThan(5);
  });

  it("whose reads lag behind its writes gets its settle time", async () => {
    const lagging = (handle: Handle, clock: Clock): Handle => {
      let first: number | undefined;
      return (request) => {
        const reply = handle(request);
        if (request.method !== "GET" || !request.target.includes("startIndex=1&count=200")) return reply;
        first ??= clock.now();
        if (clock.now() - first > 1_500) return reply;
        const body = JSON.parse(reply.body) as { Resources: unknown[]; totalResults: number };
        const shown = body.Resources.slice(0, -1);
        return { ...reply, body: JSON.stringify({ ...body, Resources: shown, totalResults: shown.length }) };
      };
    };
    const plan = planOf("create-and-delete", [constant(10, 2)]);
    const creates = planOf("create", [constant(10, 2)]);
    const patient = await loadVirtually(creates, library, await virtualServer({ wrap: lagging }), {
      settleMs: 5_000,
    });
    expect(countsOf(patient)).toEqual({});
    expect(patient.reconciled).toMatchObject({ kind: "done" });
    if (patient.reconciled.kind === "done") expect(patient.reconciled.settledAfterMs).toBeGreaterThan(1_000);
    expect(
      (await loadVirtually(plan, library, await virtualServer(), { settleMs: 5_000 })).outcome.exitCode,
    ).toBe(0);
  });

  it("that was too busy while the population was built has broken no promise in the load", async () => {
    const plan = planOf("steady/update", [{ kind: "pause", forMs: 2_000 }, constant(2, 5)], {
      population: { users: 60, groups: 0, members: 0 },
      thresholds: ["retry-after-broken == 0"],
    });
    const report = await loadVirtually(plan, library, await virtualServer({ perSecond: 10 }));
    expect(report.throttling).toMatchObject({
      refused: 0,
      retryAfter: { whole: 0, absent: 0 },
      promises: { kept: 0, shared: 0, broken: 0, notJudged: 0 },
    });
    expect(report.thresholds[0]?.verdict).toBe("unknown");
  });

  it.each([
    ["as its documentation says", documentedState],
    ["whatever it shows of them in no group", () => ({})],
  ])("whose groups show no members leaves open who is in which, %s", async (_how, documented) => {
    const profile = await profileNamed("aws-iam-identity-center");
    const empties = (handle: Handle): Handle => withoutMembers(handle, documented(profile));
    const server = await virtualServer({ wrap: empties });
    const plan = planOf("onboarding/assign-oin", [constant(10, 2)], {
      population: { users: 0, groups: 2, members: 0 },
      thresholds: ["lost == 0", "missing-members == 0"],
    });
    const report = await loadVirtually(plan, library, server, { documented: documented(profile) });
    expect(countsOf(report)).toEqual({});
    expect(report.thresholds.map(({ verdict }) => verdict)).toEqual(["met", "unknown"]);
    expect(report.outcome).toMatchObject({ exitCode: 3, why: expect.stringContaining("members") });
  });

  it("whose lost people are lost all the same where it shows no members", async () => {
    const server = await virtualServer({
      wrap: (handle) =>
        withoutMembers(
          oneIn(10, (request, inner) => {
            const created = inner(request);
            const { id } = JSON.parse(created.body) as { id: string };
            inner({ ...request, method: "DELETE", target: `${request.target}/${id}`, body: "" });
            return created;
          })(handle),
          {},
        ),
    });
    const plan = planOf("onboarding/assign-oin", [constant(10, 2)], {
      population: { users: 0, groups: 1, members: 0 },
    });
    const report = await loadVirtually(plan, library, server);
    expect(countsOf(report)).toEqual({ lost: 2 });
    expect(report.outcome.exitCode).toBe(1);
  });

  it("that documents that whoever is deactivated is gone, and whoever is deleted stays, keeps its word", async () => {
    const profile = await profileNamed("gitlab");
    const vanishing = (handle: Handle): Handle => {
      return (request) => {
        const isLeave = request.method === "PATCH" && request.body.includes("false");
        const answer = handle(request);
        if (isLeave) handle({ ...request, method: "DELETE", body: "" });
        return answer;
      };
    };
    const plan = planOf("offboarding/leave-oin", [constant(10, 2)], {
      population: { users: 40, groups: 1, members: 20 },
    });
    const wrap = { wrap: vanishing };
    const told = await loadVirtually(plan, library, await virtualServer(wrap), {
      documented: documentedState(profile),
    });
    expect(countsOf(told)).toEqual({});
    expect(countsOf(await loadVirtually(plan, library, await virtualServer(wrap)))).toEqual({ lost: 20 });
    const slack = documentedState(await profileNamed("slack"));
    const staying = await virtualServer({
      wrap: (handle) => (request) =>
        request.method === "DELETE" ? { status: 204, headers: [], body: "" } : handle(request),
    });
    const deletes = planOf("create-and-delete", [constant(10, 2)]);
    expect(countsOf(await loadVirtually(deletes, library, staying, { documented: slack }))).toEqual({});
  });

  it("whose list cannot be read makes the state unknown, never lost", async () => {
    const wrap =
      (handle: Handle): Handle =>
      (request) =>
        request.method === "GET" && request.target.includes("startIndex=1&count=200")
          ? { status: 500, headers: [], body: "" }
          : handle(request);
    const plan = planOf("create", [constant(10, 2)], { thresholds: ["lost == 0"] });
    const report = await loadVirtually(plan, library, await virtualServer({ wrap }));
    expect(report.reconciled.kind).toBe("unknown");
    expect(report.thresholds[0]?.verdict).toBe("unknown");
    expect(report.outcome.exitCode).toBe(3);
  });

  it("whose list skips somebody who can be read makes the state unknown too", async () => {
    const wrap =
      (handle: Handle): Handle =>
      (request) => {
        const reply = handle(request);
        if (request.method !== "GET" || !request.target.includes("startIndex=1&count=200")) return reply;
        const body = JSON.parse(reply.body) as { Resources: unknown[]; totalResults: number };
        const shown = body.Resources.slice(1);
        return { ...reply, body: JSON.stringify({ ...body, Resources: shown, totalResults: shown.length }) };
      };
    const report = await loadVirtually(
      planOf("create", [constant(10, 2)]),
      library,
      await virtualServer({ wrap }),
    );
    expect(report.reconciled).toMatchObject({ kind: "unknown" });
  });
});
