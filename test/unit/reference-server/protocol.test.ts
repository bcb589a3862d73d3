import { describe, expect, it } from "vitest";
import { URN } from "../../../src/model/scim.ts";
import { soundOperations } from "../../../src/reference-server/index.ts";
import { client, type Response } from "./client.ts";

function expectScimError(response: Response, status: number): void {
  expect(response.status).toBe(status);
  expect(response.header("Content-Type")).toBe("application/scim+json;charset=utf-8");
  expect(response.body).toMatchObject({ schemas: [URN.error], status: String(status) });
  expect(response.body.detail).toMatch(/\S/);
}

const bearer = (text: string) => [["Authorization", text] as const];

describe("a server with a token", () => {
  it.each([
    ["GET", "/Users"],
    ["GET", "/Users/unknown"],
    ["POST", "/Users"],
    ["PATCH", "/nothing"],
    ["TRACE", "/Users?filter=broken%"],
    ["POST", "/ServiceProviderConfig"],
  ])("answers %s %s without or with a wrong credential with 401, before anything else", (method, path) => {
    const { sendText } = client({ token: "right" });
    const wrong = [
      "non-token",
      "right",
      "Bearer wrong",
      "Bearer Bearer right",
      "Basic cmlnaHQ=",
      "Bearer",
    ].map(bearer);
    for (const headers of [[], ...wrong]) {
      const refused = sendText(method, path, "no json", headers);
      expectScimError(refused, 401);
      expect(refused.header("WWW-Authenticate")).toMatch(/^Bearer /);
    }
  });

  it.each(["Bearer right", "bearer right", "BEARER   right"])("takes %j", (text) => {
    expect(client({ token: "right" }).get("/Users", bearer(text)).status).toBe(200);
  });

  it("tells everybody how to identify himself", () => {
    const { body } = client({ token: "right" }).get("/ServiceProviderConfig", []);
    expect(body.authenticationSchemes[0].type).toBe("oauthbearertoken");
  });
});

describe("a rate limit", () => {
  it("answers 429 with whole seconds to wait, and applies nothing of what it refused", () => {
    const { send, clock, server } = client({ rateLimit: { perSecond: 2, burst: 3 } });
    const create = (number: number) =>
      send("POST", "/Users", { schemas: [URN.user], userName: `u${number}` });
    expect([0, 1, 2].map((number) => create(number).status)).toEqual([201, 201, 201]);
    const refused = create(3);
    expectScimError(refused, 429);
    expect(refused.header("Retry-After")).toBe("1");
    expect(server.counts().users).toBe(3);
    clock.advance(1000 * Number(refused.header("Retry-After")));
    expect(create(3).status).toBe(201);
  });

  it("says honestly how long to wait when it is slow, or what it was told to say", () => {
    const slow = client({ rateLimit: { perSecond: 0.1 } });
    slow.get("/Users");
    expect(slow.get("/Users").header("Retry-After")).toBe("10");
    slow.clock.advance(9_999);
    expect(slow.get("/Users").status).toBe(429);
    slow.clock.advance(1_000);
    expect(slow.get("/Users").status).toBe(200);
    const told = client({ rateLimit: { perSecond: 1, retryAfterSeconds: 300 } });
    told.get("/Users");
    expect(told.get("/Users").header("Retry-After")).toBe("300");
  });
});

