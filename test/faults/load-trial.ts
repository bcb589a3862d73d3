import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "../../src/index.ts";
import { seededRandom } from "../../src/model/clock.ts";
import { createReferenceServer, listen } from "../../src/reference-server/index.ts";
import { systemClock } from "../../src/wiring/system-clock.ts";
import type { Fault } from "./fault.ts";
import { faultyProxy } from "./proxy.ts";
import { TOKEN } from "./trial.ts";

type Striking = Fault & Required<Pick<Fault, "strike">>;

/** What a second of load brought while a fault struck, and everything about it that is not as it has to be. */
export interface LoadCell {
  readonly fault: string;
  readonly exitCode: number;
  readonly struck: number;
  readonly tookMs: number;
  /** Whole sentences; none when all is well. */
  readonly wrong: readonly string[];
}

const FOR_MS = 1_000;
/** Where the server stalls; elsewhere nothing is to time out on a busy machine. */
const STALL_TIMEOUT_MS = 3_000;
const TIMEOUT_MS = 30_000;
/** The build of the population, the warm-up, what is under way at the end, the reading back and the clean-up. */
const USUAL_MS = 60_000;

/**
 * Plays the plan `smoke` for a second against a server whose every answer to a PUT is struck: the people are there
 * by then, and a quarter of the plays meets the fault.
 */
export async function tryLoad(fault: Striking): Promise<LoadCell> {
  const server = createReferenceServer({ clock: systemClock(), random: seededRandom(1), token: TOKEN });
  const behind = await listen(server);
  const proxy = await faultyProxy(Number(new URL(behind.url).port), ({ method }) =>
    method === "PUT" ? fault.strike : undefined,
  );
  const folder = mkdtempSync(join(tmpdir(), "scim-check-faults-"));
  const startedAt = performance.now();
  try {
    const options = {
      url: `http://127.0.0.1:${proxy.port}/scim/v2`,
      token: TOKEN,
      for: FOR_MS,
      playRate: 20,
      warmUp: 0,
      users: 6,
      groups: 1,
      members: 2,
      timeout: fault.preflight === "timed-out" ? STALL_TIMEOUT_MS : TIMEOUT_MS,
      // A busy machine may start plays late; what is asked here is what became of them.
      threshold: ["errors.rate < 1%", "lost == 0"],
    };
    const report = await load("smoke", options, { stateFolder: folder });
    const tookMs = performance.now() - startedAt;
    for (let look = 0; look < 100 && proxy.open() > 0; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const { exitCode } = report.outcome;
    const { users, groups } = server.counts();
    const wrong: string[] = [];
    if (proxy.struck() === 0) wrong.push("the fault struck nothing");
    if (proxy.open() > 0) wrong.push(`${proxy.open()} connections were left open`);
    if (users + groups > 0) wrong.push(`${users} people and ${groups} groups were left behind`);
    if (tookMs > USUAL_MS) wrong.push(`it took ${Math.round(tookMs)} ms`);
    const expected = fault.races === true ? [0, 1] : fault.verdict === "pass" ? [0] : [1];
    if (!expected.includes(exitCode)) wrong.push(`exit ${exitCode} instead of ${expected.join(" or ")}`);
    if (JSON.stringify(report).includes(TOKEN)) wrong.push("the report shows the token");
    return { fault: fault.name, exitCode, struck: proxy.struck(), tookMs, wrong };
  } finally {
    await proxy.close();
    await behind.close();
    rmSync(folder, { recursive: true });
  }
}
