import { describe, expect, it } from "vitest";
import type { Memory } from "../../../src/model/memory.ts";
import { answered, byteServer, GET, NEVER, ok, senderTo } from "./wire.ts";

const LARGE = 8_000_000;
/** What of a body has come when it is found to be large, and waits for its turn. */
const FOUND_LARGE = 2_000_000;

/** Counts the bytes of large bodies that came. */
function countingMemory() {
  let bytes = 0;
  const memory: Memory = {
    makeRoom: () => {},
    took: (more) => {
      bytes += more;
    },
  };
  return { memory, bytes: () => bytes };
}

describe("large bodies that come at the same time", () => {
  it("are each made a text before the next one is read on, so that no more than one lies there as bytes", async () => {
    const { memory, bytes } = countingMemory();
    const server = await byteServer((socket) => socket.write(ok("x".repeat(LARGE))));
    const { send, close } = senderTo(server.url, { memory });
    const atEachAnswer: number[] = [];
    const exchanges = await Promise.all(
      [1, 2, 3].map(async () => {
        const exchange = await send(GET, NEVER);
        atEachAnswer.push(bytes());
        return exchange;
      }),
    );
    await close();
    await server.closed();
    expect(exchanges.map((exchange) => answered(exchange).body.length)).toEqual([LARGE, LARGE, LARGE]);
    for (const [before, sum] of atEachAnswer.entries()) {
      expect(sum).toBeLessThan((before + 1) * LARGE + 2 * FOUND_LARGE);
    }
  });

  it("are read on when one before them is given up, or is one that is asked for again", async () => {
    const head = (status: string, length: number) =>
      `HTTP/1.1 ${status}\r\nContent-Length: ${length}\r\n\r\n`;
    const server = await byteServer((socket, _request, connection) => {
      const isFirst = server.requests.length === 1;
      if (isFirst) return socket.write(ok("{}"));
      // The connection is known to be a used one: what comes over it is taken for a goodbye, and asked for again.
      if (connection === 1) return socket.write(head("408 Request Timeout", LARGE) + "x".repeat(LARGE));
      // The second large body ends in its middle.
      if (connection === 2) return socket.end(head("200 OK", LARGE) + "x".repeat(LARGE / 2));
      return socket.write(ok("x".repeat(LARGE)));
    });
    const { send, close } = senderTo(server.url);
    await send(GET, NEVER);
    const outcomes = [await send(GET, NEVER), await send(GET, NEVER)].map(({ outcome }) => outcome);
    await close();
    await server.closed();
    expect(outcomes.map(({ kind }) => kind)).toEqual(["silence", "answer"]);
  });
});
