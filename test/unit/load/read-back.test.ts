import { describe, expect, it } from "vitest";
import { memberIdsIn } from "../../../src/load/read-back.ts";

describe("the people in a group that is read back", () => {
  it("are told by their ids, however a member is written", () => {
    expect(memberIdsIn({ members: [{ value: "4" }, { value: 5, type: "User" }, "6"] })).toEqual([
      "4",
      "5",
      "6",
    ]);
  });

  it("are not told where the group shows no members, and are nobody where it shows that there are none", () => {
    expect(memberIdsIn({})).toBe(undefined);
    expect(memberIdsIn({ members: null })).toBe(undefined);
    expect(memberIdsIn({ members: [] })).toEqual([]);
  });

  it("are not the groups in it, whose ids may be those of people as well", () => {
    const members = [
      { value: "4", type: "Group" },
      { value: "5", $ref: "https://scim.example.com/v2/Groups/5" },
      { value: "6", type: "User", $ref: "https://scim.example.com/v2/Users/6" },
    ];
    expect(memberIdsIn({ members })).toEqual(["6"]);
  });
});
