import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/model/clock.ts";
import { bindingObservables } from "../../../src/model/target.ts";
import { namedTokensOf } from "../../../src/reference-server/character/admin/administration.ts";
import { characterOfFacts } from "../../../src/reference-server/character/index.ts";
import { createReferenceServer, soundOperations } from "../../../src/reference-server/index.ts";
import { characterOf } from "../../../src/reference-server/variation.ts";
import { loadTarget } from "../../../src/targets/load-target.ts";

const TOKEN = "the-token";
const DAY = 24 * 60 * 60 * 1000;
const { admin, expired, foreign } = namedTokensOf(TOKEN);

/** Terraform Enterprise as its profile documents it, on a clock that moves when it is told to. */
function installation() {
  const loaded = loadTarget("terraform-enterprise");
  if (!loaded.ok) throw new Error("no profile");
  let now = Date.UTC(2026, 0, 5);
  const clock = { now: () => now, sleep: async () => {} };
  const random = seededRandom(1);
  const make = characterOfFacts(bindingObservables(loaded.profile));
  const character = characterOf([{ make }], { clock, random, operations: soundOperations });
  const server = createReferenceServer({ ...character, clock, random, token: TOKEN });
  const ask = (method: string, target: string, token: string, body?: unknown) => {
    const reply = server.handle({
      method,
      target,
      headers: [["Authorization", `Bearer ${token}`]],
      body: body === undefined ? "" : JSON.stringify(body),
    });
    // biome-ignore lint/suspicious/noExplicitAny: answers are read freely here
    return { status: reply.status, body: (reply.body === "" ? undefined : JSON.parse(reply.body)) as any };
  };
  return {
    ask,
    pass: (ms: number) => {
      now += ms;
    },
    user: (name: string, email = `${name}@example.com`) =>
      ask("POST", "/scim/v2/Users", TOKEN, {
        schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
        userName: name,
        emails: [{ value: email, primary: true }],
      }),
    mint: (attributes: Record<string, string> = { description: "for Okta" }) =>
      ask("POST", "/api/v2/admin/scim-tokens", admin, {
        data: { type: "authentication-tokens", attributes },
      }),
  };
}

describe("the tokens of the server that plays Terraform Enterprise", () => {
  it("live 365 days and are refused from then on", () => {
    const { ask, mint, pass } = installation();
    const secret = mint().body.data.attributes.token;
    expect(ask("GET", "/scim/v2/Users", secret).status).toBe(200);
    pass(364 * DAY);
    expect(ask("GET", "/scim/v2/Users", secret).status).toBe(200);
    pass(2 * DAY);
    expect(ask("GET", "/scim/v2/Users", secret).status).toBe(401);
  });

  it("are told once, listed without their secret, and revoked at once", () => {
    const { ask, mint } = installation();
    const { id, attributes } = mint().body.data;
    const listed = ask("GET", "/api/v2/admin/scim-tokens", admin).body.data;
    expect(listed.map((one: { attributes: { token: unknown } }) => one.attributes.token)).toEqual([
      null,
      null,
      null,
    ]);
    expect(ask("DELETE", `/api/v2/admin/scim-tokens/${id}`, admin).status).toBe(204);
    expect(ask("GET", "/scim/v2/Users", attributes.token).status).toBe(401);
  });

  it("of other kinds, and those that have expired, are refused", () => {
    const { ask } = installation();
    for (const token of [expired, foreign, admin])
      expect(ask("GET", "/scim/v2/Users", token).status).toBe(401);
    expect(ask("GET", "/api/v2/admin/scim-settings", TOKEN).status).toBe(401);
    expect(ask("GET", "/api/v2/admin/scim-settings", foreign).status).toBe(404);
  });
});

describe("the accounts and teams around it", () => {
  const accountsOf = (shop: ReturnType<typeof installation>, part: string) =>
    shop.ask("GET", `/api/v2/admin/users?q=${part}`, admin).body.data as {
      attributes: Record<string, unknown>;
    }[];

  it("link an account that is managed by hand, and suspend it when its user is deleted", () => {
    const shop = installation();
    const { id } = shop.user("robin", "disposable.person@example.com").body;
    expect(accountsOf(shop, "disposable").map(({ attributes }) => attributes)).toEqual([
      {
        username: "disposable-person",
        email: "disposable.person@example.com",
        "is-suspended": false,
        "is-admin": false,
        "scim-username": "robin",
      },
    ]);
    expect(shop.ask("DELETE", `/scim/v2/Users/${id}`, TOKEN).status).toBe(204);
    expect(accountsOf(shop, "disposable")[0]?.attributes).toMatchObject({
      "is-suspended": true,
      "scim-username": null,
    });
  });

  it("make site administrators of the members of the site-admin group, and of nobody else", () => {
    const shop = installation();
    const { id } = shop.user("robin").body;
    const group = shop.ask("POST", "/scim/v2/Groups", TOKEN, {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
      displayName: "Admins",
      members: [{ value: id }],
    }).body.id;
    shop.ask("PATCH", "/api/v2/admin/scim-settings", admin, {
      data: { attributes: { "site-admin-group-scim-id": group } },
    });
    expect(accountsOf(shop, "robin")[0]?.attributes["is-admin"]).toBe(true);
    shop.ask("PUT", `/scim/v2/Groups/${group}`, TOKEN, {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
      members: [],
    });
    expect(accountsOf(shop, "robin")[0]?.attributes["is-admin"]).toBe(false);
  });

  it("keep a provisioning log that can be filtered by status", () => {
    const shop = installation();
    shop.user("robin");
    shop.user("robin");
    const entries = (status: string) =>
      shop.ask("GET", `/api/v2/admin/provisioning-log?status=${status}`, admin).body.data;
    expect(entries("succeeded")).toHaveLength(1);
    expect(entries("failed")).toMatchObject([{ attributes: { answered: 409, status: "failed" } }]);
  });
});

describe("secrets of an installation", () => {
  const secretOf = (minted: ReturnType<ReturnType<typeof installation>["mint"]>): string =>
    minted.body.data.attributes.token;

  it("cannot be guessed from one another, and are the same when a run is repeated", () => {
    const [one, other] = [installation(), installation()];
    const secrets = [one.mint(), one.mint()].map(secretOf);
    expect(new Set(secrets).size).toBe(2);
    for (const secret of secrets) expect(secret).toMatch(/^scim-[\w-]{43}$/);
    expect([other.mint(), other.mint()].map(secretOf)).toEqual(secrets);
  });
});
