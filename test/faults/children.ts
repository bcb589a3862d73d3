import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seededRandom } from "../../src/model/clock.ts";
import type { RunReport } from "../../src/model/report.ts";
import { createReferenceServer, listen } from "../../src/reference-server/index.ts";
import { systemClock } from "../../src/wiring/system-clock.ts";
import { type Fault, type Struck, whole } from "./fault.ts";
import { type Decide, faultyProxy } from "./proxy.ts";
import { STRIKING } from "./table.ts";
import { TOKEN } from "./trial.ts";

const BIN = fileURLToPath(new URL("../../bin/scim-check.js", import.meta.url));

/**
 * Tells the parent, on the way out, how much memory the process held at most, in kilobytes. On Linux what resourceUsage
 * tells begins with what the process that started this one held, so that it is asked for there first.
 */
const METER = `data:text/javascript,${encodeURIComponent(`
  import { existsSync, readFileSync } from "node:fs";
  process.on("exit", () => {
    const status = existsSync("/proc/self/status") ? readFileSync("/proc/self/status", "latin1") : "";
    const kilobytes = /VmHWM:\\s+(\\d+)/.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
    process.stderr.write("maxRSS " + kilobytes + String.fromCharCode(10));
  });
`)}`;

/** One run of the built command line against a faulty server, in a process of its own. */
export interface Child {
  readonly name: string;
  readonly decide: Decide;
  readonly args: readonly string[];
  readonly expected: number;
  /** Milliseconds that the whole run may take by its own limits, if it has such. */
  readonly limitMs?: number;
  /** Milliseconds that one exchange may take, where the server stalls. */
  readonly timeoutMs?: number;
  /** The processor is busy with it, so that nothing else is measured beside it. */
  readonly isHeavy: boolean;
}

export interface Measured extends Pick<Child, "name" | "expected" | "limitMs"> {
  readonly exitCode: number | null;
  /** The highest resident memory, in MB of a million bytes. */
  readonly megabytes: number;
  readonly ms: number;
  /** Milliseconds beyond its own limits: of the whole run, or of the exchange that took longest. 0 where it kept them. */
  readonly overrunMs: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What the sound server behind the fault still holds, and the report does not list. */
  readonly left: number;
}

const isCredentialTest = (target: string) => target.endsWith("/Users?startIndex=1&count=2");

/** Strikes everything but the credential test, so that the run goes on. */
const everythingElse =
  (strike: (struck: Struck) => void): Decide =>
  ({ target }) =>
    isCredentialTest(target) ? undefined : strike;

const EXIT = { fail: 1, unknown: 3, pass: 0 } as const;
/** Long enough for a busy machine to answer the credential test. */
const TIMEOUT_MS = 2_000;
const SPACE = Buffer.alloc(18_000_000, " ");
const SCENARIO = ["--scenario", "okta/look-up/*", "--okta-app", "oin"];

function childOf(fault: Fault & Required<Pick<Fault, "strike">>): Child {
  const stalls = fault.preflight === "timed-out";
  return {
    name: fault.name,
    decide: everythingElse(fault.strike),
    args: [...SCENARIO, "--timeout", stalls ? `${TIMEOUT_MS}ms` : "60s", "--deadline", "3m"],
    expected: EXIT[fault.verdict],
    isHeavy: fault.isHeavy === true,
    ...(stalls ? { timeoutMs: TIMEOUT_MS } : {}),
  };
}

/** Puts an attribute of its own into every answer that has a body, before all that the sound one has. */
const withNote = (note: Buffer): Decide =>
  everythingElse(({ client, sound }) => {
    const body = Buffer.concat([Buffer.from('{"note":'), note, Buffer.from(","), sound.body.subarray(1)]);
    client.write(whole(sound, sound.body.length === 0 ? {} : { body }));
  });

