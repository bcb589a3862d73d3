import { describe, expect, it } from "vitest";
import { loadPeople } from "../../../src/scenarios/people.ts";

describe("the people of the scenarios", () => {
  const loaded = loadPeople("fixtures/people/people.yaml");
  const people = loaded.ok ? loaded.people : undefined;

  it("can be read", () => {
    expect(loaded).toMatchObject({ ok: true });
  });

  it("have awkward names under the labels the manual promises", () => {
    expect(people?.people.plus?.userName).toContain("+");
    expect(people?.people.apostrophe?.familyName).toBe("O'Brien");
    expect(people?.groups.backslash?.groupName).toContain("\\");
  });

  it("draw on lists of given and family names", () => {
    expect(people?.givenNames.length).toBeGreaterThan(5);
    expect(people?.familyNames.length).toBeGreaterThan(5);
  });
});
