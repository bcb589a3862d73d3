// What a request costs this machine, for the load engine and its peers on the same work: `node test/bench/load/run.js`.
//
// Marginal CPU-seconds for 10,000 requests = (CPU of a long run − CPU of a short run) / (difference of requests), so that
// no tool pays for its start; requests are counted at the server. The tools take turns, in the opposite order in every
// second repeat, and the median of the repeats is shown with its range. How many times ours a peer costs is told of each
// repeat by itself, because a machine with neighbours is slow for minutes and then fast: `--repeats 9` where it is. Wall-
// clock rates are not compared: they say more about the neighbours than about the tools.
//
//   --work create,static,static-node,push-1000   --short 2 --long 8 --repeats 3   --only ours,wrk   --memory   --pin 0,1
//
// The server has the first of two processors to itself and the tools take turns on the second (`--pin none` leaves that to
// the system, as does a machine without taskset): what moves between processors pays for it at random. Two hardware
// threads of one core are no two processors: name others then.
//
// `floor` is no tool but a bare loop over Node's sockets that does the same work and looks after nothing: below it no load
// over Node's public interface can come. The kernel's part and Node's stream layer are in it, a schedule and counts are not.
//
// Peers: `npm install --ignore-scripts` in this folder (autocannon, artillery, loadtest); wrk, hey, ab and k6 from PATH.
import "../help.js";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const { values: given } = parseArgs({
  options: {
    work: { type: "string", default: "create,static,static-node,push-1000" },
    short: { type: "string", default: "2" },
    long: { type: "string", default: "8" },
    repeats: { type: "string", default: "3" },
    only: { type: "string" },
    peers: { type: "string", default: here },
    memory: { type: "boolean", default: false },
    pin: { type: "string", default: "0,1" },
  },
});
const scratch = mkdtempSync(join(tmpdir(), "scim-check-bench-"));
const has = (program) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
const isPinned = given.pin !== "none" && cpus().length > 1 && has("taskset");
const [serverCpu, toolCpu] = given.pin.split(",");
const pinned = (cpu, command) => (isPinned ? ["taskset", "-c", cpu, ...command] : command);
const hasPeer = (name) => existsSync(join(given.peers, "node_modules", name));

const PERSON =
  '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"someone@example.com","name":{"givenName":"Robin",' +
  '"familyName":"Example"},"emails":[{"primary":true,"value":"someone@example.com","type":"work"}],"displayName":' +
  '"Robin Example","locale":"en-US","externalId":"00u1abcdefGHIJKLMNOP","groups":[],"password":"1mz050nq","active":true}';

function pushBody() {
  const value = Array.from({ length: 1000 }, (_, index) => ({
    value: `00000001-4f3a-4d1b-9c7e-${String(index).padStart(12, "0")}`,
    display: `scim-check-bench1-${index + 1}@example.com`,
  }));
  return JSON.stringify({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
    Operations: [{ op: "add", path: "members", value }],
  });
}

const bodies = { create: join(scratch, "create.json"), "push-1000": join(scratch, "push.json") };
bodies.static = bodies.create;
writeFileSync(bodies.create, PERSON);
writeFileSync(bodies["push-1000"], pushBody());

const HEADERS = [
  "Accept: application/scim+json",
  "Accept-Charset: utf-8",
  "User-Agent: Okta SCIM Client 1.0.0",
  "Accept-Encoding: gzip,deflate",
  "Content-Type: application/scim+json; charset=utf-8",
  "Authorization: Bearer bench-0123456789abcdefghijklmnopqrstuvwxyz",
];
const PATHS = { static: "/scim/v2/Users", create: "/scim/v2/Users", "push-1000": "/scim/v2/Groups/1" };
const METHODS = { static: "POST", create: "POST", "push-1000": "PATCH" };

/**
 * The tool as it is shipped: all checks, timeouts and histograms, the timeline, and the register that reconciling compares
 * with. The state is not read back, because this server keeps none.
 */
const shipped = (work, port, time) => [
  "node",
  join(here, "../../../bin/scim-check.js"),
  "load",
  join(here, `plans/${work}.yaml`),
  "--scenarios",
  join(here, "work"),
  "--url",
  `http://127.0.0.1:${port}/scim/v2`,
  "--closed",
  "64",
  "--for",
  time,
  "--keep",
  "--shard",
  "1/1",
  "--out",
  join(scratch, "shard.json"),
  "--quiet",
];

