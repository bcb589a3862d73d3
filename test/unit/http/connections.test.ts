import { describe, expect, it } from "vitest";
import { answered, byteServer, GET, NEVER, ok, senderTo, silent } from "./wire.ts";

describe("connections", () => {
  it("are kept for the next request, and closed with the sender", async () => {
    const server = await byteServer((socket) => socket.write(ok("{}")));
    const { send, close } = senderTo(server.url);
    for (let turn = 0; turn < 5; turn += 1) answered(await send(GET, NEVER));
    expect(server.connections()).toBe(1);
    await close();
    // Resolves only when no socket is left on the server's side.
    await server.closed();
  });

  it("are made anew for a request that asks for one", async () => {
    const server = await byteServer((socket, _, connection) => socket.write(ok(String(connection))));
    const { send, close } = senderTo(server.url);
    const fresh = { ...GET, freshConnection: true };
    const bodies: string[] = [];
    for (const request of [GET, fresh, GET, fresh]) bodies.push(answered(await send(request, NEVER)).body);
    expect(new Set([bodies[1], bodies[3]]).size).toBe(2);
    expect(server.connections()).toBeGreaterThanOrEqual(3);
    await close();
    await server.closed();
  });

  it("carry one request at a time: as many as there are requests at once", async () => {
    const waiting: (() => void)[] = [];
    const server = await byteServer((socket) => {
      waiting.push(() => socket.write(ok("{}")));
      if (waiting.length === 4) for (const go of waiting) go();
    });
    const { send, close } = senderTo(server.url);
    const exchanges = await Promise.all([1, 2, 3, 4].map(() => send(GET, NEVER)));
    expect(exchanges.map((exchange) => answered(exchange).status)).toEqual([200, 200, 200, 200]);
    expect(server.connections()).toBe(4);
    await close();
    await server.closed();
  });

  it("are never more than the limit, and whoever waits can be called off", async () => {
    let open = 0;
    let most = 0;
    const server = await byteServer((socket) => {
      open += 1;
      most = Math.max(most, open);
      setImmediate(() => {
        open -= 1;
        socket.write(ok("{}"));
      });
    });
    const { send, close } = senderTo(server.url, { connections: 2 });
    const calledOff = new AbortController();
    const requests = [1, 2, 3, 4, 5].map((_, at) => send({ ...GET, freshConnection: at === 3 }, NEVER));
    const last = send(GET, calledOff.signal);
    calledOff.abort();
    expect(silent(await last).reason).toBe("aborted");
    for (const exchange of await Promise.all(requests)) answered(exchange);
    expect(most).toBeLessThanOrEqual(2);
    await close();
    await server.closed();
  });

  it("serve a server that closes each of them", async () => {
    const server = await byteServer((socket) => socket.end(ok("{}", "Connection: close\r\n")));
    const { send, close } = senderTo(server.url);
    for (let turn = 0; turn < 5; turn += 1) answered(await send(GET, NEVER));
    expect(server.connections()).toBe(5);
    await close();
    await server.closed();
  });
});

describe("a used connection that the server has closed", () => {
  /** Answers the first request of the first connection, then hangs up on the second without a word. */
  const closingServer = () => {
    const seen = new Map<number, number>();
    return byteServer((socket, _, connection) => {
      const turn = (seen.get(connection) ?? 0) + 1;
      seen.set(connection, turn);
      if (connection === 1 && turn === 2) socket.destroy();
      else socket.write(ok(`connection ${connection}`));
    });
  };

  it.each(["GET", "PUT"])("is no fault: %s is sent once more over a new one", async (method) => {
    const server = await closingServer();
    const { send, close } = senderTo(server.url);
    answered(await send(GET, NEVER));
    expect(answered(await send({ ...GET, method }, NEVER)).body).toBe("connection 2");
    expect(server.requests).toHaveLength(3);
    await close();
    await server.closed();
  });

  it.each(["POST", "PATCH", "DELETE"])("is told as reset for %s, which is sent only once", async (method) => {
    const server = await closingServer();
    const { send, close } = senderTo(server.url);
    answered(await send(GET, NEVER));
    const body = method === "DELETE" ? {} : { body: "{}" };
    expect(silent(await send({ ...GET, method, ...body }, NEVER)).reason).toBe("reset");
    expect(server.requests).toHaveLength(2);
    await close();
    await server.closed();
  });

  it("is no excuse for one that was new", async () => {
    const server = await byteServer((socket) => socket.destroy());
    const { send, close } = senderTo(server.url);
    expect(silent(await send(GET, NEVER)).reason).toBe("reset");
    expect(server.requests).toHaveLength(1);
    await close();
    await server.closed();
  });

  it("is no excuse once a part of the answer has come", async () => {
    let turn = 0;
    const server = await byteServer((socket) => {
      turn += 1;
      if (turn === 1) socket.write(ok("{}"));
      else socket.end("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{");
    });
    const { send, close } = senderTo(server.url);
    answered(await send(GET, NEVER));
    expect(silent(await send(GET, NEVER)).reason).toBe("malformed");
    expect(server.requests).toHaveLength(2);
    await close();
    await server.closed();
  });
});

describe("a 408 over a used connection", () => {
  /** Says goodbye with 408 to the second request of the first connection, whatever it did with it. */
  const leavingServer = (again: string) => {
    const seen = new Map<number, number>();
    return byteServer((socket, _, connection) => {
      const turn = (seen.get(connection) ?? 0) + 1;
      seen.set(connection, turn);
      if (connection > 1) socket.write(again);
      else if (turn === 1) socket.write(ok("{}"));
      else socket.write("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
    });
  };
  const refusing = "HTTP/1.1 409 Conflict\r\nContent-Length: 2\r\n\r\n{}";
  const askTwice = async (method: string, again: string) => {
    const server = await leavingServer(again);
    const { send, close } = senderTo(server.url);
    answered(await send(GET, NEVER));
    const exchange = await send({ ...GET, method, ...(method === "GET" ? {} : { body: "{}" }) }, NEVER);
    await close();
    await server.closed();
    expect(server.requests).toHaveLength(3);
    return exchange;
  };

  it.each(["GET", "PUT", "POST", "PATCH"])(
    "is a goodbye: %s is sent once more over a new one",
    async (method) => {
      expect(answered(await askTwice(method, ok("{}"))).status).toBe(200);
    },
  );

  it.each(["POST", "PATCH"])(
    "leaves open why %s is refused then: it may be for what it did before",
    async (method) => {
      const { reason, detail } = silent(await askTwice(method, refusing));
      expect(reason).toBe("reset");
      expect(detail).toMatch(/answered 408 .* and 409 when the request was sent once more/);
    },
  );

  it.each(["GET", "PUT"])("leaves nothing open for %s, which does the same twice", async (method) => {
    expect(answered(await askTwice(method, refusing)).status).toBe(409);
  });
});
