import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync } from "node:fs";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Random, seededRandom } from "../../src/model/clock.ts";
import { cli, type Finished } from "./cli.ts";

const BIN = fileURLToPath(new URL("../../bin/scim-check.js", import.meta.url));

export interface KillingOptions {
  /** The server that the killed processes write to, and its token. */
  readonly server: { readonly url: string; readonly token?: string };
  readonly times: number;
  /** How many processes live at the same time. */
  readonly parallel: number;
  readonly seed: number;
  /** What one process does, and at which of its requests it may be killed. */
  readonly command: (random: Random) => { readonly args: readonly string[]; readonly within: number };
}

export interface Killed {
  /** `17: run --scenario … at request 31, before the answer`, for a test that fails. */
  readonly told: string;
  readonly finished: Finished;
}

/** Kills processes that write to one server, and cleans up after all of them. */
export interface Killing {
  /** The address that the killed processes and the clean-up use. */
  readonly url: string;
  readonly stateFolder: string;
  /** Starts and kills all of them. */
  killAll(): Promise<readonly Killed[]>;
  /** `scim-check cleanup`, once for everybody. */
  cleanUp(): Promise<Finished>;
  /** Ledgers that are still there. */
  ledgers(): readonly string[];
  stop(): Promise<void>;
}

interface Trial {
  readonly at: number;
  readonly before: boolean;
  count: number;
  kill(): void;
}

/**
 * Puts a forwarder in front of a server that counts each process's requests, told apart by their tokens, and kills
 * the process at a random one: before the request is passed on, which still happens, or before the answer is. Nothing
 * waits for time to pass.
 */
export async function killing(options: KillingOptions): Promise<Killing> {
  const random = seededRandom(options.seed);
  const trials = new Map<string, Trial>();
  const underWay = new Set<Promise<unknown>>();
  const forwarder = createServer((given, answer) => {
    const forwarded = forward(given, answer, options.server, trials).finally(() =>
      underWay.delete(forwarded),
    );
    underWay.add(forwarded);
  });
  await new Promise<void>((resolve) => forwarder.listen(0, "127.0.0.1", resolve));
  const address = forwarder.address();
  if (address === null || typeof address === "string") throw new Error("the forwarder has no port");
  const url = `http://127.0.0.1:${address.port}${new URL(options.server.url).pathname}`;
  const state = mkdtempSync(join(tmpdir(), "scim-check-killed-"));

  const killOne = async (number: number): Promise<Killed> => {
    const { args, within } = options.command(random);
    const at = 1 + Math.floor(random.next() * within);
    const before = random.next() < 0.5;
    const token = `killed-${number}-${"x".repeat(20)}`;
    const env = { PATH: process.env.PATH ?? "", SCIM_TOKEN: token, XDG_STATE_HOME: state };
    const child = spawn(process.execPath, [BIN, ...args, "--url", url], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    trials.set(`Bearer ${token}`, { at, before, count: 0, kill: () => void child.kill("SIGKILL") });
    const told = `${number}: ${args.join(" ")} at request ${at}, before ${before ? "it" : "the answer"}`;
    return { told, finished: await ended(child) };
  };

  return {
    url,
    stateFolder: join(state, "scim-check"),
    async killAll() {
      const killed: Killed[] = [];
      let next = 1;
      const worker = async () => {
        while (next <= options.times) killed.push(await killOne(next++));
      };
      await Promise.all(Array.from({ length: options.parallel }, worker));
      // What was under way when its sender died is carried out all the same, and has to be before anyone looks.
      while (underWay.size > 0) await Promise.all(underWay);
      return killed;
    },
    cleanUp: () => {
      const { token } = options.server;
      const env = { XDG_STATE_HOME: state, ...(token === undefined ? {} : { SCIM_TOKEN: token }) };
      return cli(["cleanup", "--url", url], { env });
    },
    ledgers: () => readdirSync(join(state, "scim-check")).filter((name) => name.endsWith(".jsonl")),
    stop: () => new Promise((resolve) => forwarder.close(() => resolve())),
  };
}

async function forward(
  given: IncomingMessage,
  answer: ServerResponse,
  server: KillingOptions["server"],
  trials: ReadonlyMap<string, Trial>,
): Promise<void> {
  const body = await whole(given);
  // Its sender died in the middle of it.
  if (body === undefined) return;
  const trial = trials.get(given.headers.authorization ?? "");
  if (trial !== undefined) trial.count += 1;
  const isLast = trial?.count === trial?.at;
  if (isLast && trial?.before === true) trial.kill();
  const { authorization, ...headers } = given.headers;
  const own = trial === undefined ? authorization : `Bearer ${server.token}`;
  const { origin } = new URL(server.url);
  const came = await new Promise<IncomingMessage | undefined>((resolve) => {
    const onwards = request(
      new URL(given.url ?? "", origin),
      {
        method: given.method ?? "GET",
        headers: { ...headers, ...(own === undefined ? {} : { authorization: own }) },
      },
      resolve,
    );
    onwards.on("error", () => resolve(undefined));
    onwards.end(body);
  });
  const text = came === undefined ? undefined : await whole(came);
  if (isLast) trial?.kill();
  if (came === undefined || text === undefined) return void answer.destroy();
  answer.writeHead(came.statusCode ?? 502, came.rawHeaders);
  answer.end(text);
  return undefined;
}

/** The whole body, read even where nobody is left to hand it to; undefined when it breaks off. */
async function whole(message: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of message) chunks.push(chunk);
    return Buffer.concat(chunks);
  } catch {
    return undefined;
  }
}

function ended(child: ChildProcess): Promise<Finished> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (data) => {
    stdout += data;
  });
  child.stderr?.on("data", (data) => {
    stderr += data;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ stdout, stderr, code })));
}
