import { once } from "node:events";
import { createServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { Http2Wire } from "../../../../src/load/wire/http2.ts";
import type { Asker } from "../../../../src/load/wire/wire.ts";
import { Secret } from "../../../../src/model/secret.ts";
import { wireOptions } from "../../../../src/wiring/wire.ts";
import { get, post, TOKEN } from "./asking.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function wireTo(onRequest: Parameters<typeof createServer>[1], timeoutMs = 5_000): Promise<Http2Wire> {
  const server = createServer({}, onRequest);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  closing.push(async () => server.close());
  const made = await wireOptions({
    baseUrl: new URL(`http://127.0.0.1:${port}/scim`),
    credential: { kind: "bearer", token: new Secret(TOKEN) },
    connections: 1,
    timeoutMs,
  });
  const wire = new Http2Wire(made);
  closing.push(() => wire.close());
  return wire;
}

const ask = (wire: Http2Wire, request: ReturnType<typeof get>) =>
  new Promise((resolve) => {
    const asker: Asker = {
      sentAt: 0,
      answered: (answer) => resolve(answer.toExchange(request)),
      failed: (failure) => resolve(failure),
    };
    wire.send(
      {
        head: wire.headOf(request),
        body: request.body,
        isAscii: false,
        isHead: false,
        isIdempotent: true,
        freshConnection: false,
        timeoutMs: 0,
        request: () => request,
      },
      asker,
    );
  });

describe("a load over HTTP/2", () => {
  it("sends what it is told over one connection, and reads the answers with secrets out", async () => {
    const wire = await wireTo((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        response.writeHead(201, { "content-type": "application/scim+json" });
        response.end(
          JSON.stringify({ path: request.url, sent: Buffer.concat(parts).toString(), seen: TOKEN }),
        );
      });
    });
    expect(await wire.openAhead()).toBeUndefined();
    const exchanges = await Promise.all([ask(wire, post('{"userName":"zoë"}')), ask(wire, get())]);
    expect(exchanges).toMatchObject([
      { outcome: { status: 201, body: expect.stringContaining('\\"userName\\":\\"zoë\\"') } },
      { outcome: { status: 201, body: expect.stringContaining('"/scim/Users"') } },
    ]);
    expect(JSON.stringify(exchanges)).not.toContain(TOKEN);
    expect(wire.opened).toBe(1);
  });

  it("gives up a stream that is not answered in time, and one that is reset", async () => {
    const wire = await wireTo((request, response) => {
      if (request.url === "/scim/reset") response.stream.close(2);
    }, 80);
    expect(await ask(wire, get())).toMatchObject({ reason: "timed-out" });
    expect(await ask(wire, get("/reset"))).toMatchObject({ reason: "reset" });
  });
});