/** Each: whether it is here and can do the work, and the command. `isStateful` tools make and read unique people. */
const CONTENDERS = {
  ours: {
    can: () => true,
    command: (work, port, seconds) => shipped(work, port, `${seconds}s`),
    environment: () => ({
      SCIM_TOKEN: "bench-0123456789abcdefghijklmnopqrstuvwxyz",
      // Ledgers of what is left on a server that forgets everything.
      XDG_STATE_HOME: scratch,
    }),
  },
  floor: {
    can: () => true,
    command: (work, port, seconds) => [
      "node",
      join(here, "peers/floor.js"),
      work,
      port,
      seconds,
      bodies[work],
    ],
  },
  autocannon: {
    can: () => hasPeer("autocannon"),
    command: (work, port, seconds) => [
      "node",
      join(here, "peers/autocannon.js"),
      work,
      port,
      seconds,
      bodies[work],
      given.peers,
    ],
  },
  wrk: {
    can: () => has("wrk"),
    command: (work, port, seconds) => [
      "wrk",
      "-t1",
      "-c64",
      `-d${seconds}s`,
      "-s",
      join(here, `peers/${work === "create" ? "create" : "static"}.lua`),
      ...HEADERS.flatMap((header) => ["-H", header]),
      `http://127.0.0.1:${port}${PATHS[work]}`,
    ],
    environment: (work) => ({ BODY: bodies[work], METHOD: METHODS[work] }),
  },
  hey: {
    can: (work) => work !== "create" && has("hey"),
    command: (work, port, seconds) => [
      "hey",
      "-c",
      "64",
      "-cpus",
      "1",
      "-z",
      `${seconds}s`,
      "-m",
      METHODS[work],
      "-D",
      bodies[work],
      "-T",
      "application/scim+json; charset=utf-8",
      "-H",
      HEADERS.at(-1),
      `http://127.0.0.1:${port}${PATHS[work]}`,
    ],
  },
  ab: {
    can: (work) => work === "static" && has("ab"),
    command: (work, port, seconds) => [
      "ab",
      "-q",
      "-k",
      "-c",
      "64",
      "-t",
      seconds,
      "-n",
      "100000000",
      "-p",
      bodies[work],
      "-T",
      "application/scim+json; charset=utf-8",
      "-H",
      HEADERS.at(-1),
      `http://127.0.0.1:${port}${PATHS[work]}`,
    ],
  },
  loadtest: {
    can: (work) => work === "static" && hasPeer("loadtest"),
    command: (work, port, seconds) => [
      "node",
      join(given.peers, "node_modules/loadtest/bin/loadtest.js"),
      "--tcp",
      "--cores",
      "1",
      "-c",
      "64",
      "-t",
      seconds,
      "-m",
      METHODS[work],
      "-p",
      bodies[work],
      "-T",
      "application/scim+json; charset=utf-8",
      "-H",
      HEADERS.at(-1),
      `http://127.0.0.1:${port}${PATHS[work]}`,
    ],
  },
  artillery: {
    can: (work) => work === "create" && hasPeer("artillery"),
    command: () => [
      "node",
      join(given.peers, "node_modules/artillery/bin/run"),
      "run",
      "-q",
      join(here, "peers/artillery.yaml"),
    ],
    // It plays a number of loops, not a time: about 1,000 requests a second on the machine this was written on.
    environment: (_work, port, seconds) => ({
      PORT: port,
      LOOPS: String(10 * Number(seconds)),
      ARTILLERY_DISABLE_TELEMETRY: "true",
    }),
  },
  k6: {
    can: () => has("k6"),
    command: () => ["k6", "run", "-q", join(here, "peers/k6.js")],
    environment: (work, port, seconds) => ({ WORK: work, PORT: port, SECONDS: seconds, BODY: bodies[work] }),
  },
};

function build(name) {
  const out = join(scratch, name);
  execFileSync("cc", ["-O2", "-o", out, join(here, `${name}.c`)]);
  return out;
}

const measure = build("measure");
const fast = build("server");

function serverFor(work) {
  const isNode = work.endsWith("-node");
  const [program, ...rest] = pinned(serverCpu, isNode ? ["node", join(here, "node-server.js")] : [fast, "0"]);
  const child = spawn(program, rest);
  return new Promise((resolve) => {
    child.stdout.once("data", (port) => resolve({ child, port: String(port).trim() }));
  });
}

