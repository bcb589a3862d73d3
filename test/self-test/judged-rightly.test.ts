import { describe, expect, it } from "vitest";
import { BadInput } from "../../src/model/problem.ts";
import type { SelfTestReport } from "../../src/model/self-test.ts";
import type { Defect } from "../../src/reference-server/defects/defect.ts";
import type { Handle } from "../../src/reference-server/message.ts";
import type { Quirk } from "../../src/reference-server/quirks/quirk.ts";
import { soundVariations } from "../../src/reference-server/sound-variations.ts";
import { renderSelfTest, selfTest } from "../../src/wiring/self-test.ts";

const deletesWith200 =
  (handle: Handle): Handle =>
  (request) => {
    const response = handle(request);
    return request.method === "DELETE" && response.status === 204 ? { ...response, status: 200 } : response;
  };

const breaksCreates =
  (handle: Handle): Handle =>
  (request) => {
    const response = handle(request);
    return request.method === "POST" && response.status === 201 ? { ...response, status: 418 } : response;
  };

const defect = (over: Partial<Defect>): Defect => ({
  name: "fake-defect",
  title: "A defect made for this test",
  layer: "app",
  target: ["OKTA-GROUP-DELETE-01.no-content"],
  also: [],
  make: () => ({}),
  ...over,
});

const quirk = (over: Partial<Quirk>): Quirk => ({
  name: "fake-quirk",
  title: "A quirk made for this test",
  layer: "app",
  permittedBy: "this test",
  make: () => ({}),
  ...over,
});

const tried = (tables: { readonly defects?: readonly Defect[]; readonly quirks?: readonly Quirk[] }) =>
  selfTest({ seed: 1, tables: { sound: [], defects: [], quirks: [], ...tables } });

const trialOf = ({ trials }: SelfTestReport, name: string) => trials.find((trial) => trial.name === name);

describe("the self-test", () => {
  it("reports a defect that nobody caught, by its claim, and exits 1", async () => {
    const report = await tried({ defects: [defect({})] });
    expect(trialOf(report, "fake-defect")?.survivors).toEqual(["OKTA-GROUP-DELETE-01.no-content"]);
    expect(report.counts.survivors).toBe(1);
    expect(report.outcome.exitCode).toBe(1);
    const text = await renderSelfTest(report, "text");
    expect(text).toContain("✗ fake-defect");
    expect(text).toContain("survived: OKTA-GROUP-DELETE-01.no-content");
  });

  it("reports what a defect breaks beyond its lists, with what was seen", async () => {
    const report = await tried({ defects: [defect({ make: () => ({ wrap: breaksCreates }), target: [] })] });
    const unexpected = trialOf(report, "fake-defect")?.unexpected ?? [];
    expect(unexpected.find(({ claim }) => claim.startsWith("OKTA-CREATE-"))?.seen).toContain("was 418");
    expect(report.outcome.exitCode).toBe(1);
  });

  it("lets a defect break what it says that it breaks besides", async () => {
    const first = await tried({ defects: [defect({ make: () => ({ wrap: deletesWith200 }), target: [] })] });
    const failed = trialOf(first, "fake-defect")?.failed.map(({ claim }) => claim) ?? [];
    expect(failed.length).toBeGreaterThan(0);
    const [target = "", ...others] = failed;
    const also = others.map((claim) => ({ claim, why: "it is about the same answer" }));
    const report = await tried({
      defects: [defect({ make: () => ({ wrap: deletesWith200 }), target: [target], also })],
    });
    expect(trialOf(report, "fake-defect")?.problems).toEqual([]);
    expect(report.outcome.exitCode).toBe(0);
  });

  it("reports a must that fails on a quirk as a false alarm, and exits 1", async () => {
    const report = await tried({ quirks: [quirk({ make: () => ({ wrap: breaksCreates }) })] });
    expect(trialOf(report, "fake-quirk")?.falseAlarms.map(({ level }) => level)).toContain("must");
    expect(report.counts.falseAlarms).toBeGreaterThan(0);
    expect(report.outcome.exitCode).toBe(1);
    expect(await renderSelfTest(report, "text")).toContain("blamed: OKTA-");
  });

  it("tries several quirks at once, and tells which they were", async () => {
    const quirks = ["one", "two", "three"].map((name) => quirk({ name }));
    const spoilt = quirk({ name: "four", make: () => ({ wrap: breaksCreates }) });
    const report = await tried({ quirks: [...quirks, spoilt] });
    const sets = report.trials.filter(({ kind }) => kind === "quirk-set");
    expect(sets.length).toBeGreaterThan(3);
    for (const set of sets) {
      expect(set.falseAlarms.length > 0, set.title).toBe(set.variations.includes("four"));
    }
  });

  it("finds fault with a sound server that is not, with claims nobody could show, and with what is left behind", async () => {
    const [sound] = soundVariations;
    if (sound === undefined) throw new Error("there is no sound server");
    const keepsEverything =
      (handle: Handle): Handle =>
      (request) =>
        request.method === "DELETE" ? { status: 204, headers: [], body: "" } : handle(request);
    const spoilt = { ...sound, make: () => ({ wrap: keepsEverything }) };
    const report = await selfTest({ seed: 1, tables: { sound: [spoilt], defects: [], quirks: [] } });
    const problems = trialOf(report, "sound")?.problems.join("\n") ?? "";
    expect(problems).toContain("OKTA-GROUP-DELETE-01.gone: fail on a sound server");
    expect(problems).toContain("resources were still there after clean-up");
    expect(problems).toContain("passed on no permitted server");
    expect(report.outcome.exitCode).toBe(1);
  });

  it("reports a server that cannot even be made as a problem of that trial, and goes on", async () => {
    const broken = defect({
      name: "broken",
      make: () => {
        throw new Error("no such luck");
      },
    });
    const report = await tried({ defects: [broken, defect({})] });
    expect(trialOf(report, "broken")?.problems[0]).toContain("no such luck");
    expect(report.trials).toHaveLength(2);
  });

  it("plays what needs a socket over one", async () => {
    const headers: string[] = [];
    const onTheWire = quirk({
      layer: "wire",
      make: () => ({
        write: (outgoing, reply, sound) => {
          headers.push(String(outgoing.req.headers.host));
          sound(reply);
        },
      }),
    });
    const report = await tried({ quirks: [onTheWire] });
    expect(headers.length).toBe(report.trials[0]?.requests);
    expect(headers[0]).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(trialOf(report, "fake-quirk")?.problems).toEqual([]);
  });

  it("stops when it is told to, and says so", async () => {
    const stop = new AbortController();
    stop.abort();
    const report = await selfTest({
      seed: 1,
      signal: stop.signal,
      tables: { sound: [], defects: [defect({})], quirks: [] },
    });
    expect(report.outcome.exitCode).toBe(130);
    expect(report.trials).toEqual([]);
  });

  it("refuses names it does not know before it plays anything", async () => {
    await expect(selfTest({ defect: ["no-such-defect"], quirk: ["no-such-quirk"] })).rejects.toThrow(
      BadInput,
    );
  });
});
