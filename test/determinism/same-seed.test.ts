import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type RunReport, run } from "../../src/index.ts";
import { seededRandom } from "../../src/model/clock.ts";
import { createReferenceServer, listen, type ServerRequest } from "../../src/reference-server/index.ts";
import { systemClock } from "../../src/wiring/system-clock.ts";

const stateFolder = mkdtempSync(join(tmpdir(), "scim-check-same-seed-"));
afterAll(() => rmSync(stateFolder, { recursive: true, force: true }));

/** A run against a fresh server that is the same every time, and everything that was asked of it. */
async function played(
  seed: number,
): Promise<{ readonly report: RunReport; readonly asked: readonly ServerRequest[] }> {
  const asked: ServerRequest[] = [];
  const server = createReferenceServer({
    clock: systemClock(),
    random: seededRandom(7),
    wrap: (handle) => (request) => {
      asked.push(request);
      return handle(request);
    },
  });
  const at = await listen(server);
  try {
    const options = { url: at.url, noAuth: true, seed, concurrency: 1, settle: 0, largeGroup: 120 };
    return { report: await run(options, { stateFolder, runId: "5ame5d" }), asked };
  } finally {
    await at.close();
  }
}

/** A report without what is never the same twice: times, and the port. */
function lasting(report: RunReport): string {
  return JSON.stringify(
    report,
    (key, value: unknown) =>
      /^(startedAt|firstByteMs|totalMs|durationMs|timing)$/.test(key) ? undefined : value,
    1,
  )
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, "a time")
    .replaceAll(/[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT/g, "a date")
    .replaceAll(/127\.0\.0\.1:\d+/g, "the server")
    .replaceAll(/\b\d+(\.\d+)? ms\b/g, "some ms");
}

/** A request without the port and without times that a server's answer has put into it. */
const line = ({ method, target, headers, body }: ServerRequest) =>
  [
    method,
    target,
    ...headers.filter(([name]) => name.toLowerCase() !== "host").map(([name, value]) => `${name}: ${value}`),
    body,
  ]
    .join("\n")
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, "a time")
    .replaceAll(/127\.0\.0\.1:\d+/g, "the server");

describe("two runs with the same seed and run id", () => {
  it("send the same bytes to the same server, and report the same but for times", async () => {
    const [one, other] = [await played(1), await played(1)];
    expect(one.asked.length).toBeGreaterThan(500);
    expect(other.asked.map(line)).toEqual(one.asked.map(line));
    expect(lasting(other.report)).toBe(lasting(one.report));
  });

  it("need a run id that can stand in names", async () => {
    await expect(run({ embedded: true }, { runId: "../etc" })).rejects.toMatchObject({
      problems: [{ what: '"../etc" cannot name a run.' }],
    });
  });
});
