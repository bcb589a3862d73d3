// Does the reference server's memory stay flat under load? node test/bench/soak.js [--minutes 10] [--connections 32] [--users 20000]
// Run `npm run build` first. Starts `serve` in a process of its own and asks as fast as it answers: every worker creates
// a person, looks it up, puts it into a group of thousands, deactivates it, takes it out and deletes it, so that what the
// server holds stays the same. Prints what the server process holds every ten seconds, and the slope of the second half.
import "./help.js";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Pool } from "undici";

const argument = (name, usual) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? usual : Number(process.argv[at + 1]);
};
const minutes = argument("minutes", 10);
const connections = argument("connections", 32);
const users = argument("users", 20_000);

const PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const headers = { "content-type": "application/scim+json" };
const EVERY_MS = Math.min(10_000, minutes * 5_000);

const bin = fileURLToPath(new URL("../../bin/scim-check.js", import.meta.url));
const server = spawn(process.execPath, [bin, "serve", "--no-auth", "--users", String(users)], {
  stdio: ["ignore", "pipe", "inherit"],
});
const base = await new Promise((resolve, reject) => {
  let text = "";
  server.stdout.on("data", (data) => {
    text += data;
    if (text.includes("\n")) resolve(new URL(text.slice(0, text.indexOf("\n"))));
  });
  server.on("exit", (code) => reject(new Error(`serve ended with ${code}`)));
});

const pool = new Pool(base.origin, { connections, pipelining: 1 });
let requests = 0;
async function ask(method, path, body, expected) {
  const answer = await pool.request({
    method,
    path: `${base.pathname}${path}`,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.body.text();
  requests += 1;
  if (answer.statusCode !== expected)
    throw new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 200)}`);
  return text === "" ? undefined : JSON.parse(text);
}

const patch = (...Operations) => ({ schemas: [PATCH], Operations });
const first = await ask("GET", "/Users?count=1000", undefined, 200);
const { id: group } = await ask(
  "POST",
  "/Groups",
  {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
    displayName: "Soaked",
    members: first.Resources.map(({ id }) => ({ value: id })),
  },
  201,
);

let isOver = false;
async function worker(number) {
  for (let turn = 0; !isOver; turn += 1) {
    const userName = `soak-${number}-${turn}@example.com`;
    const user = {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName,
      active: true,
      emails: [{ value: userName }],
    };
    const { id } = await ask("POST", "/Users", user, 201);
    await ask(
      "GET",
      `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}&startIndex=1&count=100`,
      undefined,
      200,
    );
    await ask(
      "PATCH",
      `/Groups/${group}`,
      patch({ op: "add", path: "members", value: [{ value: id }] }),
      204,
    );
    await ask("PATCH", `/Users/${id}`, patch({ op: "replace", value: { active: false } }), 200);
    if (turn % 10 === 0)
      await ask("GET", `/Users?startIndex=${1 + ((turn * 97) % users)}&count=100`, undefined, 200);
    await ask("PATCH", `/Groups/${group}`, patch({ op: "remove", path: `members[value eq "${id}"]` }), 204);
    await ask("DELETE", `/Users/${id}`, undefined, 204);
  }
}

/** What the server process holds, in MB; Linux alone says so without being asked in the process. */
const held = () =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1]) / 1024;

const samples = [];
const startedAt = Date.now();
let before = 0;
const sample = () => {
  const at = (Date.now() - startedAt) / 60_000;
  const rss = held();
  samples.push({ at, rss });
  console.log(
    `${at.toFixed(2).padStart(6)} min  ${rss.toFixed(1).padStart(8)} MB  ${Math.round((requests - before) / (EVERY_MS / 1000))} requests/s`,
  );
  before = requests;
};
const timer = setInterval(sample, EVERY_MS);
const workers = Array.from({ length: connections }, (_, number) => worker(number));
await Promise.race([new Promise((resolve) => setTimeout(resolve, minutes * 60_000)), Promise.all(workers)]);
isOver = true;
await Promise.all(workers);
clearInterval(timer);
sample();

const late = samples.filter(({ at }) => at >= minutes / 2);
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const [meanAt, meanRss] = [mean(late.map(({ at }) => at)), mean(late.map(({ rss }) => rss))];
const slope =
  late.reduce((sum, { at, rss }) => sum + (at - meanAt) * (rss - meanRss), 0) /
  late.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0);
console.log(
  `${requests} requests in ${((Date.now() - startedAt) / 60_000).toFixed(1)} min, all answered as they should be; ` +
    `highest ${Math.max(...samples.map(({ rss }) => rss)).toFixed(0)} MB, slope of the second half ${slope.toFixed(2)} MB/min`,
);
const { totalResults } = await ask("GET", "/Users?count=0", undefined, 200);
console.log(`${totalResults} users are there, ${users} were at the start`);
await pool.close();
server.removeAllListeners("exit");
server.kill("SIGINT");
process.exitCode = totalResults === users ? 0 : 1;
