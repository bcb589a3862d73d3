import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import type { Credential } from "../../../src/http/credential.ts";
import { Secret } from "../../../src/model/secret.ts";
import { type TokenAnswer, type TokenEndpoint, tokenEndpoint } from "./token-endpoint.ts";
import { answered, byteServer, GET, ManualClock, NEVER, ok, once, senderTo, silent } from "./wire.ts";

const SECRET = "canary-client+secret/1";
const path = (file: string) => fileURLToPath(new URL(`certificates/${file}`, import.meta.url));
const pem = (file: string) => readFileSync(new URL(`certificates/${file}`, import.meta.url), "utf8");

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function endpoint(answer?: TokenAnswer, tls?: Parameters<typeof tokenEndpoint>[1]) {
  const started = await tokenEndpoint(answer, tls);
  closing.push(() => started.stop());
  return started;
}

const clientOf = (tokens: { readonly url: URL }, more: object = {}): Credential => ({
  kind: "oauth",
  client: {
    tokenUrl: tokens.url,
    clientId: "the client",
    clientSecret: new Secret(SECRET),
    clientAuth: "basic",
    ...more,
  },
});

/** Takes any token that was issued, except those that `refuses` names by their number. */
async function scimServer(
  tokens: TokenEndpoint,
  refuses: (token: number, request: number) => boolean = () => false,
) {
  const seen: number[] = [];
  const server = await byteServer((socket, request) => {
    const token = /^authorization: bearer (\S+)/im.exec(request)?.[1] ?? "";
    const number = tokens.issued.indexOf(token) + 1;
    seen.push(number);
    const refused = number === 0 || refuses(number, seen.length);
    socket.write(
      refused ? "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n" : ok(`{"echo":"${token}"}`),
    );
  });
  closing.unshift(() => server.closed());
  return { url: server.url, seen };
}

describe("an OAuth 2.0 client", () => {
  it("asks for one token, uses it for everything, and shows it nowhere", async () => {
    const tokens = await endpoint();
    const server = await scimServer(tokens);
    const { send, close } = senderTo(server.url, { credential: clientOf(tokens, { scope: "scim.manage" }) });
    const exchanges = await Promise.all(Array.from({ length: 5 }, () => send(GET, NEVER)));
    await close();
    expect(server.seen).toEqual([1, 1, 1, 1, 1]);
    expect(tokens.asked).toHaveLength(1);
    const { authorization = "", body } = tokens.asked[0] ?? expect.fail();
    const pair = Buffer.from(authorization.replace(/^Basic /, ""), "base64").toString();
    expect(decodeURIComponent(pair)).toBe(`the+client:${SECRET}`);
    expect(body).toEqual({ grant_type: "client_credentials", scope: "scim.manage" });
    expect(answered(exchanges[0] ?? expect.fail()).body).toBe('{"echo":"«secret»"}');
    expect(JSON.stringify(exchanges)).not.toContain(tokens.issued[0]);
  });

  it("shows who it is in the body where the endpoint wants that", async () => {
    const tokens = await endpoint();
    const server = await scimServer(tokens);
    answered(await once(server.url, { credential: clientOf(tokens, { clientAuth: "post" }) }));
    expect(tokens.asked[0]).toMatchObject({
      authorization: undefined,
      body: { client_id: "the client", client_secret: SECRET },
    });
  });

  it("renews a token before it ends", async () => {
    const tokens = await endpoint({ expiresIn: 100 });
    const server = await scimServer(tokens);
    const clock = new (class extends ManualClock {
      time = 1_000_000;
      override now() {
        return this.time;
      }
    })();
    const { send, close } = senderTo(server.url, { credential: clientOf(tokens), clock });
    for (const seconds of [0, 89, 2, 80, 20]) {
      clock.time += seconds * 1_000;
      answered(await send(GET, NEVER));
    }
    await close();
    expect(server.seen).toEqual([1, 1, 2, 2, 3]);
  });

  it("renews a token that the server ceases to take, and sends the request again", async () => {
    const tokens = await endpoint({ expiresIn: null });
    const server = await scimServer(tokens, (token, request) => token === 1 && request > 2);
    const { send, close } = senderTo(server.url, { credential: clientOf(tokens) });
    for (let turn = 0; turn < 4; turn += 1) expect(answered(await send(GET, NEVER)).status).toBe(200);
    await close();
    expect(server.seen).toEqual([1, 1, 1, 2, 2]);
  });

  it("takes a 401 to a new token as the server's answer", async () => {
    const tokens = await endpoint();
    const server = await scimServer(tokens, () => true);
    expect(answered(await once(server.url, { credential: clientOf(tokens) })).status).toBe(401);
    expect(server.seen).toEqual([1]);
  });

  it("sends requests that need no credential without asking for one", async () => {
    const tokens = await endpoint();
    const server = await scimServer(tokens);
    const { send, close } = senderTo(server.url, { credential: clientOf(tokens) });
    answered(await send({ ...GET, credential: "none" }, NEVER));
    answered(await send({ ...GET, credential: "wrong" }, NEVER));
    await close();
    expect(tokens.asked).toEqual([]);
  });

  it("reaches an endpoint with a certificate of a private authority", async () => {
    const tokens = await endpoint({}, { key: path("localhost.key"), cert: path("localhost.pem") });
    const server = await scimServer(tokens);
    const credential = clientOf(tokens);
    const refused = silent(await once(server.url, { credential }));
    expect(refused).toMatchObject({
      reason: "no-token",
      detail: expect.stringMatching(/was not reached.*authority/),
    });
    expect(answered(await once(server.url, { credential, ca: pem("authority.pem") })).status).toBe(200);
  });
});

describe("a token endpoint that gives no token", () => {
  const told = async (answer: TokenAnswer) => {
    const tokens = await endpoint(answer);
    const server = await scimServer(tokens);
    const silence = silent(await once(server.url, { credential: clientOf(tokens) }));
    expect(server.seen).toEqual([]);
    expect(silence.reason).toBe("no-token");
    return silence.detail.replace(tokens.url.host, "HOST");
  };

  it("is quoted, without the secret that it repeats", async () => {
    const error = ({ authorization }: { authorization: string | undefined }) => ({
      error: "invalid_client",
      error_description: `who is ${authorization} or ${SECRET}`,
    });
    expect(await told({ status: 400, error })).toBe(
      "The token endpoint at HOST answered 400 (invalid_client: who is Basic «secret» or «secret»).",
    );
  });

  it("is told by its status when it says nothing else", async () => {
    expect(await told({ status: 502, error: () => ({}) })).toBe(
      "The token endpoint at HOST answered 502, and not with an access token.",
    );
  });

  it("may not be there at all", async () => {
    const tokens = await tokenEndpoint();
    await tokens.stop();
    const server = await scimServer(tokens);
    const silence = silent(await once(server.url, { credential: clientOf(tokens) }));
    expect(silence).toMatchObject({
      reason: "no-token",
      detail: expect.stringMatching(/token endpoint at .* was not reached. No connection is accepted/),
    });
  });
});