describe("what is not there", () => {
  it.each([
    "/",
    "/user",
    "/users",
    "/Users/1/groups",
    "/Schemas/none",
    "/ResourceTypes/Robot",
    "/%zz",
    "/v1/Users",
  ])("%s is 404, or a list, with SCIM JSON", (path) => {
    const answer = client().get(path);
    if (path === "/") expect(answer.body.schemas).toEqual([URN.listResponse]);
    else expectScimError(answer, 404);
  });

  it("is everything outside the base path", () => {
    const { server } = client({ basePath: "/tenant/scim/" });
    const at = (target: string) => server.handle({ method: "GET", target, headers: [], body: "" }).status;
    expect(["/tenant/scim/Users", "/Users", "/tenant/scimUsers", "/scim/v2/Users"].map(at)).toEqual([
      200, 404, 404, 404,
    ]);
  });

  it.each([
    ["DELETE", "/Users", "GET, POST"],
    ["POST", "/Users/1", "GET, PUT, PATCH, DELETE"],
    ["PUT", "/Schemas", "GET"],
    ["DELETE", "/ServiceProviderConfig", "GET"],
    ["GET", "/Users/.search", "POST"],
    ["constructor", "/Users", "GET, POST"],
  ])("%s %s is 405, and Allow says what is there", (method, path, allow) => {
    const refused = client().send(method, path);
    expectScimError(refused, 405);
    expect(refused.header("Allow")).toBe(allow);
  });

  it.each(["/Bulk", "/Me"])("%s is 501", (path) => {
    expectScimError(client().send("POST", path, {}), 501);
  });
});

describe("a request body", () => {
  const user = { schemas: [URN.user], userName: "a" };

  it.each(["application/scim+json", "application/json", 'Application/SCIM+JSON; Charset="UTF-8"', undefined])(
    "is read when it is labelled %s",
    (type) => {
      const headers = type === undefined ? [] : [["content-type", type] as const];
      expect(client().send("POST", "/Users", user, headers).status).toBe(201);
    },
  );

  it.each([
    "text/plain",
    "application/xml",
    "application/json; charset=latin1",
    "application/x-www-form-urlencoded",
  ])("is refused with 415 when it is labelled %s", (type) => {
    expectScimError(client().send("POST", "/Users", user, [["Content-Type", type]]), 415);
  });

  it.each(["", " ", "{", "{'a':1}", "[]", "null", '"text"', "<xml/>"])(
    "%j is refused with 400 invalidSyntax",
    (text) => {
      const refused = client().sendText("POST", "/Users", text);
      expectScimError(refused, 400);
      expect(refused.body.scimType).toBe("invalidSyntax");
    },
  );

  it("is refused with 413 above the limit, counted in bytes", () => {
    const { sendText } = client({ maxBodyBytes: 100 });
    expectScimError(sendText("POST", "/Users", "é".repeat(51)), 413);
    expect(sendText("POST", "/Users", "é".repeat(50)).status).toBe(400);
  });

  it("may nest a hundred thousand levels without breaking anything", () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const { sendText, user: create, send } = client();
    const body = (name: string) => `{"schemas":["${URN.user}"],"userName":"a","${name}":${deep}}`;
    expect(sendText("POST", "/Users", body("unknown")).status).toBe(201);
    expect(sendText("POST", "/Users", body("title")).status).toBe(400);
    expect(sendText("POST", "/Users", body("emails")).status).toBe(400);
    const { id } = create("b");
    const operations = `[{"op":"remove","path":"emails","value":${deep}}]`;
    const patch = sendText(
      "PATCH",
      `/Users/${id}`,
      `{"schemas":["${URN.patchOp}"],"Operations":${operations}}`,
    );
    expect(patch.status).toBe(400);
    expect(send("GET", `/Users/${id}`).status).toBe(200);
  });

  it("is never quoted when it cannot be read: it may hold a password", () => {
    expect(client().sendText("POST", "/Users", '{"password":"hunter2!",').text).not.toContain("hunter2!");
  });
});

