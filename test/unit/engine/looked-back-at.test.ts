import { describe, expect, it } from "vitest";
import { lastLooks } from "../../../src/engine/looked-back-at.ts";
import type { Scenario } from "../../../src/model/scenario.ts";

const steps = (...all: readonly object[]) => ({ steps: all as unknown as Scenario["steps"] });

describe("until when the answer of a step is looked at", () => {
  it("is the step itself where no later one names it", () => {
    expect([...lastLooks(steps({ id: "make" }, { id: "read" }))]).toEqual([
      ["make", 0],
      ["read", 1],
    ]);
  });

  it("is the last step that names it, wherever in it", () => {
    const looks = lastLooks(
      steps(
        { id: "make" },
        { id: "read", body: { kind: "answer", step: "make" } },
        { id: "compare", expect: [{ matcher: { check: { with: [["as", { value: "make" }]] } } }] },
        { id: "remove" },
      ),
    );
    expect(looks.get("make")).toBe(2);
  });

  it("is not a step that only asks whether it was accepted", () => {
    const looks = lastLooks(
      steps({ id: "make" }, { id: "read", after: "make", expect: [{ matcher: { ifAccepted: ["make"] } }] }),
    );
    expect(looks.get("make")).toBe(0);
  });
});
