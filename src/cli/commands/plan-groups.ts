import { type PlanGroupsOptions, planGroups } from "../../index.ts";
import type { Host } from "../host.ts";
import { styleFor } from "../terminal.ts";

/** `scim-check plan-groups` */
export async function planGroupsCommand(options: PlanGroupsOptions, host: Host): Promise<number> {
  host.stdout.write(await planGroups(options, { style: styleFor(host, "stdout") }));
  return 0;
}
