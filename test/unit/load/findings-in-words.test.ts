import { describe, expect, it } from "vitest";
import { compareMembers } from "../../../src/load/compare-members.ts";
import { compareGroup } from "../../../src/load/compare-state.ts";
import { Findings } from "../../../src/load/findings.ts";
import { Register } from "../../../src/load/register.ts";

const MARKER = "scim-check-abc123-";

/** What is said of a group of which so many members are missing, and so many too many. */
function said(missing: number, extra: number): readonly string[] {
  const register = new Register();
  const numbers = [...Array(missing + extra + 1).keys()].map((at) => at + 1);
  for (const user of numbers) register.took("user-created", "acknowledged", user, 0, "", 0, 0);
  register.took("group-created", "acknowledged", 50, 0, "g", 0, 0);
  const [kept = 0, ...others] = numbers;
  for (const user of [kept, ...others.slice(0, missing)])
    register.took("member-added", "acknowledged", 50, user, "", 1, 2);
  const findings = new Findings();
  const read = new Set([kept, ...others.slice(missing)]);
  const group = { shown: { id: "g", name: "g" }, number: 50, entry: register.group(50), read };
  compareMembers(group, { marker: MARKER, register }, findings);
  return findings.named.map(({ detail }) => detail);
}

describe("what a server did not keep", () => {
  it("is told in the singular where it is one", () => {
    expect(said(1, 1)).toEqual([
      "1 member was acknowledged and is not in the group.",
      "1 person is in the group who was removed or never added.",
    ]);
  });

  it("is told in the plural where it is more", () => {
    expect(said(2, 2)).toEqual([
      "2 members were acknowledged and are not in the group.",
      "2 people are in the group who were removed or never added.",
    ]);
  });

  it("is one create of a group that is lost", () => {
    const register = new Register();
    register.took("group-created", "acknowledged", 1, 0, "g", 0, 0);
    const findings = new Findings();
    compareGroup(1, { marker: MARKER, register }, [], findings);
    expect(findings.named[0]?.detail).toMatch(/^1 create of `.*` was acknowledged; 0 are there\.$/);
  });
});
