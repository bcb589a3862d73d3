import { describe, expect, it } from "vitest";
import { appliedIfAcknowledged } from "../../../src/checks/named/applied-if-acknowledged.ts";
import { shownInactive } from "../../../src/checks/named/shown-inactive.ts";
import { evidenceOf, exchangeOf } from "./evidence-of.ts";

describe("shown-inactive", () => {
  const acknowledged = { earlier: { deactivate: exchangeOf(204) } };

  it("holds when the user is shown as inactive, by itself or in a list", () => {
    const alone = evidenceOf(200, { active: false }, acknowledged);
    expect(shownInactive.judge(alone, { at: "$", after: "deactivate" }).kind).toBe("holds");
    const listed = evidenceOf(200, { Resources: [{ active: false }] }, acknowledged);
    expect(shownInactive.judge(listed, { at: "Resources[0]", after: "deactivate" }).kind).toBe("holds");
  });

  it.each([true, "false", null])("breaks for %j", (active) => {
    const evidence = evidenceOf(200, { active }, acknowledged);
    expect(shownInactive.judge(evidence, { at: "$", after: "deactivate" }).kind).toBe("broken");
  });

  it("leaves a refused read, and the state of another user, to others", () => {
    const refused = evidenceOf(404, { detail: "Nobody." }, acknowledged);
    expect(shownInactive.judge(refused, { at: "$", after: "deactivate" }).kind).toBe("unknown");
    const another = evidenceOf(200, { Resources: [{ id: "b", active: true }] }, acknowledged);
    const given = { at: "Resources[0]", after: "deactivate" };
    expect(shownInactive.judge(another, { ...given, id: "a" }).kind).toBe("unknown");
    expect(shownInactive.judge(another, { ...given, id: "b" }).kind).toBe("broken");
  });

  it("leaves a refused deactivation and a missing user to others", () => {
    const refused = evidenceOf(200, { active: true }, { earlier: { deactivate: exchangeOf(501) } });
    expect(shownInactive.judge(refused, { at: "$", after: "deactivate" }).kind).toBe("unknown");
    const nobody = evidenceOf(200, { Resources: [] }, acknowledged);
    expect(shownInactive.judge(nobody, { at: "Resources[0]", after: "deactivate" }).kind).toBe("unknown");
  });
});

describe("applied-if-acknowledged", () => {
  const given = { write: "rename", path: "userName", value: "Ada@example.com" };
  const answered = (status: number) => ({ earlier: { rename: exchangeOf(status) } });

  it("holds when the value shows, also in folded letters", () => {
    const shown = evidenceOf(200, { userName: "Ada@example.com" }, answered(200));
    expect(appliedIfAcknowledged.judge(shown, given).kind).toBe("holds");
    const folded = evidenceOf(200, { userName: "ada@example.com" }, answered(204));
    expect(appliedIfAcknowledged.judge(folded, given).kind).toBe("holds");
  });

  it("holds when the write was refused and nothing changed", () => {
    const refused = evidenceOf(200, { userName: "old" }, answered(400));
    expect(appliedIfAcknowledged.judge(refused, given).kind).toBe("holds");
  });

  it("breaks when the write was acknowledged and nothing changed", () => {
    const silent = evidenceOf(200, { userName: "old" }, answered(204));
    expect(appliedIfAcknowledged.judge(silent, given).kind).toBe("broken");
    const gone = evidenceOf(200, {}, answered(204));
    expect(appliedIfAcknowledged.judge(gone, given).kind).toBe("broken");
  });

  it("cannot tell when nothing can be read", () => {
    expect(appliedIfAcknowledged.judge(evidenceOf(500, undefined, answered(204)), given).kind).toBe(
      "unknown",
    );
  });
});
