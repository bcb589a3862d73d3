import { describe, expect, it } from "vitest";
import { loadTarget } from "../../src/targets/load-target.ts";
import { describeTarget } from "./describe-target.ts";

describeTarget("terraform-enterprise");

describe("the documentation of Terraform Enterprise", () => {
  // The items of the notes on HashiCorp's documentation, TFE-01 to TFE-188.
  const ITEMS = Array.from({ length: 188 }, (_, index) => `TFE-${String(index + 1).padStart(2, "0")}`);

  it("stands in the profile item by item: observed, shown with another one, or with the reason why nobody can see it", () => {
    const loaded = loadTarget("terraform-enterprise");
    const facts = loaded.ok ? loaded.profile.facts : [];
    const known = new Set(facts.map(({ id }) => id));
    expect(ITEMS.filter((id) => !known.has(id))).toEqual([]);
    const count = {
      observed: facts.filter(({ id, observables }) => ITEMS.includes(id) && observables.length > 0).length,
      shownWithAnother: facts.filter(({ shownWith }) => shownWith !== undefined).length,
      notObserved: facts.filter(({ notObserved }) => notObserved !== undefined).length,
    };
    expect(count).toEqual({ observed: 125, shownWithAnother: 37, notObserved: 26 });
  });
});
