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
  /** What the processes do, less their `--url`. */
  readonly commands: readonly (readonly string[])[];
}

export interface Killed {
  /** `17: run --scenario … at request 31 of 60, before the answer`, for a test that fails. */
  readonly told: string;
  readonly finished: Finished;
  /** Whether it died while it removed something. */
  readonly wasRemoving: boolean;
}

/** Kills processes that write to one server, and cleans up after all of them. */
export interface Killing {
  /** Starts and kills all of them. */
  killAll(): Promise<readonly Killed[]>;
  /** `scim-check cleanup`, once for everybody, killed at this request of its own. */
  killCleanUp(at: number): Promise<Finished>;
  /** `scim-check cleanup`, once for everybody, to its end. */
  cleanUp(...flags: readonly string[]): Promise<Finished>;
  /** Ledgers that are still there. */
  ledgers(): readonly string[];
  stop(): Promise<void>;
}

/** Which request a process does not outlive. */
interface Point {
  /** Counted from 1, among those that remove something or among all. */
  readonly at: number;
  readonly removing: boolean;
  /** Before the request is passed on, or before its answer is. */
  readonly before: boolean;
}

interface Trial {
  readonly point: Point | undefined;
  readonly kill: () => void;
  requests: number;
  removals: number;
}

/**
 * Puts a forwarder in front of a server that counts each process's requests, told apart by their tokens, and kills
 * the process at one of them: before the request is passed on, which still happens, or before the answer is. Nothing
 * waits for time to pass. What is random is drawn over the whole life of a process: each command is first played to
 * its end, to count its requests. Every fifth process dies at one of its DELETEs.
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
  let started = 0;

  const play = async (args: readonly string[], point?: Point) => {
    started += 1;
    const token = `killed-${started}-${"x".repeat(20)}`;
    const env = { PATH: process.env.PATH ?? "", SCIM_TOKEN: token, XDG_STATE_HOME: state };
    const child = spawn(process.execPath, [BIN, ...args, "--url", url], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const trial: Trial = { point, requests: 0, removals: 0, kill: () => void child.kill("SIGKILL") };
    trials.set(`Bearer ${token}`, trial);
    return { finished: await ended(child), trial };
  };

  const rehearse = async (args: readonly string[]) => {
    const { finished, trial } = await play(args);
    if (trial.removals === 0) throw new Error(`${args.join(" ")} removed nothing: ${finished.stderr}`);
    return { args, requests: trial.requests, removals: trial.removals };
  };

  const killOne = async (number: number, rehearsed: readonly Rehearsed[]): Promise<Killed> => {
    const { args, point, of } = drawn(number, rehearsed, random);
    // No two lives of a process have quite the same length: one that ended before its time has a shorter one next.
    for (let at = point.at; ; at = Math.ceil(at / 2)) {
      const { finished } = await play(args, { ...point, at });
      const what = `${point.removing ? "DELETE" : "request"} ${at} of ${of}`;
      const told = `${number}: ${args.join(" ")} at ${what}, before ${point.before ? "it" : "the answer"}`;
      if (finished.code === null || at === 1) return { told, finished, wasRemoving: point.removing };
    }
  };

  return {
    async killAll() {
      const rehearsed = await Promise.all(options.commands.map(rehearse));
      const killed: Killed[] = [];
      let next = 1;
      const worker = async () => {
        while (next <= options.times) killed.push(await killOne(next++, rehearsed));
      };
      await Promise.all(Array.from({ length: options.parallel }, worker));
      // What was under way when its sender died is carried out all the same, and has to be before anyone looks.
      while (underWay.size > 0) await Promise.all(underWay);
      return killed;
    },
    killCleanUp: async (at) => {
      const { finished } = await play(["cleanup"], { at, removing: false, before: random.next() < 0.5 });
      while (underWay.size > 0) await Promise.all(underWay);
      return finished;
    },
    cleanUp: (...flags) => {
      const { token } = options.server;
      const env = { XDG_STATE_HOME: state, ...(token === undefined ? {} : { SCIM_TOKEN: token }) };
      return cli(["cleanup", "--url", url, ...flags], { env });
    },
    ledgers: () => readdirSync(join(state, "scim-check")).filter((name) => name.endsWith(".jsonl")),
    stop: () => new Promise((resolve) => forwarder.close(() => resolve())),
  };
}

/** A command with the requests of its whole life, and how many of them remove something. */
interface Rehearsed {
  readonly args: readonly string[];
  readonly requests: number;
  readonly removals: number;
}

function drawn(number: number, rehearsed: readonly Rehearsed[], random: Random) {
  const chosen = rehearsed[Math.floor(random.next() * rehearsed.length)];
  if (chosen === undefined) throw new Error("there is nothing to kill");
  const removing = number % 5 === 0;
  const of = removing ? chosen.removals : chosen.requests;
  const at = 1 + Math.floor(random.next() * of);
  return { args: chosen.args, of, point: { at, removing, before: random.next() < 0.5 } };
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
  const isLast = trial !== undefined && counted(trial, given.method);
  if (isLast && trial.point?.before === true) trial.kill();
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
  if (isLast) trial.kill();
  if (came === undefined || text === undefined) return void answer.destroy();
  answer.writeHead(came.statusCode ?? 502, came.rawHeaders);
  answer.end(text);
  return undefined;
}

/** Counts one request; true when it is the one that its process does not outlive. */
function counted(trial: Trial, method: string | undefined): boolean {
  const isRemoval = method === "DELETE";
  trial.requests += 1;
  if (isRemoval) trial.removals += 1;
  const { point } = trial;
  if (point === undefined) return false;
  return point.removing ? isRemoval && trial.removals === point.at : trial.requests === point.at;
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
