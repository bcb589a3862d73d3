import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/model/clock.ts";
import { URN } from "../../../src/model/scim.ts";
import {
  createReferenceServer,
  type Listening,
  type ListenOptions,
  listen,
  type ReferenceServer,
  type ReferenceServerOptions,
} from "../../../src/reference-server/index.ts";
import { client, steeredClock } from "./client.ts";

type Limits = NonNullable<ListenOptions["limits"]>;

/** Short times, so that nobody waits for the long ones. */
const QUICK: Limits = { headersMs: 100, requestMs: 200, idleMs: 100, replyMs: 100, checkMs: 20 };

interface Served {
  readonly at: Listening;
  readonly server: ReferenceServer;
  /** A connection, and everything that came over it when it was closed. */
  open(): { readonly socket: Socket; readonly received: Promise<string> };
}

async function served<Result>(
  limits: Limits,
  use: (served: Served) => Promise<Result>,
  options: Partial<ReferenceServerOptions> = {},
): Promise<Result> {
  const server = createReferenceServer({ clock: steeredClock(), random: seededRandom(1), ...options });
  const at = await listen(server, { limits });
  try {
    return await use({ at, server, open: () => opened(at) });
  } finally {
    await at.close();
  }
}

function opened({ url }: Listening) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  return { socket, received: untilClosed(socket) };
}

function untilClosed(socket: Socket): Promise<string> {
  let received = "";
  socket.setEncoding("utf8");
  socket.on("data", (chunk) => {
    received += chunk;
  });
  socket.on("error", () => {});
  return new Promise((resolve) => socket.on("close", () => resolve(received)));
}

const bodyOf = (received: string) => JSON.parse(received.slice(received.indexOf("{")));
const post = (length: number) =>
  `POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nContent-Type: application/scim+json\r\nContent-Length: ${length}\r\n\r\n`;

describe("a client that is slow on purpose", () => {
  it("is told 408 and cut when its header fields do not end", async () => {
    await served(QUICK, async ({ open }) => {
      const { socket, received } = open();
      socket.write("GET /scim/v2/Users HTTP/1.1\r\nHost: x\r\nX-Slow: ");
      const text = await received;
      expect(text).toMatch(/^HTTP\/1\.1 408 /);
      expect(bodyOf(text)).toMatchObject({ schemas: [URN.error], status: "408" });
    });
  });

  it("is cut when it says nothing at all", async () => {
    await served(QUICK, async ({ open }) => {
      expect(await open().received).toMatch(/^HTTP\/1\.1 408 /);
    });
  });

  it("is cut when its body does not come", async () => {
    await served(QUICK, async ({ open }) => {
      const { socket, received } = open();
      socket.write(`${post(1000)}{`);
      expect(await received).toMatch(/^HTTP\/1\.1 408 /);
    });
  });

  it("is cut when it has been idle for long enough", async () => {
    await served({ ...QUICK, headersMs: 5_000, requestMs: 5_000 }, async ({ open }) => {
      const { socket, received } = open();
      socket.write("GET /scim/v2/Users HTTP/1.1\r\nHost: x\r\n\r\n");
      expect(await received).toMatch(/^HTTP\/1\.1 200 /);
    });
  });

  it("is cut when it does not take its reply", async () => {
    await served({ replyMs: 100 }, async ({ at, server }) => {
      server.seed(1_000);
      const { hostname, port } = new URL(at.url);
      const socket = connect(Number(port), hostname);
      const closed = new Promise((resolve) => socket.on("close", resolve));
      socket.on("error", () => {});
      socket.pause();
      // More of them than the buffers of both ends can take.
      socket.write("GET /scim/v2/Users?count=1000 HTTP/1.1\r\nHost: x\r\n\r\n".repeat(50));
      // Whoever does not read learns only by writing that nobody is there any more.
      const probe = setInterval(() => socket.write("\r\n"), 20);
      await closed;
      clearInterval(probe);
      expect((await fetch(`${at.url}/Users?count=1`)).status).toBe(200);
    });
  });
});

