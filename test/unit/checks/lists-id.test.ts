import { describe, expect, it } from "vitest";
import { listsId } from "../../../src/checks/named/target/lists-id.ts";
import type { Json } from "../../../src/model/json.ts";
import { evidenceOf } from "./evidence-of.ts";

const list = (ids: readonly string[], more: Record<string, Json> = {}) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
  totalResults: ids.length,
  Resources: ids.map((id) => ({ id })),
  ...more,
});
const judged = (body: Json, shown = true) =>
  listsId.judge(evidenceOf(200, body), { id: "sought", shown }).kind;

describe("lists-id", () => {
  it("tells by a whole list whether somebody is in it", () => {
    expect(judged(list(["other", "sought"]))).toBe("holds");
    expect(judged(list(["other"]))).toBe("broken");
    expect(judged(list(["other"]), false)).toBe("holds");
    expect(judged(list(["sought"]), false)).toBe("broken");
  });

  it.each<[string, Record<string, Json>]>([
    ["by its total", { totalResults: 31 }],
    ["by a cursor", { totalResults: 1, nextCursor: "bmV4dA" }],
  ])("cannot tell by a page that others follow who is missing, told %s", (_how, more) => {
    expect(judged(list(["other"], more))).toBe("unknown");
    expect(judged(list(["other"], more), false)).toBe("unknown");
    expect(judged(list(["sought"], more))).toBe("holds");
    expect(judged(list(["sought"], more), false)).toBe("broken");
  });
});
