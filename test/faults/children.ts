import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seededRandom } from "../../src/model/clock.ts";
import { createReferenceServer, listen } from "../../src/reference-server/index.ts";
import { systemClock } from "../../src/wiring/system-clock.ts";
import type { Fault, Struck } from "./fault.ts";
import { type Decide, faultyProxy } from "./proxy.ts";
import { STRIKING } from "./table.ts";
import { TOKEN } from "./trial.ts";

const BIN = fileURLToPath(new URL("../../bin/scim-check.js", import.meta.url));

/** Tells the parent, on the way out, how much memory the process held at most. In kilobytes, whatever the system. */
const METER = `data:text/javascript,${encodeURIComponent(
  'process.on("exit", () => process.stderr.write("maxRSS " + process.resourceUsage().maxRSS + String.fromCharCode(10)));',
)}`;

/** One run of the built command line against a faulty server, in a process of its own. */
export interface Child {
  readonly name: string;
  readonly decide: Decide;
  readonly args: readonly string[];
  readonly expected: number;
  /** Milliseconds that its own limits allow for; absent where it is not about time. */
  readonly limitMs?: number;
}

export interface Measured extends Pick<Child, "name" | "expected" | "limitMs"> {
  readonly exitCode: number | null;
  /** The highest resident memory, in MB of a million bytes. */
  readonly megabytes: number;
  readonly ms: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What the sound server behind the fault still holds. */
  readonly left: number;
}

const isCredentialTest = (target: string) => target.endsWith("/Users?startIndex=1&count=2");

/** Strikes everything but the credential test, so that the run goes on. */
const everythingElse =
  (strike: (struck: Struck) => void): Decide =>
  ({ target }) =>
    isCredentialTest(target) ? undefined : strike;

const EXIT = { fail: 1, unknown: 3, pass: 0 } as const;
const SCENARIO = ["--scenario", "okta/look-up/*", "--okta-app", "oin"];

function heavy(fault: Fault & Required<Pick<Fault, "strike">>): Child {
  return {
    name: fault.name,
    decide: everythingElse(fault.strike),
    args: [...SCENARIO, "--timeout", fault.preflight === "timed-out" ? "500ms" : "60s", "--deadline", "3m"],
    expected: EXIT[fault.verdict],
  };
}

export const CHILDREN: readonly Child[] = [
  ...STRIKING.filter(({ isHeavy }) => isHeavy === true).map(heavy),
  {
    name: "says nothing, --deadline 2s",
    decide: everythingElse(() => {}),
    args: [...SCENARIO, "--deadline", "2s"],
    expected: 3,
    // The deadline, the grace for clean-up, a second, and what Node.js takes to start.
    limitMs: 2_000 + 5_000 + 1_000 + 1_500,
  },
];

/** Runs one child to its end. */
export async function measureChild(child: Child): Promise<Measured> {
  const server = createReferenceServer({ clock: systemClock(), random: seededRandom(1), token: TOKEN });
  const behind = await listen(server);
  const proxy = await faultyProxy(Number(new URL(behind.url).port), child.decide);
  const startedAt = performance.now();
  try {
    const told = await new Promise<Pick<Measured, "exitCode" | "stdout" | "stderr">>((resolve, reject) => {
      const run = spawn(
        process.execPath,
        ["--import", METER, BIN, "run", "--url", `http://127.0.0.1:${proxy.port}/scim/v2`, ...child.args],
        {
          env: {
            PATH: process.env.PATH ?? "",
            HOME: process.env.HOME ?? "",
            SCIM_TOKEN: TOKEN,
            XDG_STATE_HOME: mkdtempSync(join(tmpdir(), "scim-check-faults-")),
          },
          stdio: ["ignore", "pipe", "pipe"],
        },
      );
      let [stdout, stderr] = ["", ""];
      run.stdout.on("data", (bytes) => {
        stdout += bytes;
      });
      run.stderr.on("data", (bytes) => {
        stderr += bytes;
      });
      run.on("error", reject);
      run.on("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
    });
    const { users, groups } = server.counts();
    return {
      ...told,
      name: child.name,
      expected: child.expected,
      ...(child.limitMs === undefined ? {} : { limitMs: child.limitMs }),
      megabytes: Math.round((Number(/maxRSS (\d+)/.exec(told.stderr)?.[1] ?? Number.NaN) * 1_024) / 1e6),
      ms: performance.now() - startedAt,
      left: users + groups,
    };
  } finally {
    await proxy.close();
    await behind.close();
  }
}

/** Runs every child, one after the other, so that each has the machine to itself. */
export async function measureChildren(): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  for (const child of CHILDREN) measured.push(await measureChild(child));
  return measured;
}
