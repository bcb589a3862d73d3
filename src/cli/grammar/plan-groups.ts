import type { Command } from "commander";
import type { PlanGroupsOptions } from "../../index.ts";
import type { Host } from "../host.ts";
import { count, positive } from "../values.ts";
import { examples } from "./examples.ts";
import type { SetExitCode } from "./set-exit-code.ts";

export function addPlanGroups(program: Command, host: Host, setExitCode: SetExitCode): void {
  program
    .command("plan-groups")
    .summary("how a large group is split for a target with a member limit")
    .description(
      "Prints into how many groups a large one has to be split, of what sizes, in how many requests, and how long that takes.",
    )
    .requiredOption("--members <number>", "members of the large group", count)
    .option("--max-group-members <members>", "the target's limit of members per group", count)
    .option("--target <name>", "take the limits from a target profile")
    .option("--batch <members>", "membership changes in one request (default: 100)", count)
    .option("--rate <per second>", "requests a second the target allows", positive)
    .addHelpText(
      "after",
      examples(
        "scim-check plan-groups --members 3400 --max-group-members 1000",
        "scim-check plan-groups --target terraform-enterprise --members 3400",
      ),
    )
    .action(async (options: PlanGroupsOptions) => {
      const { planGroupsCommand } = await import("../commands/plan-groups.ts");
      setExitCode(await planGroupsCommand(options, host));
    });
}
