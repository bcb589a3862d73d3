// `node autocannon.js WORK PORT SECONDS BODYFILE`: the same work with autocannon's own interface.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [work, port, seconds, bodyFile, folder] = process.argv.slice(2);
const autocannon = createRequire(join(folder, "package.json"))("autocannon");
const body = readFileSync(bodyFile, "utf8");
const headers = {
  accept: "application/scim+json",
  "accept-charset": "utf-8",
  "user-agent": "Okta SCIM Client 1.0.0",
  "accept-encoding": "gzip,deflate",
  "content-type": "application/scim+json; charset=utf-8",
  authorization: "Bearer bench-0123456789abcdefghijklmnopqrstuvwxyz",
};
const common = {
  url: `http://127.0.0.1:${port}`,
  connections: 64,
  pipelining: 1,
  duration: Number(seconds),
  headers,
};
const run = randomBytes(3).toString("hex");
let made = 0;
let captured = 0;

const requests = {
  static: [{ method: "POST", path: "/scim/v2/Users", body }],
  "push-1000": [{ method: "PATCH", path: "/scim/v2/Groups/00000001-4f3a-4d1b-9c7e-000000000001", body }],
  create: [
    {
      method: "POST",
      path: "/scim/v2/Users",
      setupRequest(request) {
        made += 1;
        const name = `scim-check-${run}-${made}@example.com`;
        return { ...request, body: body.replaceAll("someone@example.com", name) };
      },
      onResponse(status, text) {
        if (status === 201 && typeof JSON.parse(text).id === "string") captured += 1;
      },
    },
  ],
};
const result = await autocannon({ ...common, requests: requests[work] });
console.log(
  JSON.stringify({
    requests: result.requests.total,
    errors: result.errors,
    captured,
    p99: result.latency.p99,
  }),
);
