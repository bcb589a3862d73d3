import { describe, expect, it } from "vitest";
import { declares } from "../../../src/checks/named/declares.ts";
import {
  requiredExtension,
  sameListing,
  schemasKnown,
  wholeListing,
} from "../../../src/checks/named/discovery-lists.ts";
import { noNesting, schemaNames, schemaWords } from "../../../src/checks/named/schema-grammar.ts";
import type { Json } from "../../../src/model/json.ts";
import { evidenceOf, exchangeOf } from "./evidence-of.ts";

const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const TOOLS = "urn:example:tools:2.0:User";

const list = (...Resources: Json[]) => ({ totalResults: Resources.length, Resources });
const schema = (...attributes: Json[]) => ({ id: USER, attributes });
const userName = { name: "userName", required: true, uniqueness: "server" };

describe("declares", () => {
  const given = { schema: USER, attributes: ["userName"], required: true, caseExact: false };

  it("holds for the traits given, in other letters, and by the defaults of RFC 7643 2.2", () => {
    expect(declares.judge(evidenceOf(200, list(schema(userName))), given).kind).toBe("holds");
    const spelt = schema({ ...userName, name: "USERNAME", caseExact: false });
    expect(declares.judge(evidenceOf(200, list(spelt)), given).kind).toBe("holds");
  });

  it("takes any of several words", () => {
    const wanted = { ...given, uniqueness: ["server", "global"] };
    expect(
      declares.judge(evidenceOf(200, list(schema({ ...userName, uniqueness: "global" }))), wanted).kind,
    ).toBe("holds");
    expect(
      declares.judge(evidenceOf(200, list(schema({ ...userName, uniqueness: "none" }))), wanted),
    ).toMatchObject({
      kind: "broken",
      differences: [{ where: "schema attribute userName.uniqueness", actual: '"none"' }],
    });
  });

  it("breaks for an attribute that is not there, unless it may be missing", () => {
    const empty = evidenceOf(200, list(schema({ name: "title" })));
    expect(declares.judge(empty, given).kind).toBe("broken");
    expect(declares.judge(empty, { ...given, optional: true }).kind).toBe("not-offered");
  });

  it("is open where no schema is shown", () => {
    expect(declares.judge(evidenceOf(404), given).kind).toBe("unknown");
  });
});

describe("the grammar of schemas", () => {
  const sound = list(
    schema(
      { ...userName, type: "string", mutability: "readWrite", returned: "default" },
      { name: "manager", type: "complex", subAttributes: [{ name: "$ref", type: "reference" }] },
    ),
  );

  it.each([schemaWords, schemaNames, noNesting])("holds for a sound schema: $name", (check) => {
    expect(check.judge(evidenceOf(200, sound), {}).kind).toBe("holds");
  });

  it.each([
    [schemaWords, { name: "userName", mutability: "readwrite" }],
    [schemaWords, { name: "a", type: "complex", subAttributes: [{ name: "b", returned: "sometimes" }] }],
    [schemaNames, { name: "user name" }],
    [schemaNames, { name: "1st" }],
    [noNesting, { name: "a", type: "complex", subAttributes: [{ name: "b", type: "complex" }] }],
  ])("breaks: $name", (check, attribute) => {
    expect(check.judge(evidenceOf(200, list(schema(attribute))), {}).kind).toBe("broken");
  });

  it("lets a dollar sign stand in a name, as the grammar of RFC 7643 section 2.1 does", () => {
    expect(schemaNames.judge(evidenceOf(200, list(schema({ name: "cost$centre" }))), {}).kind).toBe("holds");
  });

  it("says nothing of the schema that describes schemas, which nests by RFC 7643 8.7.2", () => {
    const meta = {
      id: "urn:ietf:params:scim:schemas:core:2.0:Schema",
      attributes: [
        { name: "attributes", type: "complex", subAttributes: [{ name: "subAttributes", type: "complex" }] },
      ],
    };
    expect(noNesting.judge(evidenceOf(200, list(schema(userName), meta)), {}).kind).toBe("holds");
  });
});

describe("lists of discovery", () => {
  const types = list({ name: "User", schema: USER, schemaExtensions: [{ schema: TOOLS, required: false }] });
  const known = (schemas: Json, part: string) =>
    schemasKnown.judge(evidenceOf(200, schemas, { earlier: { types: exchangeOf(200, types) } }), {
      types: "types",
      part,
    }).kind;

  it("schemas-known finds each schema and extension of the resource types", () => {
    expect(known(list(schema(), { id: TOOLS.toUpperCase() }), "schema")).toBe("holds");
    expect(known(list(schema(), { id: TOOLS.toUpperCase() }), "extensions")).toBe("holds");
    expect(known(list(schema()), "extensions")).toBe("broken");
    expect(known(list({ id: TOOLS }), "schema")).toBe("broken");
  });

  it("schemas-known has nothing to say of extensions where there are none", () => {
    const plain = { types: exchangeOf(200, list({ name: "User", schema: USER })) };
    const evidence = evidenceOf(200, list(schema()), { earlier: plain });
    expect(schemasKnown.judge(evidence, { types: "types", part: "extensions" }).kind).toBe("not-offered");
  });

  it("same-listing compares without order, and breaks for fewer or for a refusal", () => {
    const earlier = { as: exchangeOf(200, list({ id: "a" }, { id: "b" })) };
    const judged = (status: number, body?: Json) =>
      sameListing.judge(evidenceOf(status, body, { earlier }), { as: "as" }).kind;
    expect(judged(200, list({ id: "b" }, { id: "a" }))).toBe("holds");
    expect(judged(200, list({ id: "b" }))).toBe("broken");
    expect(judged(400)).toBe("broken");
  });

  it("whole-listing wants totalResults to count the answer", () => {
    expect(wholeListing.judge(evidenceOf(200, list({ id: "a" })), {}).kind).toBe("holds");
    expect(wholeListing.judge(evidenceOf(200, { totalResults: 3, Resources: [{}] }), {}).kind).toBe("broken");
    expect(wholeListing.judge(evidenceOf(404), {}).kind).toBe("unknown");
  });

  it("required-extension wants a refusal where an extension is required, and nothing elsewhere", () => {
    const judged = (required: boolean, status: number) =>
      requiredExtension.judge(
        evidenceOf(
          status,
          {},
          {
            earlier: {
              types: exchangeOf(200, list({ name: "User", schemaExtensions: [{ schema: TOOLS, required }] })),
            },
          },
        ),
        { types: "types", type: "User" },
      ).kind;
    expect(judged(true, 400)).toBe("holds");
    expect(judged(true, 201)).toBe("broken");
    expect(judged(false, 201)).toBe("not-offered");
  });
});
