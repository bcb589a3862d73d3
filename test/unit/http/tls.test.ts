import { readFileSync } from "node:fs";
import { createServer as createPlainServer } from "node:net";
import { createServer, type TLSSocket, type TlsOptions } from "node:tls";
import { describe, expect, it } from "vitest";
import type { SendOptions } from "../../../src/http/send.ts";
import { BadInput } from "../../../src/model/problem.ts";
import { Secret } from "../../../src/model/secret.ts";
import { answered, GET, listening, NEVER, ok, once, senderTo, silent } from "./wire.ts";

const pem = (file: string) => readFileSync(new URL(`certificates/${file}`, import.meta.url), "utf8");
const AUTHORITY = pem("authority.pem");

interface TlsServer {
  readonly url: URL;
  readonly seen: string[];
  closed(): Promise<void>;
}

async function tlsServer(name: string, options: TlsOptions = {}): Promise<TlsServer> {
  const seen: string[] = [];
  const answer = (socket: TLSSocket) => {
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      seen.push(chunk.toString("latin1"));
      socket.write(ok(String(socket.getPeerCertificate().subject?.CN ?? "nobody")));
    });
  };
  const server = createServer({ cert: pem(`${name}.pem`), key: pem(`${name}.key`), ...options }, answer);
  server.on("tlsClientError", () => {});
  const port = await listening(server);
  return {
    url: new URL(`https://localhost:${port}/scim`),
    seen,
    closed: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function refusal(name: string, options: Partial<SendOptions>): Promise<string> {
  const server = await tlsServer(name);
  const silence = silent(await once(server.url, options));
  await server.closed();
  expect(silence.reason).toBe("tls");
  expect(server.seen).toEqual([]);
  return silence.detail;
}

describe("a TLS server", () => {
  it("with a self-signed certificate is refused, and not a byte of the request is sent", async () => {
    expect(await refusal("self-signed", {})).toMatch(/localhost:\d+ is self-signed/);
  });

  it("with a certificate of an unknown authority is refused by its name", async () => {
    expect(await refusal("localhost", {})).toMatch(/not trusted \(scim-check test authority\)/);
  });

  it("with an expired certificate is refused, with the date", async () => {
    expect(await refusal("expired", { ca: AUTHORITY })).toMatch(/expired on Feb {2}1 00:00:00 2020 GMT/);
  });

  it("with the certificate of another host is refused, with that host", async () => {
    expect(await refusal("other-host", { ca: AUTHORITY })).toMatch(/another host \(DNS:elsewhere\.example\)/);
  });

  it.each([
    ["localhost", { ca: AUTHORITY }],
    ["self-signed", { ca: pem("self-signed.pem") }],
    ["self-signed", { insecure: true }],
    ["expired", { insecure: true }],
    ["other-host", { insecure: true }],
  ])("%s is accepted with %j", async (name, options) => {
    const server = await tlsServer(name);
    const { send, close } = senderTo(server.url, options);
    for (let turn = 0; turn < 2; turn += 1) expect(answered(await send(GET, NEVER)).status).toBe(200);
    expect(answered(await send({ ...GET, freshConnection: true }, NEVER)).status).toBe(200);
    await close();
    await server.closed();
  });

  it("is shown the client certificate", async () => {
    const mutual = { requestCert: true, rejectUnauthorized: true, ca: AUTHORITY };
    const passphrase = new Secret("canary-pfx-pass");
    const pfx = readFileSync(new URL("certificates/client.p12", import.meta.url));
    const server = await tlsServer("localhost", mutual);
    for (const clientCertificate of [
      { cert: pem("client.pem"), key: pem("client.key") },
      { cert: pem("client.pem"), key: pem("client-encrypted.key"), passphrase },
      { pfx, passphrase },
    ]) {
      expect(answered(await once(server.url, { ca: AUTHORITY, clientCertificate })).body).toBe("client");
    }
    const wrong = { pfx, passphrase: new Secret("canary-wrong") };
    expect(() => senderTo(server.url, { clientCertificate: wrong })).toThrow(/client certificate/);
    expect(() => senderTo(server.url, { clientCertificate: wrong })).not.toThrow(/canary/);
    expect(silent(await once(server.url, { ca: AUTHORITY })).reason).toMatch(/^(tls|reset)$/);
    await server.closed();
  });

  it("that speaks plain HTTP is told apart", async () => {
    const plain = await plainServer();
    const silence = silent(await once(new URL(plain.url.href.replace("http:", "https:"))));
    expect(silence).toMatchObject({
      reason: "tls",
      detail: expect.stringMatching(/does not speak TLS; it looks like a port that speaks plain HTTP/),
      remedy: expect.stringContaining("http:// in place of https://"),
    });
    await plain.closed();
  });
});

async function plainServer(): Promise<{ url: URL; closed(): Promise<void> }> {
  const server = createPlainServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));
  });
  const port = await listening(server);
  return {
    url: new URL(`http://localhost:${port}`),
    closed: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

describe("trust options that cannot be read", () => {
  const url = new URL("https://localhost/scim");
  it.each([
    ["a CA that is no PEM", { ca: "hello" }, /CA certificate/],
    [
      "a CA that is damaged",
      { ca: "-----BEGIN CERTIFICATE-----\nxx\n-----END CERTIFICATE-----\n" },
      /CA certificate/,
    ],
    [
      "a key that is none",
      { clientCertificate: { cert: pem("client.pem"), key: "x" } },
      /client certificate or its key/,
    ],
  ])("are said before anything is sent: %s", (_, options, message) => {
    expect(() => senderTo(url, options)).toThrow(BadInput);
    expect(() => senderTo(url, options)).toThrow(message);
  });
});
