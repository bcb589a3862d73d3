import { beforeAll, describe, expect, it } from "vitest";
import { BadInput } from "../../../src/model/problem.ts";
import type { Library } from "../../../src/wiring/library.ts";
import { checkPlan, loadLibraryForLoad, loadPlanNamed } from "../../../src/wiring/load-plans.ts";
import { profileNamed } from "../../../src/wiring/profile.ts";

let library: Library;
beforeAll(async () => {
  library = await loadLibraryForLoad();
}, 60_000);

async function refusal(plan: string, target: string): Promise<readonly string[]> {
  const profile = await profileNamed(target);
  try {
    await checkPlan(await loadPlanNamed(plan), library.scenarios, profile);
    return [];
  } catch (problem) {
    if (!(problem instanceof BadInput)) throw problem;
    return problem.problems.map(({ what }) => what);
  }
}

describe("a plan that a product refuses by its own documentation is not played against it", () => {
  it.each([
    ["smoke", "gitlab", /sends to \/Groups.*There are users and no groups.*GITLAB-01/],
    ["nightly-import", "gitlab-instance", /population has groups/],
    ["big-group", "aws-iam-identity-center", /sends 1,000 members in one request.*AWS-02/],
    ["big-group-aiw", "aws-iam-identity-center", /sends PUT to \/Groups.*AWS-/],
    ["big-group-aiw", "terraform-enterprise", /sends 5,000 members in one request.*TFE-106/],
  ])("%s, %s", async (plan, target, why) => {
    expect((await refusal(plan, target)).join("\n")).toMatch(why);
  });

  it.each([
    ["smoke", "slack"],
    ["big-group-100", "aws-iam-identity-center"],
    ["onboarding", "terraform-enterprise"],
    ["offboarding", "atlassian"],
  ])("%s, %s: nothing is documented against it", async (plan, target) => {
    expect(await refusal(plan, target)).toEqual([]);
  });
});
