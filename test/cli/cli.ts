import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const BIN = fileURLToPath(new URL("../../bin/scim-check.js", import.meta.url));

export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** As this user, where the tests run as one who may be everybody. */
  readonly uid?: number;
  /** Called with everything on standard error so far; may send a signal. */
  readonly watch?: (stderr: string, kill: (signal: NodeJS.Signals) => void) => void;
  /** The same for standard output. */
  readonly watchOutput?: (stdout: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** Runs the built command line the way a person does, in a process of its own. */
export function cli(args: readonly string[], options: CliOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: options.cwd ?? fileURLToPath(new URL("../../", import.meta.url)),
      // Nothing of the machine's own settings: no CI, no proxy, no colour.
      env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (data) => {
      stdout += data;
      options.watchOutput?.(stdout, (signal) => child.kill(signal));
    });
    child.stderr.on("data", (data) => {
      stderr += data;
      options.watch?.(stderr, (signal) => child.kill(signal));
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ stdout, stderr, code }));
  });
}
