import type { ConnectionOptions } from "../index.ts";
import type { Host } from "./host.ts";

/** Said by every command that may connect so, before it does; every report says it again. */
export function warnIfInsecure({ insecure }: ConnectionOptions, host: Host): void {
  if (insecure === true) host.stderr.write("TLS certificates are NOT verified (--insecure).\n");
}
