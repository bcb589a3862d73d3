import pLimit from "p-limit";
import { describe, expect, it } from "vitest";
import { inTurnsWhenLarge } from "../../../src/conformance/large-answers.ts";
import type { Exchange, Request, Send } from "../../../src/model/exchange.ts";

const request: Request = { method: "GET", path: "/Users", headers: [] };
const { signal } = new AbortController();

/** A server that answers with so many characters, and how many requests it had before it at most. */
function server(characters: () => number) {
  let underWay = 0;
  const seen = { most: 0 };
  const send: Send = async (asked): Promise<Exchange> => {
    underWay += 1;
    seen.most = Math.max(seen.most, underWay);
    await new Promise<void>((resolve) => setImmediate(resolve));
    underWay -= 1;
    const outcome = { kind: "answer", status: 200, headers: [], body: " ".repeat(characters()) } as const;
    return { request: asked, url: "http://127.0.0.1/Users", outcome, timing: { startedAt: 0 } };
  };
  return { seen, send: inTurnsWhenLarge(send, pLimit(1)) };
}

const eight = (send: Send) => Promise.all(Array.from({ length: 8 }, () => send(request, signal)));

describe("requests beside each other", () => {
  it("travel together while answers are small", async () => {
    const { seen, send } = server(() => 100);
    await eight(send);
    await eight(send);
    expect(seen.most).toBe(8);
  });

  it("take turns once an answer of megabytes came", async () => {
    const { seen, send } = server(() => 2_000_000);
    await send(request, signal);
    seen.most = 0;
    expect(await eight(send)).toHaveLength(8);
    expect(seen.most).toBe(1);
  });

  it("travel together again after many small answers", async () => {
    let characters = 2_000_000;
    const { seen, send } = server(() => characters);
    await send(request, signal);
    characters = 100;
    await eight(send);
    await eight(send);
    await eight(send);
    seen.most = 0;
    await eight(send);
    expect(seen.most).toBe(8);
  });
});
