import { PassThrough } from "node:stream";
import { main } from "../../src/cli/main.ts";
import type { Finished } from "./cli.ts";

export interface InProcessOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Standard output is a terminal of this width. */
  readonly columns?: number;
}

/** Runs a command line in this process: cheaper than `cli`, for tests of very many of them. */
export async function inProcess(
  args: readonly string[],
  { cwd, env = {}, columns }: InProcessOptions,
): Promise<Finished> {
  let stdout = "";
  let stderr = "";
  const code = await main({
    argv: ["node", "scim-check", ...args],
    env,
    stdout: {
      ...output((text) => {
        stdout += text;
      }),
      ...(columns === undefined ? {} : { isTTY: true, columns }),
    },
    stderr: output((text) => {
      stderr += text;
    }),
    stdin: new PassThrough(),
    cwd: () => cwd,
    on: () => undefined,
    off: () => undefined,
  });
  return { stdout, stderr, code };
}

const output = (take: (text: string) => void) => ({
  write: (text: string, done?: () => void) => {
    take(text);
    done?.();
    return true;
  },
});
