import { explain } from "../../index.ts";
import type { Host } from "../host.ts";
import { styleFor, widthOf } from "../terminal.ts";

/** `scim-check explain ID` */
export async function explainCommand(id: string, host: Host): Promise<number> {
  host.stdout.write(
    await explain(id, { width: widthOf(host.stdout.columns), style: styleFor(host, "stdout") }),
  );
  return 0;
}
