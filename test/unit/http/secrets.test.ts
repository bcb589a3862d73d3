import { describe, expect, it } from "vitest";
import type { Credential } from "../../../src/http/credential.ts";
import { Secret } from "../../../src/model/secret.ts";
import { byteServer, GET, ok, once } from "./wire.ts";

const TOKEN = "canary-t0ken/+&x";
const PASSWORD = 'canary-p4ss"w\u00f6rd';
const CANARIES = [TOKEN, PASSWORD].flatMap((secret) => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
  Buffer.from(secret).toString("base64").replace(/=+$/, ""),
]);

const CREDENTIALS: readonly Credential[] = [
  { kind: "bearer", token: new Secret(TOKEN) },
  { kind: "raw-header", value: new Secret(TOKEN) },
  { kind: "raw-header", value: new Secret(`Token ${TOKEN}`) },
  { kind: "basic", user: "ann", password: new Secret(TOKEN) },
  { kind: "header", name: "X-Api-Key", value: new Secret(TOKEN) },
];

describe("a recorded exchange", () => {
  it.each(CREDENTIALS.map((credential) => [credential.kind, credential] as const))(
    "holds no secret even if the server repeats everything (%s)",
    async (_, credential) => {
      const basic = Buffer.from(`ann:${TOKEN}`).toString("base64");
      const server = await byteServer((socket, request) => {
        const echo = [...CANARIES, basic, request].join("\n");
        const header = `X-Echo: ${TOKEN} ${encodeURIComponent(PASSWORD)} ${basic}\r\nSet-Cookie: S=${basic}\r\n`;
        socket.end(ok(Buffer.from(echo, "latin1").toString("utf8"), header));
      });
      const body = JSON.stringify({ userName: "ann", password: PASSWORD });
      const request = { method: "POST", path: `/Users?t=${encodeURIComponent(TOKEN)}`, headers: [], body };
      const exchange = await once(server.url, { credential }, request);
      await server.closed();
      // The real ones did travel.
      expect(server.requests[0]).toMatch(/canary-t0ken|Y2FuYXJ5|YW5uOmNhb/);
      expect(Buffer.from(server.requests[0] ?? "", "latin1").toString("utf8")).toContain(
        JSON.stringify(PASSWORD),
      );
      const record = JSON.stringify(exchange);
      for (const canary of [...CANARIES, basic]) {
        expect(record).not.toContain(canary);
        expect(record).not.toContain(JSON.stringify(canary).slice(1, -1));
      }
      expect(record).not.toContain("canary");
    },
  );

  it("shows which kind of credential was used", async () => {
    const credential: Credential = { kind: "bearer", token: new Secret(TOKEN) };
    const server = await byteServer((socket) => socket.end(ok("{}")));
    const seen: unknown[] = [];
    for (const use of ["given", "none", "wrong", "doubled-bearer"] as const) {
      seen.push(
        (await once(server.url, { credential }, { ...GET, headers: [], credential: use })).request.headers,
      );
    }
    await server.closed();
    expect(seen).toEqual([
      [["Authorization", "Bearer «secret»"]],
      [],
      [["Authorization", "non-token"]],
      [["Authorization", "Bearer Bearer «secret»"]],
    ]);
    const sent = server.requests.map((request) => /authorization: (.*)\r/i.exec(request)?.[1]);
    expect(sent).toEqual([`Bearer ${TOKEN}`, undefined, "non-token", `Bearer Bearer ${TOKEN}`]);
  });

  it("counts an Authorization header that the scenario writes itself before the configured one", async () => {
    const credential: Credential = { kind: "bearer", token: new Secret(TOKEN) };
    const server = await byteServer((socket) => socket.end(ok("{}")));
    await once(server.url, { credential }, { ...GET, headers: [["authorization", "Bearer expired"]] });
    await server.closed();
    expect(server.requests[0]?.match(/^authorization: .*$/gim)).toEqual([
      "authorization: Bearer expired\r".trim(),
    ]);
  });

  it("tells of a silence without the secret in the URL", async () => {
    const credential: Credential = { kind: "bearer", token: new Secret(TOKEN) };
    const server = await byteServer((socket) => socket.destroy());
    const path = `/Users?token=${encodeURIComponent(TOKEN)}`;
    const exchange = await once(server.url, { credential }, { ...GET, path });
    await server.closed();
    expect(exchange.outcome.kind).toBe("silence");
    expect(JSON.stringify(exchange)).not.toContain("canary");
  });
});