describe("a client that wants too much", () => {
  it("is turned away while all connections are taken, and let in when one is free", async () => {
    await served({ connections: 2 }, async ({ at, open }) => {
      const [one, two] = [open(), open()];
      await Promise.all([once(one.socket, "connect"), once(two.socket, "connect")]);
      // An answer on each shows that the server knows both.
      for (const { socket } of [one, two]) {
        socket.write("GET /scim/v2/Users HTTP/1.1\r\nHost: x\r\n\r\n");
        await once(socket, "data");
      }
      expect(await open().received).toBe("");
      one.socket.end();
      await one.received;
      expect((await fetch(`${at.url}/Users`)).status).toBe(200);
    });
  });

  it("has its connection closed after the most requests, and is told with the last reply", async () => {
    await served({ requestsPerConnection: 3 }, async ({ open }) => {
      const { socket, received } = open();
      for (let number = 0; number < 3; number += 1) {
        socket.write("GET /scim/v2/Users?count=0 HTTP/1.1\r\nHost: x\r\n\r\n");
        await once(socket, "data");
      }
      const replies = (await received).split("HTTP/1.1 ").slice(1);
      expect(replies.map((reply) => reply.slice(0, 3))).toEqual(["200", "200", "200"]);
      expect(replies.map((reply) => /Connection: close/i.test(reply))).toEqual([false, false, true]);
    });
  });

  it("gets 431 and a SCIM error for header fields that are too long", async () => {
    await served({ headerBytes: 4096 }, async ({ open }) => {
      const { socket, received } = open();
      socket.write(`GET /scim/v2/Users HTTP/1.1\r\nHost: x\r\nX-Long: ${"x".repeat(5000)}\r\n\r\n`);
      const text = await received;
      expect(text).toMatch(/^HTTP\/1\.1 431 /);
      expect(bodyOf(text)).toMatchObject({ schemas: [URN.error], status: "431" });
    });
  });

  it("may send a filter of the greatest length, percent-encoded", async () => {
    await served({}, async ({ at }) => {
      const filter = `userName eq "${"ä".repeat(8_000)}"`;
      const found = await fetch(`${at.url}/Users?filter=${encodeURIComponent(filter)}`);
      expect([found.status, ((await found.json()) as { totalResults: number }).totalResults]).toEqual([
        200, 0,
      ]);
    });
  });

  it("gets 503 while others hold all the room for bodies, and is served again afterwards", async () => {
    await served({ heldBytes: 1_500 }, async ({ at, open }) => {
      const hog = open();
      hog.socket.write(post(1_400) + "x".repeat(1_300));
      const body = JSON.stringify({ schemas: [URN.user], userName: "y".repeat(400) });
      const headers = { "content-type": "application/scim+json" };
      const asked = () => fetch(`${at.url}/Users`, { method: "POST", headers, body });
      const refused = await untilStatus(503, asked);
      expect(refused.headers.get("retry-after")).toBe("1");
      expect(await refused.json()).toMatchObject({ schemas: [URN.error], status: "503" });
      hog.socket.destroy();
      await hog.received;
      await untilStatus(201, asked, 409);
    });
  });

  it("gets 503 for a reply there is no room for, and the next one whole", async () => {
    await served({ heldBytes: 2_000 }, async ({ at, server }) => {
      server.seed(100);
      expect((await fetch(`${at.url}/Users`)).status).toBe(503);
      expect((await fetch(`${at.url}/Users?count=1`)).status).toBe(200);
    });
  });

  it("is refused a filter whose many conditions would be tried on many people", () => {
    const scim = client();
    scim.server.seed(30_000);
    const filter = (conditions: number) =>
      Array.from({ length: conditions }, (_, n) => `title eq "${n}"`).join(" or ");
    expect(scim.filter("Users", filter(6)).status).toBe(200);
    const refused = scim.filter("Users", filter(700));
    expect([refused.status, refused.body.scimType]).toEqual([400, "tooMany"]);
  });

  it("is refused a PATCH that would look through a large group again and again", () => {
    const scim = client();
    scim.server.seed(2_000, [{ displayName: "Large", members: 2_000 }]);
    const [{ id }] = scim.get("/Groups?excludedAttributes=members").body.Resources;
    const conditions = Array.from({ length: 400 }, (_, n) => `display eq "${n}"`).join(" or ");
    const looks = (count: number) =>
      scim.patch(
        `/Groups/${id}`,
        ...Array.from({ length: count }, () => ({ op: "remove", path: `members[${conditions}]` })),
      );
    expect(looks(2).status).toBe(204);
    const refused = looks(3);
    expect([refused.status, refused.body.scimType]).toEqual([400, "tooMany"]);
  });

  it("is refused more values of one attribute than anybody has, sent at once or one by one", () => {
    const scim = client();
    const { id } = scim.user("rich@example.com");
    const emails = Array.from({ length: 1_001 }, (_, n) => ({ value: `${n}@example.com` }));
    expect(scim.patch(`/Users/${id}`, { op: "add", path: "emails", value: emails }).status).toBe(400);
    const oneByOne = emails.map((value) => ({ op: "add", path: "emails", value: [value] }));
    expect(scim.patch(`/Users/${id}`, ...oneByOne).status).toBe(400);
    expect(scim.get(`/Users/${id}`).body.emails).toBeUndefined();
    expect(scim.patch(`/Users/${id}`, ...oneByOne.slice(1)).status).toBe(200);
  });

  it("is refused more than 10,000 operations at once", () => {
    const scim = client();
    const { id } = scim.user("busy@example.com");
    const operations = Array.from({ length: 10_001 }, () => ({ op: "replace", path: "active", value: true }));
    expect(scim.patch(`/Users/${id}`, ...operations).status).toBe(413);
  });

  it("gets a shorter page when the groups on it have too many members, and finds the rest behind it", () => {
    const scim = client({ pageMembersMax: 10 });
    scim.server.seed(6, [
      { displayName: "One", members: 6 },
      { displayName: "Two", members: 6 },
    ]);
    const pages = [1, 2].map((startIndex) => scim.get(`/Groups?startIndex=${startIndex}&count=2`).text);
    for (const [index, text] of pages.entries()) {
      expect(text.slice(0, 200)).toMatch(
        new RegExp(`"totalResults":2,"startIndex":${index + 1},"itemsPerPage":1`),
      );
    }
    expect(scim.get("/Groups?excludedAttributes=members").body.Resources).toHaveLength(2);
  });
});

