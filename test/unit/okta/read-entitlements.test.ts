import { describe, expect, it } from "vitest";
import { entitlementTypes, extensionSchemas } from "../../../src/checks/named/entitlement-types.ts";
import { entitlementValues } from "../../../src/checks/named/entitlement-values.ts";
import type { Evidence } from "../../../src/model/evidence.ts";
import type { Exchange, Request } from "../../../src/model/exchange.ts";
import type { Json } from "../../../src/model/json.ts";
import { URN } from "../../../src/model/scim.ts";
import { readEntitlements } from "../../../src/okta/actions/read-entitlements.ts";
import { evidenceOf, exchangeOf } from "../checks/evidence-of.ts";

const list = (resources: readonly Json[], total = resources.length) => ({
  schemas: [URN.listResponse],
  totalResults: total,
  startIndex: 1,
  itemsPerPage: resources.length,
  Resources: resources,
});
const roleType = {
  id: "Role",
  name: "Role",
  endpoint: "/Roles",
  description: "Roles",
  schema: URN.role,
  meta: {},
};
const role = (number: number) => ({ schemas: [URN.role], id: `r${number}`, displayName: `Role ${number}` });
const roles = (count: number) => Array.from({ length: count }, (_, index) => role(index + 1));

/** Plays the action against a server that is a function of the address. */
function readFrom(
  server: (path: string) => Json | undefined,
): Evidence & { readonly asked: readonly string[] } {
  const asked: string[] = [];
  const performance = readEntitlements.perform(
    {},
    {
      request: (method, path) => ({ method, path, headers: [] }),
      now: 0,
      brief: (exchange) => exchange,
      unique: () => "unused",
      oktaWaits: false,
      random: () => 0,
    },
  );
  let next = performance.next();
  while (next.done !== true) {
    if (next.value.kind !== "send") throw new Error("it only sends");
    const { path }: Request = next.value.request;
    asked.push(path);
    const body = server(path);
    const exchange: Exchange = body === undefined ? exchangeOf(404) : exchangeOf(200, body);
    next = performance.next({ exchanges: [exchange], now: 0 });
  }
  return { step: "values", ...next.value, earlier: new Map(), values: new Map(), asked };
}

const serving =
  (all: readonly Json[], most = 100, total = all.length) =>
  (path: string): Json => {
    if (path === "/ResourceTypes") return list([roleType]);
    const query = new URLSearchParams(path.split("?")[1]);
    const from = Number(query.get("startIndex")) - 1;
    return list(all.slice(from, from + Math.min(most, Number(query.get("count")))), total);
  };

const judged = (part: string, evidence: Evidence) => entitlementValues.judge(evidence, { part }).kind;

describe("reading roles and entitlements", () => {
  it("asks for one value and then for every page, as Okta does", () => {
    const { asked, facts } = readFrom(serving(roles(130)));
    expect(asked).toEqual([
      "/ResourceTypes",
      "/Roles?count=1&startIndex=1",
      "/Roles?startIndex=1&count=100",
      "/Roles?startIndex=101&count=100",
    ]);
    expect(facts.assigned).toEqual({ roles: [{ value: "r1", display: "Role 1" }], entitlements: [] });
  });

  it("goes on behind a page that is smaller than asked for", () => {
    const evidence = readFrom(serving(roles(130), 50));
    expect(judged("each-once", evidence)).toBe("holds");
  });

  it("asks nothing more where no resource type is of Okta's kinds, or none can be read", () => {
    expect(readFrom(() => list([{ name: "User", schema: URN.user, endpoint: "/Users" }])).asked).toHaveLength(
      1,
    );
    const without = readFrom(() => undefined);
    expect(without.asked).toHaveLength(1);
    expect(judged("each-once", without)).toBe("not-offered");
  });

  it("goes to no other host, whatever an endpoint says", () => {
    const elsewhere = { ...roleType, endpoint: "https://elsewhere.example.com/Roles" };
    expect(readFrom(() => list([elsewhere])).asked).toEqual(["/ResourceTypes"]);
  });

  it("comes to an end on a server that promises more than it has", () => {
    expect(readFrom(serving(roles(3), 100, 1_000_000)).asked.length).toBeLessThan(30);
    expect(readFrom(serving(roles(100_000), 1)).asked.length).toBeLessThan(30);
  });
});

describe("entitlement-values", () => {
  it("breaks for a value that comes twice or not at all, and is open where pages are missing", () => {
    expect(judged("each-once", readFrom(serving([...roles(5), role(2)])))).toBe("broken");
    expect(judged("each-once", readFrom(serving(roles(5), 100, 7)))).toBe("broken");
    expect(judged("each-once", readFrom(serving(roles(100_000), 1)))).toBe("unknown");
  });

  it("breaks for a name that is no text, another schema and a description without end", () => {
    const odd = (changes: Json) => readFrom(serving([{ ...role(1), ...(changes as object) }]));
    expect(judged("role-named", odd({ id: 7 }))).toBe("broken");
    expect(judged("role-named", odd({ displayName: "" }))).toBe("broken");
    expect(judged("role-schema", odd({ schemas: [URN.user] }))).toBe("broken");
    expect(judged("role-description", odd({ description: "x".repeat(1_001) }))).toBe("broken");
    expect(judged("role-description", odd({ description: null }))).toBe("holds");
  });

  it("does not ask for entitlements of a server that has roles alone", () => {
    expect(judged("entitlement-type", readFrom(serving(roles(2))))).toBe("not-offered");
  });

  it("is open, not broken, where a kind has no value yet", () => {
    expect(judged("one-list", readFrom(serving([])))).toBe("unknown");
    expect(judged("role-named", readFrom(serving([])))).toBe("unknown");
  });
});

describe("entitlement-types", () => {
  const kind = (part: string, types: readonly Json[]) =>
    entitlementTypes.judge(evidenceOf(200, list(types)), { part }).kind;

  it("is not offered where the server has resource types of its own alone", () => {
    const own = { ...roleType, schema: "urn:ietf:params:scim:schemas:core:2.0:Role" };
    for (const part of ["list", "described", "offered"]) expect(kind(part, [own])).toBe("not-offered");
    expect(entitlementTypes.judge(evidenceOf(404), { part: "list" }).kind).toBe("not-offered");
  });

  it("breaks for a name in Okta's namespace that Okta does not know", () => {
    const misspelt = { ...roleType, schema: "urn:okta:scim:schemas:core:1.0:role" };
    expect(kind("offered", [misspelt])).toBe("broken");
    expect(kind("offered", [misspelt, roleType])).toBe("holds");
  });

  it("breaks for what Okta reads and does not find", () => {
    const { description: _none, ...without } = roleType;
    expect(kind("described", [without])).toBe("broken");
    expect(kind("described", [roleType])).toBe("holds");
  });
});

describe("extension-schemas", () => {
  const urn = "urn:example:scim:schemas:extension:desk:1.0:Desk";
  const extended = { ...roleType, schemaExtensions: [{ schema: urn, required: false }] };
  const judgedWith = (type: Json, schemas: Json) =>
    extensionSchemas.judge(evidenceOf(200, schemas, { earlier: { types: exchangeOf(200, list([type])) } }), {
      types: "types",
    }).kind;

  it("asks for extensions alone, and for nothing where there are none", () => {
    expect(judgedWith(extended, list([{ id: urn, name: "Desk", attributes: [] }]))).toBe("holds");
    expect(judgedWith(extended, list([]))).toBe("broken");
    expect(judgedWith(extended, list([{ id: urn }]))).toBe("broken");
    expect(judgedWith(roleType, list([]))).toBe("not-offered");
  });
});