describe("discovery", () => {
  const { get } = client({ pageSizeMax: 50 });

  it("describes what the server offers", () => {
    const { body } = get("/ServiceProviderConfig");
    expect(body.filter).toEqual({ supported: true, maxResults: 50 });
    expect(body.bulk).toEqual({ supported: false, maxOperations: 0, maxPayloadSize: 0 });
    for (const feature of ["patch", "changePassword", "sort", "etag"])
      expect(body[feature].supported).toBe(true);
  });

  it("leads from resource types to schemas that can be read", () => {
    const types = get("/ResourceTypes?startIndex=9&count=0").body;
    expect(types).toMatchObject({ schemas: [URN.listResponse], totalResults: 4 });
    for (const type of types.Resources) {
      expect(get(`/ResourceTypes/${type.id}`).body).toEqual(type);
      const extensions = type.schemaExtensions.map(({ schema }: { schema: string }) => schema);
      for (const urn of [type.schema, ...extensions]) {
        expect(get(`/Schemas/${urn}`).body.id).toBe(urn);
        expect(get(`/Schemas/${encodeURIComponent(urn)}`).body.id).toBe(urn);
      }
    }
  });

  it("lists every schema and its attributes", () => {
    const { totalResults, Resources } = get("/Schemas").body;
    expect(totalResults).toBe(Resources.length);
    expect(Resources.map(({ id }: { id: string }) => id)).toEqual([
      URN.user,
      URN.enterpriseUser,
      URN.group,
      "urn:okta:scim:schemas:core:1.0:Role",
      "urn:okta:scim:schemas:core:1.0:Entitlement",
      "urn:example:scim:schemas:extension:license:1.0:License",
    ]);
    const userName = Resources[0].attributes.find(({ name }: { name: string }) => name === "userName");
    expect(userName).toMatchObject({ required: true, caseExact: false, uniqueness: "server" });
  });

  it("cannot be filtered", () => {
    for (const path of ["/Schemas", "/ResourceTypes"]) expectScimError(get(`${path}?filter=id%20pr`), 403);
  });

  it("declares every attribute that a user or a group shows", () => {
    const scim = client();
    const { id } = scim.user("a", { emails: [{ value: "x" }], name: { givenName: "x" } });
    const shown = [scim.get(`/Users/${id}`).body, scim.get(`/Groups/${scim.group("g", [id])}`).body];
    for (const [at, urn] of [URN.user, URN.group].entries()) {
      const declared = scim.get(`/Schemas/${urn}`).body.attributes.map(({ name }: { name: string }) => name);
      for (const name of Object.keys(shown[at])) {
        expect(["schemas", "id", "externalId", "meta", ...declared]).toContain(name);
      }
    }
  });
});

describe("a defect", () => {
  it("puts one operation in the place of a sound one", () => {
    const scim = client({
      replace: {
        removeMembers: () => undefined,
        takePage: (matches, startIndex, count) => soundOperations.takePage(matches, startIndex + 1, count),
      },
    });
    const id = scim.user("a").id;
    const group = scim.group("g", [id]);
    scim.patch(`/Groups/${group}`, { op: "remove", path: `members[value eq "${id}"]` });
    expect(scim.members(group)).toEqual([id]);
    expect(scim.get("/Users").body.Resources).toEqual([]);
  });

  it("wraps the whole server", () => {
    const scim = client({ wrap: (handle) => (request) => ({ ...handle(request), status: 299 }) });
    expect(scim.get("/Users").status).toBe(299);
  });

  it("that throws is a 500 with a SCIM error that tells nothing of the inside", () => {
    const scim = client({
      replace: {
        list: () => {
          throw new Error("SELECT * FROM secrets");
        },
      },
    });
    const broken = scim.get("/Users");
    expectScimError(broken, 500);
    expect(broken.text).not.toContain("SELECT");
  });
});

describe("addresses in replies", () => {
  it("begin with the host that the client used, unless that is no host", () => {
    const { server } = client();
    const location = (host: string) => {
      server.seed(1);
      const response = server.handle({
        method: "GET",
        target: "/scim/v2/Users",
        headers: [["Host", host]],
        body: "",
      });
      return JSON.parse(response.body).Resources[0].meta.location;
    };
    expect(location("scim.test:8080")).toMatch(/^http:\/\/scim\.test:8080\/scim\/v2\/Users\//);
    expect(location('evil"><script>')).toMatch(/^\/scim\/v2\/Users\//);
  });
});
