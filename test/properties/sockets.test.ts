import { once } from "node:events";
import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { seededRandom } from "../../src/model/clock.ts";
import { URN } from "../../src/model/scim.ts";
import {
  createReferenceServer,
  type Listening,
  listen,
  type ReferenceServer,
} from "../../src/reference-server/index.ts";
import { steeredClock } from "../unit/reference-server/client.ts";
import { holds } from "./property.ts";

let started: { readonly server: ReferenceServer; readonly at: Listening; readonly id: string } | undefined;

beforeAll(async () => {
  const server = createReferenceServer({
    clock: steeredClock(),
    random: seededRandom(1),
    maxBodyBytes: 50_000,
  });
  server.seed(20, [{ displayName: "Twenty", members: 20 }]);
  const at = await listen(server, { limits: { headersMs: 300, requestMs: 300, idleMs: 300, checkMs: 30 } });
  const listed = (await (await fetch(`${at.url}/Users`)).json()) as { Resources: { id: string }[] };
  started = { server, at, id: listed.Resources[0]?.id ?? "" };
});
afterAll(async () => started?.at.close());

const odd = fc.oneof(
  fc.constantFrom(
    "\0",
    "\r",
    "\n",
    "\r\n",
    "\r\n\r\n",
    " ",
    ":",
    "%",
    "%00",
    "%ff",
    "..",
    "//",
    "?",
    "#",
    "\\",
    "é",
    "\u{1F600}",
  ),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "-1",
    "1e999",
    "NaN",
    "null",
    "[",
    "{",
    '"',
    "()",
    "and",
  ),
  fc.string({ unit: "binary", maxLength: 6 }),
);
const path = fc
  .tuple(
    fc.constantFrom(
      "/Users",
      "/Groups",
      "/Users/ID",
      "/Users/.search",
      "/.search",
      "/Schemas",
      "/Me",
      "/Bulk",
      "",
      "/ResourceTypes/User",
    ),
    fc.array(
      fc.tuple(
        fc.constantFrom(
          "filter",
          "sortBy",
          "sortOrder",
          "startIndex",
          "count",
          "attributes",
          "excludedAttributes",
        ),
        odd,
      ),
      { maxLength: 3 },
    ),
    fc.option(odd, { nil: "" }),
  )
  .map(
    ([base, query, tail]) =>
      `/scim/v2${base}${tail}${query.length === 0 ? "" : `?${query.map(([name, value]) => `${name}=${value}`).join("&")}`}`,
  );

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: "small" },
    odd,
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(
        odd,
        fc.constantFrom("userName", "emails", "name", "active", "value", "members", "op", "path"),
      ),
      tie("any"),
      { maxKeys: 4 },
    ),
  ),
})).any;
const body = fc.oneof(
  value.map((any) => JSON.stringify(any)),
  fc
    .array(
      fc.record({
        op: fc.oneof(fc.constantFrom("add", "remove", "replace"), odd),
        path: fc.oneof(odd, fc.constantFrom('emails[type eq "work"]', "members", "name.givenName")),
        value,
      }),
      { maxLength: 3 },
    )
    .map((Operations) => JSON.stringify({ schemas: [URN.patchOp], Operations })),
  value.map((any) => JSON.stringify({ schemas: [URN.user], userName: any, emails: any, name: any })),
  fc.string({ unit: "binary", maxLength: 30 }),
);

const message = fc.record({
  method: fc.oneof(
    { arbitrary: fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE"), weight: 8 },
    fc.constantFrom("HEAD", "OPTIONS", "TRACE", "get", "X", "CONNECT"),
  ),
  path,
  headers: fc.array(
    fc.tuple(
      fc.constantFrom("Content-Type", "If-Match", "If-None-Match", "Accept", "X-Odd", "Expect", "Upgrade"),
      fc.oneof(fc.constantFrom("application/scim+json", "*", "100-continue"), odd),
    ),
    { maxLength: 3 },
  ),
  body,
  /** Whether the length is told as it is, wrongly, in chunks, or not at all. */
  framing: fc.constantFrom(
    "length",
    "length",
    "length",
    "short",
    "long",
    "chunked",
    "bad chunk",
    "both",
    "none",
  ),
});

function written(
  {
    method,
    path: target,
    headers,
    body: text,
    framing,
  }: typeof message extends fc.Arbitrary<infer Message> ? Message : never,
  id: string,
): Buffer {
  const bytes = Buffer.from(text);
  const length = {
    length: bytes.length,
    short: Math.max(0, bytes.length - 3),
    long: bytes.length + 3,
    both: bytes.length,
  }[framing as "length"];
  const isChunked = framing.includes("chunk") || framing === "both";
  const head = [
    `${method} ${target.replace("ID", id)} HTTP/1.1`,
    "Host: x",
    ...headers.map(([name, said]) => `${name}: ${said}`),
    ...(length === undefined ? [] : [`Content-Length: ${length}`]),
    ...(isChunked ? ["Transfer-Encoding: chunked"] : []),
  ].join("\r\n");
  const size = framing === "bad chunk" ? "zz" : bytes.length.toString(16);
  const chunked =
    bytes.length === 0
      ? [Buffer.from("0\r\n\r\n")]
      : [Buffer.from(`${size}\r\n`), bytes, Buffer.from("\r\n0\r\n\r\n")];
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), ...(isChunked ? chunked : [bytes])]);
}

/** Everything that comes back until the server, or the end of our own sending, closes the connection. */
async function answered(at: Listening, sent: Buffer): Promise<string> {
  const { hostname, port } = new URL(at.url);
  const socket = connect(Number(port), hostname);
  const received: Buffer[] = [];
  socket.on("data", (chunk) => received.push(chunk));
  socket.on("error", () => {});
  socket.write(sent);
  await Promise.race([once(socket, "close"), quiet(socket)]);
  socket.destroy();
  return Buffer.concat(received).toString("latin1");
}

/** Half a close tells the server that no more is coming; what it has to say, it says then. */
async function quiet(socket: ReturnType<typeof connect>): Promise<void> {
  await once(socket, "data").catch(() => {});
  socket.end();
  await once(socket, "close").catch(() => {});
}

describe("whatever is sent to the reference server", () => {
  holds(
    "sockets-fuzz",
    "is answered with HTTP that is no 500, errors are SCIM errors, and the next request is answered too",
    fc.array(message, { minLength: 1, maxLength: 3 }),
    async (messages) => {
      if (started === undefined) throw new Error("the server has not started");
      const { at, id } = started;
      const text = await answered(at, Buffer.concat(messages.map((one) => written(one, id))));
      for (const reply of text.split(/(?=HTTP\/1\.1 \d{3} )/)) {
        if (reply === "") continue;
        const [, code = ""] = /^HTTP\/1\.1 (\d{3}) /.exec(reply) ?? [];
        expect(reply.slice(0, 12)).toMatch(/^HTTP\/1\.1 [1-5]\d\d/);
        expect(code, reply).not.toBe("500");
        const end = reply.indexOf("\r\n\r\n");
        const [head, content] = [reply.slice(0, end), reply.slice(end + 4)];
        if (Number(code) < 400 || content === "" || !/scim\+json/.test(head)) continue;
        expect(JSON.parse(Buffer.from(content, "latin1").toString("utf8"))).toMatchObject({
          schemas: [URN.error],
          status: code,
        });
      }
      const next = await fetch(`${at.url}/Users?count=1`);
      expect(next.status).toBe(200);
      expect(await next.json()).toMatchObject({ itemsPerPage: 1 });
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
    { runs: 100 },
  );
});
