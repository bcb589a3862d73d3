import { describe, expect, it } from "vitest";
import {
  fillArgument,
  fillBody,
  fillPath,
  fillText,
  MissingValue,
  type Scope,
} from "../../../src/engine/fill.ts";
import type { Json } from "../../../src/model/json.ts";
import type { BodyTemplate, Changes, Template, Transform } from "../../../src/model/scenario.ts";

const scope = (values: Readonly<Record<string, Json>> = {}, answer?: Json): Scope => ({
  valueOf: (name) => (Object.hasOwn(values, name) ? values[name] : undefined),
  unique: (kind, label) => `<${label ?? ""}:${kind}>`,
  answerOf: () => answer,
});
const slot = (name: string, ...transforms: readonly Transform[]): Template => ({
  parts: [{ name, transforms }],
});
const text = (name: string): BodyTemplate => ({ kind: "text", template: slot(name) });
const literal = (value: Json): BodyTemplate => ({ kind: "literal", value });
const changes = (given: Partial<Changes>): Changes => ({ replace: [], set: [], without: [], ...given });
const changed = (body: Json, given: Partial<Changes>) =>
  fillBody({ kind: "fixture", body: literal(body), changes: changes(given) }, scope());

describe("slots", () => {
  it("take remembered values, values with dots in their names, and paths below a value", () => {
    const values = { user: "7", "large.members": 300, crowd: [{ value: "a" }, { value: "b" }] };
    expect(fillText({ parts: ["/Users/", { name: "user", transforms: [] }] }, scope(values))).toBe(
      "/Users/7",
    );
    expect(fillBody(text("large.members"), scope(values))).toBe(300);
    expect(fillBody(text("crowd[1].value"), scope(values))).toBe("b");
    expect(fillBody(text("crowd"), scope(values))).toEqual(values.crowd);
  });

  it("ask for unique names by kind and label", () => {
    expect(fillText(slot("unique.userName"), scope())).toBe("<:userName>");
    expect(fillText(slot("unique.bob.userName"), scope())).toBe("<bob:userName>");
  });

  it.each(["user", "crowd[0].value", "user.name", "__proto__", "empty.x"])(
    "block on %s, which was never yielded",
    (name) => {
      expect(() => fillText(slot(name), scope({ empty: { x: null } }))).toThrow(MissingValue);
    },
  );

  it.each<[Transform, string]>([
    ["upper", 'A"B\\C +É@X'],
    ["lower", 'a"b\\c +é@x'],
    ["filter", 'a\\"B\\\\c +É@x'],
    ["url", "a%22B%5Cc%20%2B%C3%89%40x"],
    ["form", "a%22B%5Cc+%2B%C3%89%40x"],
  ])("are transformed by %s", (transform, expected) => {
    expect(fillText(slot("v", transform), scope({ v: 'a"B\\c +É@x' }))).toBe(expected);
  });

  it("are transformed in the order written, and half a surrogate pair does not throw", () => {
    expect(fillText(slot("v", "filter", "url"), scope({ v: '"' }))).toBe("%5C%22");
    expect(fillText(slot("v", "url"), scope({ v: "\uD800" }))).toBe("%EF%BF%BD");
  });
});

describe("a path", () => {
  it.each([
    ["a/b?c#d", "a%2Fb%3Fc%23d"],
    ["../../Groups/1", "..%2F..%2FGroups%2F1"],
    ["50% off", "50%25%20off"],
    ["urn:x@y", "urn:x@y"],
    ["\uDC00", "%EF%BF%BD"],
  ])("keeps the id %j in one segment", (id, expected) => {
    const template = { parts: ["/Users/", { name: "user", transforms: [] }] };
    expect(fillPath(template, scope({ user: id }))).toBe(`/Users/${expected}`);
  });

  it("leaves alone what the scenario encodes itself", () => {
    expect(fillPath(slot("v", "url"), scope({ v: "a b" }))).toBe("a%20b");
    expect(fillPath(slot("v", "form"), scope({ v: "a b" }))).toBe("a+b");
  });
});

describe("an argument of an action", () => {
  const path = (id: string): BodyTemplate => ({
    kind: "text",
    template: { parts: ["/Groups/", { name: id, transforms: [] }] },
  });
  const member = (id: string): BodyTemplate => ({
    kind: "text",
    template: { parts: ['members[value eq "', { name: id, transforms: [] }, '"]'] },
  });
  const object = (entries: Readonly<Record<string, BodyTemplate>>): BodyTemplate => ({
    kind: "object",
    entries: Object.entries(entries),
  });
  const values = scope({ group: "R&D 1/2", user: "a b" });

  it("has paths in which an id stays one segment, however deep they stand", () => {
    expect(fillArgument("path", path("group"), values)).toBe("/Groups/R%26D%201%2F2");
    const requests: BodyTemplate = { kind: "array", items: [object({ path: path("group") })] };
    expect(fillArgument("requests", requests, values)).toEqual([{ path: "/Groups/R%26D%201%2F2" }]);
  });

  it("has bodies in which a path is one of SCIM, and other texts as they are", () => {
    const operation = object({ path: member("user") });
    expect(fillArgument("body", object({ Operations: operation }), values)).toEqual({
      Operations: { path: 'members[value eq "a b"]' },
    });
    expect(fillArgument("group", text("group"), values)).toBe("R&D 1/2");
  });
});

describe("a body", () => {
  const user = {
    id: "1",
    name: { givenName: "Ada", familyName: "L" },
    emails: [{ value: "a" }, { value: "b" }],
  };

  it("from a fixture or an answer is changed, and the original is not", () => {
    const before = structuredClone(user);
    const given = changes({
      without: ["name.familyName", "emails[0]"],
      replace: [["id", literal("2")]],
      set: [
        ["name.givenName", literal("Eve")],
        ['["urn:x:y"].department[0].code', literal(7)],
      ],
    });
    expect(fillBody({ kind: "answer", step: "read", changes: given }, scope({}, user))).toEqual({
      id: "2",
      name: { givenName: "Eve" },
      emails: [{ value: "b" }],
      "urn:x:y": { department: [{ code: 7 }] },
    });
    expect(user).toEqual(before);
  });

  it.each<Json | undefined>([undefined, null, "text", 3, [1]])(
    "of an answer that is %j is blocked",
    (answer) => {
      const template: BodyTemplate = { kind: "answer", step: "read", changes: changes({}) };
      expect(() => fillBody(template, scope({}, answer))).toThrow(MissingValue);
    },
  );

  it("is not harmed by paths that lead nowhere", () => {
    expect(changed(user, { without: ["x.y", "emails[9]", "emails.value", "id.x", "__proto__.x"] })).toEqual(
      user,
    );
    expect(changed(user, { set: [["id.x", literal(1)]] })).toMatchObject({ id: { x: 1 } });
  });

  it("carries `__proto__` as a key like any other, and touches no prototype", () => {
    const hostile = JSON.parse('{"__proto__":{"polluted":1},"a":1}') as Json;
    const template: BodyTemplate = {
      kind: "answer",
      step: "read",
      changes: changes({ replace: [["__proto__", literal({ b: 2 })]], set: [["__proto__.c", literal(3)]] }),
    };
    expect(JSON.stringify(fillBody(template, scope({}, hostile)))).toBe('{"__proto__":{"b":2,"c":3},"a":1}');
    const written = fillBody({ kind: "object", entries: [["__proto__", literal(1)]] }, scope());
    expect(JSON.stringify(written)).toBe('{"__proto__":1}');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
