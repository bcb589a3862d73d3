import { beforeAll, describe, expect, it } from "vitest";
import type { LoadReport } from "../../src/model/load.ts";
import { LOAD_REPORT_FORMATS } from "../../src/model/report-format.ts";
import type { ServerResponse } from "../../src/reference-server/message.ts";
import { FORMATS } from "../../src/report/formats.ts";
import { capacitySection } from "../../src/report/html/load/capacity.ts";
import { comparedSection } from "../../src/report/html/load/compared.ts";
import { changeText, comparisonRemarks } from "../../src/report/load/compared.ts";
import { renderLoadText } from "../../src/report/load/text.ts";
import { constant, loadVirtually, planOf, testLibrary, virtualServer } from "./virtual-load.ts";

let report: LoadReport;
let library: Awaited<ReturnType<typeof testLibrary>>;
beforeAll(async () => {
  library = await testLibrary();
  report = await loadVirtually(planOf("create", [constant(5, 2)]), library, await virtualServer());
}, 60_000);

describe("two runs held against each other", () => {
  it("say nothing of it when they played the same thing, whatever the thresholds were", () => {
    const other = { ...report, plan: { ...report.plan, fingerprint: "another", thresholds: [] } };
    expect(comparisonRemarks(report, other)).toEqual([]);
  });

  it("say what differs, in text and on the page, and that one machine did not keep up", () => {
    const before: LoadReport = {
      ...report,
      target: { ...report.target, url: "https://old.example.com/scim" },
      plan: { ...report.plan, seed: 2, warmUpMs: 5_000 },
      generator: { ...report.generator, limited: true, why: ["it was busy"] },
    };
    const text = renderLoadText(report, { baseline: before }).replace(/\s+/g, " ");
    const page = comparedSection(report, before).html;
    for (const shown of [text, page]) {
      expect(shown).toContain("What differs: target, warm-up, seed.");
      expect(shown).toContain("In one of them this machine did not keep up.");
    }
  });

  it.each([
    [10, 10, ""],
    [0, 10, ""],
    [10, 11.25, "+12.5 %"],
    [10, 7, "−30 %"],
    [3.19, 45.7, "+1,333 %"],
  ])("changed from %d to %d are said to be %j apart", (before, now, text) => {
    expect(changeText(before, now)).toBe(text);
  });
});

describe("what a load says", () => {
  it.each([60, 72, 80])("fits a terminal of %i columns, with the names of operations whole", (width) => {
    const id = "steady/join-and-leave-oin/leave";
    const first = report.operations.find(({ requests }) => requests > 0);
    if (first === undefined) throw new Error("nothing was played");
    const operation = { ...first, id, requests: 1_234_567 };
    const long: LoadReport = {
      ...report,
      operations: [operation],
      broken: [{ claim: "OKTA-MEMBER-02.applied", operation: id, judged: 1_234_567, broken: 1_234 }],
      thresholds: [
        {
          text: `${id}.response.p99.9 < 300ms`,
          place: { file: "plan.yaml", line: 1, column: 1 },
          metric: { kind: "time", of: "response", stat: "percentile", percentile: 99.9 },
          comparison: "<",
          limit: 300,
          verdict: "breached",
          observed: 1_345,
          why: "it was 1,345 ms",
        },
      ],
    };
    const lines = renderLoadText(long, { width, baseline: long }).split("\n");
    expect(lines.filter((line) => line.length > width)).toEqual([]);
    const text = lines.join("\n").replaceAll(/\s+/g, " ");
    expect(text).toContain(`${id}: 1,234,567 requests,`);
    expect(text).toContain(`OKTA-MEMBER-02.applied at ${id}: 1,234 of 1,234,567`);
    expect(text).toContain(`${id}.response.p99.9 < 300ms it was 1,345 ms`);
    expect(text).toMatch(new RegExp(`${id} p99:? `));
  });

  it("has a form in each of the formats that its help names, and in no other", () => {
    const forms = FORMATS.filter(({ renderLoad }) => renderLoad !== undefined).map(({ name }) => name);
    expect(forms).toEqual(LOAD_REPORT_FORMATS);
  });

  it("of a search for the capacity is the answer and every rate that was tried, on the page as in text", () => {
    const trial = { phase: "confirm", rate: 13.16, achievedRate: 13.5, errorShare: 0, p99Ms: 5.76 } as const;
    const capacity = {
      rate: 13.16,
      peoplePerHour: 47_376,
      brokeAt: 14.6,
      gaveWay: "8.57 % breaks 429.rate < 1%",
      limitedByGenerator: false,
      trials: [{ ...trial, verdict: "met" as const, why: [] }],
    };
    const page = capacitySection({ ...report, capacity }).html.replace(/<[^>]*>/g, " ");
    const text = renderLoadText({ ...report, capacity }, {}).replace(/\s+/g, " ");
    for (const shown of [page, text]) {
      expect(shown).toContain("13.2/s plays held: about 47,376 people an hour can be onboarded");
      expect(shown).toMatch(/at 14.6\/s: 8.57 % breaks 429.rate (<|&lt;) 1%/);
      expect(shown).toMatch(/confirm +13.2\/s +13.5\/s +met +5.76 ms/);
    }
  });

  it("of times is nothing where nothing was measured", async () => {
    const stopped = await loadVirtually(planOf("create", [constant(5, 2)]), library, await virtualServer(), {
      signal: AbortSignal.abort(),
    });
    expect(renderLoadText(stopped, {})).toMatch(/response +nothing was measured/);
  });

  it("of refusals in the warm-up is how many more there were: the figures add up", async () => {
    const tooMany: ServerResponse = { status: 429, headers: [["Retry-After", "1"]], body: "" };
    let creates = 0;
    const server = await virtualServer({
      wrap: (handle) => (request) => {
        if (request.method !== "POST") return handle(request);
        creates += 1;
        return creates % 2 === 0 ? tooMany : handle(request);
      },
    });
    const plan = planOf("create", [constant(10, 4)], { warmUpMs: 2_000 });
    const throttled = await loadVirtually(plan, library, server);
    const { refused, retryAfter } = throttled.throttling;
    expect(retryAfter.whole).toBeGreaterThan(refused);
    const text = renderLoadText(throttled, {}).replace(/\s+/g, " ");
    expect(text).toContain(`and ${retryAfter.whole - refused} outside the measured part`);
    expect(text).toContain(`whole seconds in ${retryAfter.whole} (1 s)`);
  });

  it("of who was compared leaves out who was refused, and is not there", async () => {
    let creates = 0;
    const server = await virtualServer({
      wrap: (handle) => (request) => {
        if (request.method !== "POST") return handle(request);
        creates += 1;
        return creates % 2 === 0 ? { status: 400, headers: [], body: "" } : handle(request);
      },
    });
    const half = await loadVirtually(planOf("create", [constant(10, 2)]), library, server);
    expect(half.reconciled).toMatchObject({ kind: "done", users: 10 });
  });

  it("of members counts them, and the groups that it names", async () => {
    const server = await virtualServer({
      wrap: (handle) => (request) =>
        request.method === "PATCH" ? { status: 204, headers: [], body: "" } : handle(request),
    });
    const plan = planOf("onboarding/assign-oin", [constant(10, 2)], {
      population: { users: 0, groups: 2, members: 0 },
    });
    const text = renderLoadText(await loadVirtually(plan, library, server), {});
    expect(text).toContain("20 missing members (in 2 groups by name)");
  });
});
