import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/model/clock.ts";
import type { Request } from "../../../src/model/exchange.ts";
import { createReferenceServer } from "../../../src/reference-server/app.ts";
import { listen } from "../../../src/reference-server/listen.ts";
import { memorySend } from "../../../src/reference-server/memory-send.ts";
import { soundOperations } from "../../../src/reference-server/operations.ts";
import { characterOf, type Variation } from "../../../src/reference-server/variation.ts";
import { virtualClock } from "../../../src/self-test/virtual-clock.ts";

const LIST: Request = { method: "GET", path: "/Users", headers: [] };
const signal = new AbortController().signal;

function serverWith(...variations: readonly Pick<Variation, "make">[]) {
  const tools = { clock: virtualClock(0), random: seededRandom(1) };
  const character = characterOf(variations, { ...tools, operations: soundOperations });
  const server = createReferenceServer({ ...tools, ...character });
  return { ...tools, character, server, send: memorySend(server, tools.clock, character) };
}

const tagged = (tag: string): Pick<Variation, "make"> => ({
  make: ({ operations }) => ({
    replace: {
      list: (context, request, type) => {
        const reply = operations.list(context, request, type);
        return { ...reply, headers: [...(reply.headers ?? []), ["X-Operation", tag]] };
      },
    },
    wrap: (handle) => (request) => {
      const reply = handle(request);
      return { ...reply, headers: [...reply.headers, ["X-Wrap", tag]] };
    },
  }),
});

describe("several variations of one server", () => {
  it("all take effect, the first one innermost, also when they change the same operation", async () => {
    const { send } = serverWith(tagged("first"), tagged("second"));
    const { outcome } = await send(LIST, signal);
    const headers = outcome.kind === "answer" ? outcome.headers : [];
    const valuesOf = (name: string) => headers.filter(([key]) => key === name).map(([, value]) => value);
    expect(valuesOf("X-Operation")).toEqual(["first", "second"]);
    expect(valuesOf("X-Wrap")).toEqual(["first", "second"]);
  });

  it("leave the sound server as it was", async () => {
    serverWith(tagged("first"));
    const { outcome } = await serverWith().send(LIST, signal);
    expect(JSON.stringify(outcome)).not.toContain("X-Operation");
  });

  it("let the last limit count", () => {
    const limits = [10, 20].map((maxGroupMembers) => ({ make: () => ({ maxGroupMembers }) }));
    expect(serverWith(...limits).server.settings.maxGroupMembers).toBe(20);
  });
});

describe("latency", () => {
  it("passes by the clock in memory, and shows in the timing", async () => {
    const { send, clock } = serverWith({ make: () => ({ latency: () => 45_000 }) });
    const { outcome, timing } = await send(LIST, signal);
    expect(outcome.kind).toBe("answer");
    expect(timing.totalMs).toBe(45_000);
    expect(clock.now()).toBe(45_000);
  });

  it("is a silence once it is longer than the client waits", async () => {
    const { send, clock } = serverWith({ make: () => ({ latency: () => 90_000 }) });
    const { outcome } = await send(LIST, signal);
    expect(outcome).toMatchObject({ kind: "silence", reason: "timed-out", detail: "no answer within 60 s" });
    expect(clock.now()).toBe(60_000);
  });
});

describe("a reply that is written in another way", () => {
  it("gets to see Node's own reply object, and may leave the rest to the sound way", async () => {
    const { server } = serverWith();
    const listening = await listen(server, {
      latency: () => 1,
      write: (outgoing, reply, sound) => {
        outgoing.setHeader("X-Written", "otherwise");
        sound({ ...reply, status: 203 });
      },
    });
    try {
      const response = await fetch(`${listening.url}/Users`);
      expect(response.status).toBe(203);
      expect(response.headers.get("X-Written")).toBe("otherwise");
      expect(await response.json()).toMatchObject({ totalResults: 0 });
    } finally {
      await listening.close();
    }
  });
});
