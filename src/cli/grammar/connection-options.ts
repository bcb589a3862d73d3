import { type Command, Option } from "commander";
import { duration } from "../values.ts";

/** How to reach a server, and to be let in. */
export function addConnectionOptions(command: Command): void {
  command
    .optionsGroup("Which server:")
    .option("--url <url>", "base URL, to which /Users and /Groups are appended (or SCIM_URL)")
    .option("--token-file <file>", "file with the token (or SCIM_TOKEN)")
    .addOption(
      new Option(
        "--auth <kind>",
        "how the token travels: after Bearer, as the whole header, or as user:password",
      ).choices(["bearer", "header", "basic"]),
    )
    .option("--no-auth", "the server takes no credential")
    .option("--ca <file>", "certificates to trust, in PEM form")
    .option("--insecure", "do not verify TLS certificates")
    .option("--timeout <time>", "how long one exchange may take (default: 60s, Okta's own limit)", duration);
}