async function untilStatus(status: number, ask: () => Promise<Response>, orAlso = status): Promise<Response> {
  for (;;) {
    const answer = await ask();
    if (answer.status === status || answer.status === orAlso) return answer;
  }
}

describe("a body that is made to hurt", () => {
  const scim = client();

  it.each([
    ["a key __proto__", '{"schemas":["S"],"userName":"p1","__proto__":{"polluted":true}}'],
    ["a name with __proto__", '{"schemas":["S"],"userName":"p2","name":{"__proto__":{"polluted":true}}}'],
    ["a constructor", '{"schemas":["S"],"userName":"p3","constructor":{"prototype":{"polluted":true}}}'],
    [
      "an extension named __proto__",
      '{"schemas":["S","__proto__"],"userName":"p4","__proto__":{"polluted":1}}',
    ],
  ])("changes nothing of this process with %s", (_what, text) => {
    const answer = scim.sendText("POST", "/Users", text.replaceAll('"S"', JSON.stringify(URN.user)));
    expect(answer.status).toBe(201);
    expect(answer.text).not.toContain("polluted");
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it.each([
    ["a path", { op: "add", path: "__proto__.polluted", value: true }],
    ["a path with a filter", { op: "add", path: 'emails[__proto__ eq "x"].value', value: "x" }],
    ["a value", JSON.parse('{"op":"add","value":{"__proto__":{"polluted":true}}}')],
  ])("changes nothing of this process with __proto__ in %s of a PATCH", (_what, operation) => {
    const { id } = scim.user(`patched-${_what}`);
    expect(scim.patch(`/Users/${id}`, operation).status).toBe(400);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it.each([
    [
      "in an attribute nobody knows",
      (deep: string) => `{"schemas":["S"],"userName":"deep1","x":${deep}}`,
      201,
    ],
    ["in a known attribute", (deep: string) => `{"schemas":["S"],"userName":"deep2","name":${deep}}`, 400],
    ["instead of a body", (deep: string) => deep, 400],
  ])("is answered when it is nested 100,000 deep %s", (_where, make, status) => {
    const text = make(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
    const answer = scim.sendText("POST", "/Users", text.replaceAll('"S"', JSON.stringify(URN.user)));
    expect(answer.status).toBe(status);
  });
});

describe("closing", () => {
  it("is done at once, with a connection idle, one in the middle of a request and one in the middle of TLS", async () => {
    const pem = (name: string) =>
      readFileSync(new URL(`../http/certificates/${name}`, import.meta.url), "utf8");
    const server = createReferenceServer({ clock: steeredClock(), random: seededRandom(1) });
    const tls = { cert: pem("localhost.pem"), key: pem("localhost.key") };
    const at = await listen(server, { tls });
    const port = Number(new URL(at.url).port);
    const bare = connect(port, "127.0.0.1");
    const busy = connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false });
    const idle = connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false });
    const closed = [bare, busy, idle].map(untilClosed);
    await Promise.all([once(bare, "connect"), once(busy, "secureConnect"), once(idle, "secureConnect")]);
    busy.write(post(1000));
    idle.write("GET /scim/v2/Users?count=0 HTTP/1.1\r\nHost: x\r\n\r\n");
    await once(idle, "data");
    await at.close();
    expect((await Promise.all(closed)).map((text) => text.slice(0, 12))).toEqual(["", "", "HTTP/1.1 200"]);
  });
});