/** What takes far more memory as values than it has bytes, or as much again. */
const DENSE: readonly Child[] = [
  {
    name: "12 MB of tiny objects in every answer",
    decide: withNote(Buffer.from(`[${"{},".repeat(4_000_000)}{}]`)),
    args: ["--scenario", "okta/look-up/hit", "--okta-app", "oin", "--deadline", "3m"],
    expected: 3,
    isHeavy: true,
  },
  {
    name: "18 MB of one text in every answer",
    decide: withNote(Buffer.from(`"${"x".repeat(18_000_000)}"`)),
    args: [...SCENARIO, "--deadline", "3m"],
    expected: 0,
    isHeavy: true,
  },
];

/** A server whose every answer is as large as is still read. */
const LARGEST: Child = {
  name: "18 MB in every answer",
  decide: everythingElse(({ client, sound }) => {
    const body = sound.body.length === 0 ? sound.body : Buffer.concat([sound.body, SPACE]);
    client.write(whole(sound, sound.body.length === 0 ? {} : { body }));
  }),
  args: [...SCENARIO, "--deadline", "3m"],
  expected: 0,
  isHeavy: true,
};

/** Every fault that moves many bytes, for its memory; every one that stalls, for its time; and the deadline. */
export const CHILDREN: readonly Child[] = [
  ...STRIKING.filter(({ isHeavy, preflight }) => isHeavy === true || preflight === "timed-out").map(childOf),
  LARGEST,
  ...DENSE,
  {
    name: "says nothing, --deadline 2s",
    decide: everythingElse(() => {}),
    args: [...SCENARIO, "--deadline", "2s"],
    expected: 3,
    // The deadline, the grace for clean-up, and what Node.js takes to start.
    limitMs: 2_000 + 5_000 + 1_500,
    isHeavy: false,
  },
];

/** Runs one child to its end. */
export async function measureChild(child: Child): Promise<Measured> {
  const server = createReferenceServer({ clock: systemClock(), random: seededRandom(1), token: TOKEN });
  const behind = await listen(server);
  const proxy = await faultyProxy(Number(new URL(behind.url).port), child.decide);
  const folder = mkdtempSync(join(tmpdir(), "scim-check-faults-"));
  const reportFile = join(folder, "report.json");
  const startedAt = performance.now();
  try {
    const told = await new Promise<Pick<Measured, "exitCode" | "stdout" | "stderr">>((resolve, reject) => {
      const run = spawn(
        process.execPath,
        [
          ...[
            "--import",
            METER,
            BIN,
            "run",
            "--url",
            `http://127.0.0.1:${proxy.port}/scim/v2`,
            ...child.args,
          ],
          ...["--report", "text", "--report", `json:${reportFile}`],
        ],
        {
          env: {
            PATH: process.env.PATH ?? "",
            HOME: process.env.HOME ?? "",
            SCIM_TOKEN: TOKEN,
            XDG_STATE_HOME: folder,
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
    const ms = performance.now() - startedAt;
    const { users, groups } = server.counts();
    const report = JSON.parse(readFileSync(reportFile, "utf8")) as RunReport;
    return {
      ...told,
      name: child.name,
      expected: child.expected,
      ...(child.limitMs === undefined ? {} : { limitMs: child.limitMs }),
      megabytes: Math.round((Number(/maxRSS (\d+)/.exec(told.stderr)?.[1] ?? Number.NaN) * 1_024) / 1e6),
      ms,
      overrunMs: overrunOf(child, ms, report),
      left: Math.max(0, users + groups - report.leftovers.length),
    };
  } finally {
    await proxy.close();
    await behind.close();
    rmSync(folder, { recursive: true });
  }
}

function overrunOf({ limitMs, timeoutMs }: Child, ms: number, { scenarios }: RunReport): number {
  const slowest = Math.max(
    0,
    ...scenarios
      .flatMap(({ steps }) => steps.flatMap(({ exchanges }) => exchanges))
      .filter(({ outcome }) => outcome.kind === "silence" && outcome.reason === "timed-out")
      .map(({ timing }) => timing.totalMs ?? 0),
  );
  const overruns = [
    limitMs === undefined ? 0 : ms - limitMs,
    timeoutMs === undefined ? 0 : slowest - timeoutMs,
  ];
  return Math.max(0, ...overruns);
}
