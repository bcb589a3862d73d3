import { join } from "node:path";
import type { Host } from "./host.ts";

/** Where ledgers go when the environment says so (XDG_STATE_HOME). */
export function stateFolderFrom({ env }: Host): { readonly stateFolder?: string } {
  const folder = env.XDG_STATE_HOME;
  return folder === undefined || folder === "" ? {} : { stateFolder: join(folder, "scim-check") };
}
