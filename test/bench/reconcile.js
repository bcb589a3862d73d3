// How long it takes, and how much memory, to read back 100,000 people and a group of 50,000 and compare them with what
// was acknowledged. The server runs in a process of its own: node test/bench/reconcile.js (after npm run build).
import "./help.js";
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { drive } from "../../dist/engine/drive.js";
import { createSend } from "../../dist/http/index.js";
import { reconcile } from "../../dist/load/reconcile.js";
import { Register } from "../../dist/load/register.js";
import { speak } from "../../dist/okta/headers.js";

const USERS = Number(process.env.USERS ?? 100_000);
const MEMBERS = Number(process.env.MEMBERS ?? 50_000);
const MARKER = "scim-check-bench1-";

if (process.argv[2] === "serve") await serve();
else await measure();

async function serve() {
  const { createReferenceServer, listen } = await import("../../dist/reference-server/index.js");
  const clock = { now: () => performance.timeOrigin + performance.now(), sleep: async () => {} };
  const server = createReferenceServer({ clock, random: { next: Math.random } });
  const base = server.settings.basePath;
  const ask = (method, path, body) =>
    JSON.parse(
      server.handle({
        method,
        target: `${base}${path}`,
        headers: [["content-type", "application/scim+json"]],
        body: JSON.stringify(body),
        origin: "http://localhost",
      }).body || "{}",
    );
  const ids = [];
  for (let number = 1; number <= USERS; number++) {
    const userName = `${MARKER}${number}@example.com`;
    const user = {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName,
      name: { givenName: "Ada", familyName: "Lovelace" },
      emails: [{ value: userName, type: "work", primary: true }],
      active: true,
    };
    ids.push(ask("POST", "/Users", user).id);
  }
  const group = {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
    displayName: `${MARKER}${USERS + 1} Engineering`,
    members: ids.slice(0, MEMBERS).map((value) => ({ value })),
  };
  const made = ask("POST", "/Groups", group);
  if (made.id === undefined) throw new Error(JSON.stringify(made));
  const { url } = await listen(server, {});
  process.send({ url });
}

async function measure() {
  const child = fork(fileURLToPath(import.meta.url), ["serve"]);
  const { url } = await new Promise((resolve) => child.once("message", resolve));
  const register = new Register();
  const told = (effect, number, other) =>
    register.took(effect, "acknowledged", number, other, "", performance.now(), performance.now());
  for (let number = 1; number <= USERS; number++) told("user-created", number, 0);
  told("group-created", USERS + 1, 0);
  for (let number = 1; number <= MEMBERS; number++) told("member-added", USERS + 1, number);
  const clock = {
    now: () => performance.now(),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        signal?.addEventListener("abort", () => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
  const sender = createSend({ baseUrl: new URL(url), credential: { kind: "none" }, clock });
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  const accounts = [{ marker: MARKER, register }];
  const attributes = ["name", "emails", "displayName", "externalId"];
  const reading = reconcile({ accounts, attributes, speak, settleMs: 0, now: clock.now });
  const found = await drive(reading, { send: sender.send, clock, signal: new AbortController().signal });
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(watch);
  if (found.kind === "unknown") console.log(found.why);
  console.log(
    JSON.stringify({
      users: found.users,
      members: found.members,
      counts: found.counts,
      requests: found.requests,
      seconds: Number(((performance.now() - startedAt) / 1000).toFixed(1)),
      cpuSeconds: Number(((user + system) / 1e6).toFixed(1)),
      memoryAddedMB: Math.round((peak - before) / 1e6),
    }),
  );
  await sender.close();
  child.kill();
  // Nobody is accused, and everybody was compared.
  const isRight = found.kind === "done" && found.users === USERS && found.members === MEMBERS;
  process.exitCode = isRight && Object.values(found.counts).every((count) => count === 0) ? 0 : 1;
}
