import { homedir } from "node:os";
import { join } from "node:path";

/** Where ledgers are kept between runs. */
export function stateFolderOf(given: string | undefined): string {
  return given ?? join(homedir(), ".local", "state", "scim-check");
}
