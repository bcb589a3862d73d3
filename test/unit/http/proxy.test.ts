import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, request } from "node:http";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { createServer as createTlsServer } from "node:tls";
import { afterEach, describe, expect, it, vi } from "vitest";
import { BadInput } from "../../../src/model/problem.ts";
import { answered, byteServer, GET, listening, NEVER, ok, once, senderTo, silent } from "./wire.ts";

interface Asked {
  readonly target: string;
  readonly authorization: string | undefined;
}

/** A proxy that forwards and opens tunnels, or answers everything with `refuse`. */
async function proxyServer(refuse?: string) {
  const tunnels: Asked[] = [];
  const forwarded: Asked[] = [];
  const open = new Set<Duplex>();
  const server = createServer((given, answer) => {
    const target = given.url ?? "";
    forwarded.push({ target, authorization: given.headers["proxy-authorization"] });
    if (refuse !== undefined) return void given.socket.end(refuse);
    const { "proxy-authorization": _own, ...headers } = given.headers;
    const onwards = request(target, { method: given.method ?? "GET", headers, agent: false }, (came) => {
      answer.writeHead(came.statusCode ?? 502, came.rawHeaders);
      came.pipe(answer);
    });
    onwards.on("error", () => given.socket.destroy());
    given.pipe(onwards);
    return undefined;
  });
  server.on("connect", (given: IncomingMessage, client: Duplex) => {
    const target = given.url ?? "";
    tunnels.push({ target, authorization: given.headers["proxy-authorization"] });
    open.add(client);
    client.on("error", () => {}).on("close", () => open.delete(client));
    if (refuse !== undefined) return client.end(refuse);
    const [host, port] = target.split(":");
    const upstream: Socket = connect(Number(port), host, () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on("error", () => client.destroy());
    return undefined;
  });
  const port = await listening(server);
  return {
    address: `127.0.0.1:${port}`,
    tunnels,
    forwarded,
    closed: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

const pem = (file: string) => readFileSync(new URL(`certificates/${file}`, import.meta.url), "utf8");

async function tlsServer() {
  const server = createTlsServer({ cert: pem("localhost.pem"), key: pem("localhost.key") }, (socket) => {
    socket.on("error", () => {}).on("data", () => socket.write(ok("{}")));
  });
  server.on("tlsClientError", () => {});
  return {
    url: new URL(`https://127.0.0.1:${await listening(server)}`),
    closed: () => new Promise((resolve) => server.close(resolve)),
  };
}

afterEach(() => vi.unstubAllEnvs());

function environment(settings: Readonly<Record<string, string>>): void {
  for (const name of ["http_proxy", "https_proxy", "no_proxy"]) {
    vi.stubEnv(name, undefined);
    vi.stubEnv(name.toUpperCase(), settings[name.toUpperCase()]);
  }
}

describe("a proxy", () => {
  it("forwards a request to an http server, and nothing is left open", async () => {
    const proxy = await proxyServer();
    const server = await byteServer((socket) => socket.write(ok("{}")));
    const { send, close } = senderTo(server.url, { proxy: `http://${proxy.address}` });
    for (let turn = 0; turn < 3; turn += 1) expect(answered(await send(GET, NEVER)).body).toBe("{}");
    const target = `${server.url.href}/Users`;
    expect(proxy.forwarded).toEqual(Array.from({ length: 3 }, () => ({ target, authorization: undefined })));
    expect(proxy.tunnels).toEqual([]);
    expect(server.requests).toHaveLength(3);
    expect(server.requests[0]).toMatch(/^GET \/scim\/v2\/Users HTTP/);
    await close();
    await proxy.closed();
    await server.closed();
  });

  it("carries a request to an https server through one tunnel", async () => {
    const proxy = await proxyServer();
    const server = await tlsServer();
    const { send, close } = senderTo(server.url, { proxy: `http://${proxy.address}`, insecure: true });
    for (let turn = 0; turn < 3; turn += 1) expect(answered(await send(GET, NEVER)).body).toBe("{}");
    expect(proxy.tunnels).toEqual([{ target: server.url.host, authorization: undefined }]);
    expect(proxy.forwarded).toEqual([]);
    await close();
    await server.closed();
    await proxy.closed();
  });

  it("gets its own credential, and the server does not see it", async () => {
    const proxy = await proxyServer();
    const server = await byteServer((socket) => socket.write(ok("{}")));
    const tls = await tlsServer();
    const through = { proxy: `http://ann:pr0xy-pass@${proxy.address}`, insecure: true };
    answered(await once(server.url, through));
    answered(await once(tls.url, through));
    const authorization = `Basic ${Buffer.from("ann:pr0xy-pass").toString("base64")}`;
    expect(proxy.forwarded).toEqual([{ target: `${server.url.href}/Users`, authorization }]);
    expect(proxy.tunnels).toEqual([{ target: tls.url.host, authorization }]);
    expect(server.requests.join()).not.toMatch(/proxy-auth/i);
    await proxy.closed();
    await server.closed();
    await tls.closed();
  });

  it("whose password comes back in an answer does not give it away", async () => {
    const pair = Buffer.from("ann:pr0xy-pass").toString("base64");
    const proxy = await proxyServer(ok(`{"detail":"pr0xy-pass Basic ${pair}"}`));
    environment({ HTTP_PROXY: `http://ann:pr0xy-pass@${proxy.address}` });
    const exchange = await once(new URL("http://a.example/scim"), { proxy: "from-environment" });
    expect(answered(exchange).body).toBe('{"detail":"«secret» Basic «secret»"}');
    await proxy.closed();
  });

  it("that wants a credential is named as the one who refused", async () => {
    const proxy = await proxyServer(
      "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
    );
    const through = { proxy: `http://${proxy.address}` };
    const silence = { kind: "silence", reason: "refused" };
    expect(silent(await once(new URL("http://a.example/scim"), through))).toEqual({
      ...silence,
      detail: "The proxy answered 407 when it was asked to forward to a.example:80.",
    });
    expect(silent(await once(new URL("https://a.example/scim"), through))).toEqual({
      ...silence,
      detail: "The proxy answered 407 when it was asked for a tunnel to a.example:443.",
    });
    await proxy.closed();
  });

  it("that hangs up is asked once, not for ever", async () => {
    const proxy = await proxyServer("");
    const exchange = await once(new URL("http://a.example/scim"), { proxy: `http://${proxy.address}` });
    expect(silent(exchange).reason).toBe("reset");
    expect(
      silent(await once(new URL("https://a.example/"), { proxy: `http://${proxy.address}` })).reason,
    ).toBe("reset");
    expect(proxy.forwarded).toHaveLength(1);
    expect(proxy.tunnels).toHaveLength(1);
    await proxy.closed();
  });

  it("that is not there is told by its own address", async () => {
    const proxy = await proxyServer();
    await proxy.closed();
    const silence = silent(await once(new URL("http://a.example/"), { proxy: `http://${proxy.address}` }));
    expect(silence.reason).toBe("refused");
    expect(silence.detail).toContain(`${proxy.address}, on the way to a.example:80`);
  });

  it("whose address cannot be read is bad input, and its password is not repeated", () => {
    const create = () => senderTo(new URL("http://a.example"), { proxy: "http://ann:hunter2@" });
    expect(create).toThrow(BadInput);
    expect(create).not.toThrow(/hunter2/);
  });

  it("does not stand between the server's certificate and the judgement on it", async () => {
    const proxy = await proxyServer();
    const { url, closed } = await tlsServer();
    const through = { proxy: `http://${proxy.address}` };
    expect(silent(await once(url, through)).reason).toBe("tls");
    expect(answered(await once(url, { ...through, ca: pem("authority.pem") })).status).toBe(200);
    expect(answered(await once(url, { ...through, insecure: true })).status).toBe(200);
    expect(proxy.tunnels.map(({ target }) => target)).toEqual([url.host, url.host, url.host]);
    await closed();
    await proxy.closed();
  });

  it("excuses a used connection that the server closed, as without a proxy", async () => {
    const proxy = await proxyServer();
    const server = await byteServer((socket, _, connection) => {
      if (server.requests.length === 2) socket.destroy();
      else socket.write(ok(`connection ${connection}`));
    });
    const { send, close } = senderTo(server.url, { proxy: `http://${proxy.address}` });
    answered(await send(GET, NEVER));
    expect(answered(await send(GET, NEVER)).body).toBe("connection 3");
    await close();
    await server.closed();
    await proxy.closed();
  });
});

describe("the proxy of the environment", () => {
  it("is used, unless NO_PROXY names the host", async () => {
    const proxy = await proxyServer();
    const server = await byteServer((socket) => socket.write(ok("{}")));
    environment({ HTTP_PROXY: `http://${proxy.address}` });
    answered(await once(server.url, { proxy: "from-environment" }));
    expect(proxy.forwarded).toHaveLength(1);
    environment({ HTTP_PROXY: `http://${proxy.address}`, NO_PROXY: "127.0.0.1" });
    answered(await once(server.url, { proxy: "from-environment" }));
    expect(proxy.forwarded).toHaveLength(1);
    expect(server.requests).toHaveLength(2);
    await server.closed();
    await proxy.closed();
  });

  it("is left alone when it is not asked for", async () => {
    const proxy = await proxyServer();
    const server = await byteServer((socket) => socket.write(ok("{}")));
    environment({ HTTP_PROXY: `http://${proxy.address}` });
    answered(await once(server.url));
    expect(proxy.forwarded).toEqual([]);
    await server.closed();
    await proxy.closed();
  });
});
