// A server that stalls 300 ms every 3 s, over real sockets: what an open and a closed model say of it.
// node test/bench/stall.js [plays a second] [seconds] (after npm run build)
import "./help.js";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { load } from "../../dist/index.js";

const RATE = Number(process.argv[2] ?? 200);
const SECONDS = Number(process.argv[3] ?? 15);
const PERIOD_MS = 3_000;
const STALL_MS = 300;
const TRUTH_MS = 270;

const server = createServer((request, response) => {
  const phase = performance.now() % PERIOD_MS;
  const wait = phase < STALL_MS ? STALL_MS - phase : 0;
  request.resume();
  request.on("end", () => setTimeout(() => answer(response), wait));
});

let made = 0;

function answer(response) {
  made += 1;
  response.writeHead(201, { "content-type": "application/scim+json" });
  response.end(JSON.stringify({ schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], id: String(made) }));
}

await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${server.address().port}/scim`;
const plan = fileURLToPath(new URL("./stall.yaml", import.meta.url));
const scenarios = [fileURLToPath(new URL("../load/scenarios", import.meta.url))];
// What became of the people is not asked here: the server keeps nobody.
const options = { url, noAuth: true, for: SECONDS * 1000, scenarios, keep: true };
const open = await load(plan, { ...options, playRate: RATE });
const closed = await load(plan, { ...options, closed: 1 });
const figures = ({ requests, totals, generator }) => ({
  requests: totals.requests,
  p50: requests.response.p50,
  p99: requests.response.p99,
  max: requests.response.max,
  dropped: totals.dropped,
  keptUp: !generator.limited,
});
console.log(`truth   p99 about ${TRUTH_MS} ms`);
console.log("open   ", JSON.stringify(figures(open)));
console.log("closed ", JSON.stringify(figures(closed)));
server.close();
const { p99 } = open.requests.response;
process.exitCode = Math.abs(p99 - TRUTH_MS) <= TRUTH_MS * 0.1 ? 0 : 1;