/** Over a connection of its own: one that idles while a contender runs may be closed by the server meanwhile. */
async function asked(port) {
  const text = await new Promise((resolve, reject) => {
    get({ host: "127.0.0.1", port, path: "/counts", agent: false }, (answer) => {
      let body = "";
      answer.setEncoding("utf8").on("data", (part) => {
        body += part;
      });
      answer.on("end", () => resolve(body));
    }).on("error", reject);
  });
  const counts = JSON.parse(text);
  return counts.POST + counts.PUT + counts.PATCH + counts.DELETE + counts.GET;
}

/** Runs one contender once. Requests as the server counted them, CPU-seconds, and the largest resident set in MB. */
async function once(name, work, port, seconds) {
  const { command, environment = () => ({}) } = CONTENDERS[name];
  const before = await asked(port);
  const file = join(scratch, "cost");
  const [program, ...rest] = pinned(toolCpu, [measure, file, ...command(work, port, seconds)]);
  const done = spawnSync(program, rest, {
    env: { ...process.env, ...environment(work, port, seconds) },
    encoding: "utf8",
  });
  const [user, system, kilobytes] = readFileSync(file, "utf8").trim().split(" ").map(Number);
  const requests = (await asked(port)) - before;
  if (done.status !== 0)
    throw new Error(
      `${name} ended with ${done.status}: ${done.stderr.slice(-500)}${done.stdout.slice(-500)}`,
    );
  return { requests, cpu: user + system, megabytes: kilobytes / 1024 };
}

const median = (numbers) => [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)];

async function compare(work) {
  const task = work.replace(/-node$/, "");
  const names = Object.keys(CONTENDERS).filter(
    (name) =>
      CONTENDERS[name].can(task) && (given.only === undefined || given.only.split(",").includes(name)),
  );
  const results = new Map(names.map((name) => [name, { costs: [], megabytes: [] }]));
  const { child, port } = await serverFor(work);
  try {
    for (let repeat = 0; repeat < Number(given.repeats); repeat += 1) {
      for (const name of repeat % 2 === 0 ? names : names.toReversed()) {
        const short = await once(name, task, port, given.short);
        const long = await once(name, task, port, given.long);
        results.get(name).costs.push(((long.cpu - short.cpu) / (long.requests - short.requests)) * 10_000);
        results.get(name).megabytes.push(long.megabytes);
      }
    }
  } finally {
    child.kill();
  }
  print(work, results);
}

const rangeOf = (numbers, digits) =>
  `(${Math.min(...numbers).toFixed(digits)}–${Math.max(...numbers).toFixed(digits)})`;

function print(work, results) {
  const own = results.get("ours")?.costs;
  console.log(
    `\n${work}: CPU-seconds for 10,000 requests, and how many times ours in the same repeat: medians (ranges)`,
  );
  for (const [name, { costs, megabytes }] of results) {
    const ratios = own === undefined ? [] : costs.map((cost, repeat) => cost / own[repeat]);
    const times = ratios.length === 0 ? "" : `${median(ratios).toFixed(2)}x ${rangeOf(ratios, 2)}`;
    console.log(
      `  ${name.padEnd(11)} ${median(costs).toFixed(3).padStart(8)}  ${rangeOf(costs, 3)}`.padEnd(42) +
        times.padEnd(22) +
        `${Math.round(median(megabytes))} MB`.padStart(10),
    );
  }
}

/** What the tool holds in memory at 0.3 and at 1.4 million creates, and at most. */
async function memory() {
  const { child, port } = await serverFor("create");
  // As long as a load may last by its own estimate of the people it makes.
  const [program, ...rest] = shipped("create", port, "600s");
  const tool = spawn(program, rest, {
    env: { ...process.env, ...CONTENDERS.ours.environment() },
    stdio: "ignore",
  });
  const held = (field) => {
    const status = readFileSync(`/proc/${tool.pid}/status`, "utf8");
    return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  };
  const at = async (requests) => {
    while ((await asked(port)) < requests) {
      if (tool.exitCode !== null)
        throw new Error(`the load ended with ${tool.exitCode} before ${requests} requests`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return held("VmRSS");
  };
  let early, late, most;
  try {
    early = await at(300_000);
    late = await at(1_400_000);
    most = held("VmHWM");
    tool.kill("SIGINT");
    await new Promise((resolve) => tool.once("exit", resolve));
  } finally {
    child.kill();
  }
  console.log(`\nmemory of 64 connections, register for reconciling kept:`);
  console.log(
    `  ${early.toFixed(0)} MB at 0.3 million creates, ${late.toFixed(0)} MB at 1.4 million, ${most.toFixed(0)} MB at most`,
  );
}

try {
  for (const work of given.work.split(",")) if (work !== "") await compare(work);
  if (given.memory) await memory();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
