// Times the reference server's operations at growing numbers of users: node test/bench/reference-server.js [1000000 …]
// Run `npm run build` first. Milliseconds per call, median and 95th percentile; nothing should grow with the users,
// but for a filter that no index answers.
import "./help.js";
import { seededRandom } from "../../dist/model/clock.js";
import { createReferenceServer } from "../../dist/reference-server/index.js";

const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const headers = [["Content-Type", "application/scim+json"]];

function request(server, method, path, body) {
  const response = server.handle({
    method,
    target: `/scim/v2${path}`,
    headers,
    body: body === undefined ? "" : JSON.stringify(body),
    origin: "http://localhost",
  });
  if (response.status >= 400) throw new Error(`${method} ${path}: ${response.status} ${response.body}`);
  return response.body === "" ? undefined : JSON.parse(response.body);
}

/** Only `handle` is timed: bodies are written before, and nothing is parsed after. */
function time(server, count, makeRequest) {
  const taken = [];
  for (let number = 0; number < count; number += 1) {
    const [method, path, body] = makeRequest(number);
    const message = {
      method,
      target: `/scim/v2${path}`,
      headers,
      body: body === undefined ? "" : JSON.stringify(body),
      origin: "http://localhost",
    };
    const before = performance.now();
    const { status } = server.handle(message);
    taken.push(performance.now() - before);
    if (status >= 400) throw new Error(`${method} ${path}: ${status}`);
  }
  taken.sort((one, other) => one - other);
  return { median: taken[Math.floor(count / 2)], p95: taken[Math.floor(count * 0.95)] };
}

function newUser(name) {
  return {
    schemas: [USER],
    userName: `${name}@example.com`,
    name: { givenName: "Bench", familyName: name },
    emails: [{ value: `${name}@example.com`, type: "work", primary: true }],
    active: true,
  };
}

function operationsAt(users, group, ids) {
  const some = (from) => ids.slice(from, from + 1000);
  const filter = (number) =>
    encodeURIComponent(`userName eq "Seeded.${1 + ((number * 7919) % users)}@example.com"`);
  const toGroup = (Operations) => ["PATCH", `/Groups/${group}`, { schemas: [PATCH], Operations }];
  return {
    "look up by userName": [500, (n) => ["GET", `/Users?filter=${filter(n)}&startIndex=1&count=100`]],
    "search without an index": [
      3,
      () => ["GET", `/Users?filter=${encodeURIComponent('displayName co "nobody"')}`],
    ],
    "first page of 100": [200, () => ["GET", "/Users?startIndex=1&count=100"]],
    "last page of 100": [200, () => ["GET", `/Users?startIndex=${users - 99}&count=100`]],
    "create a user": [500, (n) => ["POST", "/Users", newUser(`bench-${n}`)]],
    "deactivate a user": [
      500,
      (n) => [
        "PATCH",
        `/Users/${ids[n % ids.length]}`,
        { schemas: [PATCH], Operations: [{ op: "replace", value: { active: n % 2 === 0 } }] },
      ],
    ],
    "remove up to 1,000 members": [
      40,
      () => toGroup(some(0).map((id) => ({ op: "remove", path: `members[value eq "${id}"]` }))),
    ],
    "add 1,000 members": [
      40,
      () => toGroup([{ op: "add", path: "members", value: some(0).map((value) => ({ value })) }]),
    ],
    "read the group without members": [200, () => ["GET", `/Groups/${group}?excludedAttributes=members`]],
    "read the group": [10, () => ["GET", `/Groups/${group}`]],
    "find the group by name": [
      200,
      () => [
        "GET",
        `/Groups?filter=${encodeURIComponent('displayName eq "Half"')}&excludedAttributes=members`,
      ],
    ],
  };
}

const sizes = process.argv.slice(2).map(Number);
for (const users of sizes.length > 0 ? sizes : [1_000, 10_000, 100_000]) {
  const clock = { now: () => Date.now(), sleep: async () => {} };
  const server = createReferenceServer({ clock, random: seededRandom(1) });
  const before = performance.now();
  const members = Math.min(users / 2, 50_000);
  server.seed(users, [{ displayName: "Half", members }]);
  const seeded = performance.now() - before;
  const group = request(server, "GET", "/Groups?excludedAttributes=members").Resources[0].id;
  const ids = request(server, "GET", "/Users?startIndex=1&count=1000").Resources.map(({ id }) => id);
  const { heapUsed, rss } = process.memoryUsage();
  const [heap, resident] = [heapUsed, rss].map((bytes) => Math.round(bytes / 1_000_000));
  console.log(
    `\n${users} users, a group of ${members}; seeded in ${seeded.toFixed(0)} ms, heap ${heap} MB, resident ${resident} MB`,
  );
  for (const [name, [count, makeRequest]] of Object.entries(operationsAt(users, group, ids))) {
    const { median, p95 } = time(server, count, makeRequest);
    console.log(
      `  ${name.padEnd(32)} ${median.toFixed(3).padStart(8)} ms  p95 ${p95.toFixed(3).padStart(8)} ms`,
    );
  }
}
