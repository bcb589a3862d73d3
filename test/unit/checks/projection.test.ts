import { describe, expect, it } from "vitest";
import { leftOut, onlyAttributes } from "../../../src/checks/named/projection.ts";
import { sortedBy } from "../../../src/checks/named/sorted-by.ts";
import type { Json } from "../../../src/model/json.ts";
import { evidenceOf, exchangeOf } from "./evidence-of.ts";

const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const whole = {
  schemas: [USER],
  id: "1",
  userName: "ann",
  name: { givenName: "Ann", familyName: "Lee" },
  emails: [{ value: "a@example.com", type: "work" }],
  [ENTERPRISE]: { department: "Tools", division: "West" },
};
const earlier = { whole: exchangeOf(200, whole) };

describe("only-attributes", () => {
  const judged = (body: Json | undefined, asked: string, status = 200) =>
    onlyAttributes.judge(evidenceOf(status, body, { earlier }), { asked: [asked], as: "whole" }).kind;

  it("holds for what was asked for, with what is always returned, meta, and empty values", () => {
    expect(judged({ schemas: [USER], id: "1", userName: "ann" }, "userName")).toBe("holds");
    expect(judged({ id: "1", UserName: "ann", meta: {}, groups: [], title: null }, "userName")).toBe("holds");
    expect(judged({ id: "1", name: { givenName: "Ann" } }, "name.givenName")).toBe("holds");
    expect(judged({ id: "1", emails: [{ value: "a@example.com" }] }, "emails.value")).toBe("holds");
    expect(judged({ id: "1", userName: "ann" }, `${USER}:userName`)).toBe("holds");
    expect(judged({ id: "1", [ENTERPRISE]: { department: "Tools" } }, `${ENTERPRISE}:department`)).toBe(
      "holds",
    );
  });

  it("breaks for what nobody asked for", () => {
    expect(judged(whole, "userName")).toBe("broken");
    expect(judged({ id: "1", name: whole.name }, "name.givenName")).toBe("broken");
    expect(judged({ id: "1", emails: whole.emails }, "emails.value")).toBe("broken");
    expect(judged({ id: "1", [ENTERPRISE]: whole[ENTERPRISE] }, `${ENTERPRISE}:department`)).toBe("broken");
  });

  it("breaks for what is missing, where the whole resource has it", () => {
    expect(judged({ id: "1" }, "userName")).toBe("broken");
    expect(judged({ id: "1" }, "title")).toBe("holds");
  });

  it("breaks for an id that is left out, and is open for what is no resource", () => {
    expect(judged({ schemas: [USER], userName: "ann" }, "userName")).toBe("broken");
    expect(judged({ totalResults: 1, Resources: [{ userName: "ann" }] }, "userName")).toBe("broken");
    expect(judged({}, "userName")).toBe("unknown");
    expect(judged({ totalResults: 1, Resources: [{ title: "Cook" }] }, "userName")).toBe("unknown");
  });

  it("looks at every resource of a list", () => {
    const list = (second: Json) => ({ totalResults: 2, Resources: [{ id: "1", userName: "ann" }, second] });
    expect(judged(list({ id: "2", userName: "bob" }), "userName")).toBe("holds");
    expect(judged(list({ id: "2", userName: "bob", title: "Cook" }), "userName")).toBe("broken");
  });

  it("allows what the schema declares as always returned", () => {
    const schemas = exchangeOf(200, {
      Resources: [{ id: USER, attributes: [{ name: "active", returned: "always" }] }],
    });
    const evidence = evidenceOf(
      200,
      { schemas: [USER], id: "1", userName: "ann", active: true },
      {
        earlier: { ...earlier, schemas },
      },
    );
    expect(onlyAttributes.judge(evidence, { asked: ["userName"], schemas: "schemas" }).kind).toBe("holds");
    expect(onlyAttributes.judge(evidence, { asked: ["userName"] }).kind).toBe("broken");
  });

  it("does not ask for less of what is not offered at all", () => {
    const plain = (status: number) => evidenceOf(400, {}, { earlier: { plain: exchangeOf(status, {}) } });
    const given = { asked: ["userName"], offered: "plain" };
    expect(onlyAttributes.judge(plain(400), given).kind).toBe("not-offered");
    expect(onlyAttributes.judge(plain(200), given).kind).toBe("broken");
  });

  it("breaks for a refusal, is open for no body, and lets a request be missing that may be", () => {
    expect(judged({}, "userName", 400)).toBe("broken");
    expect(judged(undefined, "userName", 204)).toBe("unknown");
    expect(onlyAttributes.judge(evidenceOf(501), { asked: ["userName"], optional: true }).kind).toBe(
      "not-offered",
    );
  });
});

describe("left-out", () => {
  const judged = (body: Json, path: string, status = 200) =>
    leftOut.judge(evidenceOf(status, body, { earlier }), { paths: [path], as: "whole" }).kind;

  it("wants it gone from the resource and from each of a list", () => {
    expect(judged({ id: "1", userName: "ann" }, "name")).toBe("holds");
    expect(judged(whole, "name")).toBe("broken");
    expect(judged({ Resources: [{ id: "1" }, whole] }, "name")).toBe("broken");
    expect(judged({}, "name", 500)).toBe("broken");
  });

  it("is open where the whole resource has none of it", () => {
    expect(judged({ id: "1" }, "title")).toBe("unknown");
  });
});

describe("a list that cannot be read without the parameter either", () => {
  it("is no failure of the parameter", () => {
    const refused = { earlier: { whole: exchangeOf(400) } };
    expect(leftOut.judge(evidenceOf(400, {}, refused), { paths: ["name"], as: "whole" }).kind).toBe(
      "unknown",
    );
    const given = { asked: ["userName"], as: "whole" };
    expect(onlyAttributes.judge(evidenceOf(400, {}, refused), given).kind).toBe("unknown");
  });

  it("is one when the resources are gone", () => {
    const empty = evidenceOf(200, { totalResults: 0, Resources: [] }, { earlier });
    expect(leftOut.judge(empty, { paths: ["name"], as: "whole" }).kind).toBe("broken");
    expect(onlyAttributes.judge(empty, { asked: ["userName"], as: "whole" }).kind).toBe("broken");
  });
});

describe("sorted-by", () => {
  const judged = (supported: boolean, names: readonly string[]) =>
    sortedBy.judge(
      evidenceOf(
        200,
        { Resources: names.map((userName) => ({ userName })) },
        {
          earlier: { config: exchangeOf(200, { sort: { supported } }) },
        },
      ),
      { config: "config", path: "userName", expected: ["a", "B"] },
    ).kind;

  it("wants the order among what it knows, letter case ignored", () => {
    expect(judged(true, ["0", "A", "x", "b"])).toBe("holds");
    expect(judged(true, ["b", "a"])).toBe("broken");
  });

  it("is open when some are not on the page, and not offered where sorting is not claimed", () => {
    expect(judged(true, ["a"])).toBe("unknown");
    expect(judged(false, ["b", "a"])).toBe("not-offered");
  });

  it("is not offered where the users cannot be picked by such a filter, sorted or not", () => {
    const earlier = { config: exchangeOf(200, { sort: { supported: true } }), unsorted: exchangeOf(400, {}) };
    const given = { config: "config", path: "userName", expected: ["a"], like: "unsorted" };
    expect(sortedBy.judge(evidenceOf(400, {}, { earlier }), given).kind).toBe("not-offered");
  });
});
