import { randomBytes } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import { scim } from "@better-auth/scim";
import { type BetterAuthPlugin, betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { toNodeHandler } from "better-auth/node";
import { admin } from "better-auth/plugins";
import { listening, type RunningServer } from "../running-server.ts";

/**
 * Starts Better Auth with its SCIM plugin, over its memory adapter, on a free port of the loopback address.
 * The admin plugin is there because the SCIM plugin needs it to deactivate anybody. The token is made as the
 * documentation says: somebody who is signed in asks for it.
 */
export async function start(): Promise<RunningServer> {
  // Better Auth wants to know its own URL before there is a port.
  const late: { handler: RequestListener } = { handler: (_, response) => response.writeHead(503).end() };
  const server = createServer((request, response) => late.handler(request, response));
  const open = await listening(server, "/api/auth/scim/v2");
  const { origin } = new URL(open.url);
  late.handler = toNodeHandler(authAt(origin));
  return { ...open, token: await tokenOf(origin) };
}

function authAt(baseURL: string) {
  return betterAuth({
    baseURL,
    secret: randomBytes(32).toString("hex"),
    database: memoryAdapter({ user: [], session: [], account: [], verification: [], scimProvider: [] }),
    emailAndPassword: { enabled: true },
    // The plugin's own types do not hold under exactOptionalPropertyTypes.
    plugins: [admin(), scim() as unknown as BetterAuthPlugin],
    // As in development: no test of ours is about their limiter.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
}

/** Signs somebody up and asks for a token in that person's name. */
async function tokenOf(origin: string): Promise<string> {
  const signedUp = await posted(`${origin}/api/auth/sign-up/email`, "", {
    name: "Olive Operator",
    email: "operator@example.com",
    password: randomBytes(16).toString("hex"),
  });
  const cookies = signedUp.headers.getSetCookie().map((line) => line.split(";")[0]);
  const made = await posted(`${origin}/api/auth/scim/generate-token`, cookies.join("; "), {
    providerId: "okta",
  });
  const { scimToken } = (await made.json()) as { readonly scimToken: string };
  return scimToken;
}

async function posted(
  url: string,
  cookie: string,
  body: Readonly<Record<string, string>>,
): Promise<Response> {
  const origin = new URL(url).origin;
  const headers = { "Content-Type": "application/json", Origin: origin, Cookie: cookie };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer;
}
