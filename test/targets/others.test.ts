import { targetNames } from "../../src/targets/load-target.ts";
import { describeTarget } from "./describe-target.ts";

// Every profile that comes with scim-check is held to itself; a new one only adds its list beside this file.
// Terraform Enterprise has a file of its own, which another worker plays meanwhile.
for (const name of targetNames().filter((one) => one !== "terraform-enterprise")) describeTarget(name);
