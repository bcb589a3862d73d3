import { describe, expect, it } from "vitest";
import { acceptedUnlessUnique } from "../../../src/checks/named/accepted-unless-unique.ts";
import {
  declaredAttributes,
  declaredTypes,
  optionalAsDeclared,
  storedAsDeclared,
} from "../../../src/checks/named/as-declared.ts";
import { namespaces } from "../../../src/checks/named/namespaces.ts";
import type { Exchange } from "../../../src/model/exchange.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { evidenceOf, exchangeOf } from "./evidence-of.ts";

const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

const schemas = exchangeOf(200, {
  totalResults: 2,
  Resources: [
    {
      id: USER,
      attributes: [
        { name: "userName", required: true },
        { name: "title" },
        { name: "active", type: "boolean" },
        { name: "age", type: "integer" },
        { name: "since", type: "dateTime" },
        { name: "badge", mutability: "readOnly" },
        { name: "nick", uniqueness: "server" },
        { name: "name", type: "complex", subAttributes: [{ name: "givenName" }] },
        { name: "emails", type: "complex", multiValued: true, subAttributes: [{ name: "value" }] },
      ],
    },
    { id: ENTERPRISE, attributes: [{ name: "department" }] },
  ],
});
const user = { schemas: [USER, ENTERPRISE], id: "1", userName: "ann", meta: {} };
const shown = (resource: Json, more: Record<string, Exchange> = {}) =>
  evidenceOf(200, resource, { earlier: { schemas, ...more } });
const given = { schemas: "schemas" };

/** An exchange that carried a body. */
function sent(status: number, body: JsonObject): Exchange {
  const exchange = exchangeOf(status, {});
  return { ...exchange, request: { ...exchange.request, method: "POST", body: JSON.stringify(body) } };
}

describe("declared-attributes", () => {
  it("holds for common attributes, other letters, parts of any multi-valued attribute, and extensions", () => {
    const resource = {
      ...user,
      externalId: "x",
      TITLE: "Guide",
      emails: [{ value: "a@example.com", type: "work", primary: true }],
      [ENTERPRISE]: { department: "Tools" },
    };
    expect(declaredAttributes.judge(shown(resource), given).kind).toBe("holds");
  });

  it("passes over what has no value: null and an empty array say that nothing is there", () => {
    const name = { givenName: "Ann", spirit: null };
    const extension = { [ENTERPRISE]: { wand: null } };
    const resource = { ...user, ...extension, name, favouriteSandwich: null, hats: [], shoe: "" };
    expect(declaredAttributes.judge(shown(resource), given).kind).toBe("holds");
  });

  it.each([
    [{ favouriteSandwich: "cheese" }, "body favouriteSandwich"],
    [{ name: { givenName: "Ann", spirit: "free" } }, "body name.spirit"],
    [{ [ENTERPRISE]: { wand: "oak" } }, `body ${ENTERPRISE}.wand`],
    [{ "urn:example:nobody": { a: 1 } }, "body urn:example:nobody"],
  ])("breaks for %j", (extra, where) => {
    expect(declaredAttributes.judge(shown({ ...user, ...extra }), given)).toMatchObject({
      kind: "broken",
      differences: [{ where }],
    });
  });

  it("is open where the schemas or the resource are not shown", () => {
    expect(declaredAttributes.judge(evidenceOf(200, user), given).kind).toBe("unknown");
    expect(declaredAttributes.judge(evidenceOf(404), given).kind).toBe("unknown");
  });
});

describe("declared-types", () => {
  it("holds for values of their types, for null, and for what nobody declared", () => {
    const resource = { ...user, active: true, age: 7, since: "2026-01-02T03:04:05Z", title: null, else: 5 };
    expect(declaredTypes.judge(shown(resource), given).kind).toBe("holds");
  });

  it.each([
    { active: "true" },
    { age: 7.5 },
    { age: "7" },
    { since: "2026-01-02" },
    { emails: {} },
    { title: 5 },
    { name: "Ann" },
    { emails: [{ value: 5 }] },
  ])("breaks for %j", (extra) => {
    expect(declaredTypes.judge(shown({ ...user, ...extra }), given).kind).toBe("broken");
  });
});

describe("stored-as-declared", () => {
  const judged = (resource: JsonObject) =>
    storedAsDeclared.judge(
      shown(resource, {
        create: sent(201, { schemas: [USER], userName: "ann", title: "Guide", badge: "7", hobby: "x" }),
      }),
      { ...given, by: "create" },
    ).kind;

  it("wants what is writable, and neither what is read-only nor what nobody declared", () => {
    expect(judged({ userName: "ann", title: "Guide" })).toBe("holds");
    expect(judged({ userName: "ann" })).toBe("broken");
    expect(judged({ userName: "ann", title: "Cook" })).toBe("broken");
  });
});

describe("optional-as-declared", () => {
  const judged = (status: number, body: JsonObject) => {
    const evidence = { ...shown({}), exchanges: [sent(status, body)] };
    return optionalAsDeclared.judge(evidence, { ...given, schema: USER }).kind;
  };

  it("wants success when all that is required was sent, and is open when not", () => {
    expect(judged(201, { userName: "ann" })).toBe("holds");
    expect(judged(400, { userName: "ann" })).toBe("broken");
    expect(judged(400, { title: "Guide" })).toBe("unknown");
  });
});

describe("accepted-unless-unique", () => {
  const judged = (status: number, attribute: string) =>
    acceptedUnlessUnique.judge(evidenceOf(status, {}, { earlier: { schemas, first: exchangeOf(201, {}) } }), {
      ...given,
      as: "first",
      schema: USER,
      attribute,
    }).kind;

  it("wants success for what is not declared unique", () => {
    expect(judged(201, "title")).toBe("holds");
    expect(judged(409, "title")).toBe("broken");
    expect(judged(409, "nick")).toBe("not-offered");
  });
});

describe("namespaces", () => {
  const types = exchangeOf(200, {
    Resources: [{ name: "User", schema: USER, schemaExtensions: [{ schema: ENTERPRISE }] }],
  });
  const judged = (part: string, resource: Json) =>
    namespaces.judge(shown(resource, { types }), { part, core: USER, types: "types", type: "User" }).kind;

  it("named: wants the core schema and every extension that is shown", () => {
    expect(judged("named", { schemas: [USER] })).toBe("holds");
    expect(judged("named", { schemas: [USER, ENTERPRISE], [ENTERPRISE]: { department: "x" } })).toBe("holds");
    expect(judged("named", { schemas: [USER], [ENTERPRISE]: { department: "x" } })).toBe("broken");
    expect(judged("named", { schemas: [] })).toBe("broken");
    expect(judged("named", {})).toBe("broken");
  });

  it("filled: minds extensions of which nothing is shown", () => {
    expect(judged("filled", { schemas: [USER] })).toBe("holds");
    expect(judged("filled", { schemas: [USER, ENTERPRISE] })).toBe("broken");
  });

  it("known: minds schemas that the resource type does not have", () => {
    expect(judged("known", { schemas: [USER, ENTERPRISE] })).toBe("holds");
    expect(judged("known", { schemas: [USER, "urn:example:nobody"] })).toBe("broken");
  });
});
