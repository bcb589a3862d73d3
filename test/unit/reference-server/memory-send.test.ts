import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/model/clock.ts";
import type { Request } from "../../../src/model/exchange.ts";
import { createReferenceServer, memorySend } from "../../../src/reference-server/index.ts";
import { steeredClock } from "./client.ts";

const request: Request = {
  method: "GET",
  path: "/Users?count=1",
  headers: [["Accept", "application/scim+json"]],
};

function sender(token?: string) {
  const clock = steeredClock();
  const options = { clock, random: seededRandom(1) };
  const server = createReferenceServer(token === undefined ? options : { ...options, token });
  return memorySend(server, clock);
}

describe("memorySend", () => {
  it.each([
    [undefined, 200, "Bearer «secret»"],
    ["given", 200, "Bearer «secret»"],
    ["none", 401, undefined],
    ["wrong", 401, "non-token"],
    ["doubled-bearer", 401, "Bearer Bearer «secret»"],
    ["lower-case-scheme", 200, "bearer «secret»"],
  ] as const)("with the credential %s is answered %d, and shows %s", async (credential, status, shown) => {
    const send = sender("the-token");
    const exchange = await send(credential ? { ...request, credential } : request, AbortSignal.timeout(1000));
    expect(exchange.outcome).toMatchObject({ kind: "answer", status });
    const sent = exchange.request.headers.filter(([name]) => name === "Authorization");
    expect(sent).toEqual(shown === undefined ? [] : [["Authorization", shown]]);
    expect(JSON.stringify(exchange)).not.toContain("the-token");
  });

  it("sends no credential to a server that asks for none", async () => {
    const exchange = await sender()(request, AbortSignal.timeout(1000));
    expect(exchange.outcome).toMatchObject({ kind: "answer", status: 200 });
    expect(exchange.request.headers).toEqual(request.headers);
  });

  it("says where and when", async () => {
    const { url, timing } = await sender()(request, AbortSignal.timeout(1000));
    expect(new URL(url).pathname).toBe("/scim/v2/Users");
    expect(timing).toEqual({ startedAt: Date.UTC(2026, 0, 1), firstByteMs: 0, totalMs: 0 });
  });

  it("is silent when it was given up before", async () => {
    const { outcome } = await sender()(request, AbortSignal.abort());
    expect(outcome).toMatchObject({ kind: "silence", reason: "aborted" });
  });
});
