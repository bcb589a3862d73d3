import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { targetNames } from "../../src/targets/load-target.ts";
import { describeTarget } from "./describe-target.ts";

// Every list beside this file names a profile, or a release of one, that is held to itself. Terraform Enterprise has a
// file of its own, which another worker plays meanwhile.
const HERE = fileURLToPath(new URL(".", import.meta.url));
const LISTS = readdirSync(HERE).flatMap((name) => /^(.+)\.yaml$/.exec(name)?.[1] ?? []);

for (const name of LISTS.filter((one) => one !== "terraform-enterprise")) describeTarget(name);

describe("every profile that comes with scim-check", () => {
  it("is held to a committed list", () => {
    expect(targetNames().filter((name) => !LISTS.includes(name))).toEqual([]);
  });
});
