import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { LargeAnswers } from "../../../src/conformance/large-answers.ts";
import type { Exchange, Request, Send } from "../../../src/model/exchange.ts";

const request: Request = { method: "GET", path: "/Users", headers: [] };
const { signal } = new AbortController();

/** A server that answers with so many characters, and which plays it saw, in the order of their requests. */
function server(characters: () => number) {
  const seen: string[] = [];
  const send: Send = async (asked): Promise<Exchange> => {
    seen.push(asked.path);
    await new Promise<void>((resolve) => setImmediate(resolve));
    const outcome = { kind: "answer", status: 200, headers: [], body: " ".repeat(characters()) } as const;
    return { request: asked, url: "http://127.0.0.1/Users", outcome, timing: { startedAt: 0 } };
  };
  const answers = new LargeAnswers();
  /** Plays that send so many requests each, all at the same time. */
  const play = (plays: string, requests: number) =>
    Promise.all(
      [...plays].map(async (name) => {
        const turn = answers.turnOfAPlay();
        const inTurn = turn.through(send);
        for (let sent = 0; sent < requests; sent += 1) await inTurn({ ...request, path: name }, signal);
        turn.over();
      }),
    );
  return { seen, play, answers, send };
}

describe("plays beside each other", () => {
  it("go on together while answers are small", async () => {
    const { seen, play } = server(() => 100);
    await play("abc", 2);
    expect(seen.join("")).toBe("abcabc");
  });

  it("go on one after the other once an answer of megabytes came, each to its end", async () => {
    const { seen, play } = server(() => 2_000_000);
    await play("abc", 3);
    expect(seen.join("")).toBe("abcaabbcc");
  });

  it("are handed their answers as they came, however long those had to wait, when room was made for them", async () => {
    const text = `${"ä€😀".repeat(400_000)}.`;
    const send: Send = async (asked) => ({
      request: asked,
      url: "http://127.0.0.1/Users",
      outcome: { kind: "answer", status: 200, headers: [], body: text },
      timing: { startedAt: 0 },
    });
    let [rooms, bytes] = [0, 0];
    const answers = new LargeAnswers({
      makeRoom: () => {
        rooms += 1;
      },
      took: (more) => {
        bytes += more;
      },
    });
    const bodies = await Promise.all(
      ["a", "b", "c"].map(async (path) => {
        const turn = answers.turnOfAPlay();
        const { outcome } = await turn.through(send)({ ...request, path }, signal);
        turn.over();
        return outcome.kind === "answer" && outcome.body === text;
      }),
    );
    expect(bodies).toEqual([true, true, true]);
    // The first of them did not wait.
    expect([rooms, bytes]).toEqual([2, 2 * Buffer.byteLength(text)]);
  });

  it("are told that an answer was left aside where many came at once, and not that the server was wrong", async () => {
    const { answers, send } = server(() => 9_000_000);
    const turn = answers.turnOfAPlay();
    const through = turn.through(send);
    const exchanges = await Promise.all([1, 2, 3, 4].map(() => through(request, signal)));
    turn.over();
    expect(exchanges.map(({ outcome }) => (outcome.kind === "answer" ? "" : outcome.reason))).toEqual([
      "",
      "",
      "too-large",
      "too-large",
    ]);
  });

  it("are told that an answer was left aside where too much waited to be judged, and nobody waits for ever", async () => {
    // Nobody can pack it: while one has its turn, there is room for one that waits, and for no other.
    const text = randomBytes(10_500_000).toString("base64");
    const answers = new LargeAnswers();
    const send: Send = async (asked) => ({
      request: asked,
      url: "http://127.0.0.1/Users",
      outcome: { kind: "answer", status: 200, headers: [], body: text },
      timing: { startedAt: 0 },
    });
    const plays = ["a", "b", "c"].map(async (path) => {
      const turn = answers.turnOfAPlay();
      const { outcome } = await turn.through(send)({ ...request, path }, signal);
      turn.over();
      return outcome.kind === "answer" ? outcome.body === text : `${outcome.reason}: ${outcome.detail}`;
    });
    expect(await Promise.all(plays)).toEqual([
      true,
      true,
      "too-large: The answer was left aside: its 14000000 characters came while others that waited to be judged had to be held.",
    ]);
  });

  it("go on together again after many small answers", async () => {
    let characters = 2_000_000;
    const { seen, play } = server(() => characters);
    await play("x", 1);
    characters = 100;
    await play("x", 16);
    seen.length = 0;
    await play("abc", 2);
    expect(seen.join("")).toBe("abcabc");
  });

  it("do not wait for a play that failed", async () => {
    const { seen, play, answers, send } = server(() => 2_000_000);
    await play("x", 1);
    const failing = answers.turnOfAPlay();
    await failing.through(send)(request, signal);
    failing.over();
    await play("a", 1);
    expect(seen.at(-1)).toBe("a");
  });
});
