import { type Command, Option } from "commander";
import { collect, duration } from "../values.ts";

/** How to reach a server, and to be let in. */
export function addConnectionOptions(command: Command): void {
  command
    .optionsGroup("Which server:")
    .option("--url <url>", "base URL, to which /Users and /Groups are appended (or SCIM_URL)")
    .option("--token-file <file>", "file with the token (or SCIM_TOKEN)")
    .addOption(
      new Option(
        "--auth <kind>",
        "how the token travels: after Bearer, as the whole header, as user:password, or asked for with OAuth 2.0",
      ).choices(["bearer", "header", "basic", "oauth"]),
    )
    .option(
      "--auth-header <name>",
      "a header other than Authorization that takes the token, such as X-Api-Key",
    )
    .option("--no-auth", "the server takes no credential")
    .option("--oauth-token-url <url>", "OAuth 2.0 token endpoint (or SCIM_OAUTH_TOKEN_URL)")
    .option("--oauth-client-id <id>", "OAuth 2.0 client (or SCIM_OAUTH_CLIENT_ID)")
    .option("--oauth-client-secret-file <file>", "file with its secret (or SCIM_OAUTH_CLIENT_SECRET)")
    .option("--oauth-scope <scopes>", "scopes to ask for, separated by spaces")
    .addOption(
      new Option(
        "--oauth-client-auth <kind>",
        "where the client shows its secret: in a Basic header (default) or in the body",
      ).choices(["basic", "post"]),
    )
    .option("--client-cert <file>", "client certificate for mutual TLS, in PEM form")
    .option("--client-key <file>", "its key, in PEM form")
    .option("--client-pfx <file>", "client certificate and key in one PKCS#12 file")
    .option("--client-passphrase-file <file>", "file with its passphrase (or SCIM_CLIENT_PASSPHRASE)")
    .option("--ca <file>", "certificates to trust, in PEM form")
    .option("--insecure", "do not verify TLS certificates; every report says so")
    .option(
      "--timeout <time>",
      "how long one exchange may take, such as 500ms, 30s, 5m or 2h (default: 60s, Okta's own limit)",
      duration,
    );
}

/** Which server is tried, and what is known of it: the same for `run` and for `load`. */
export function addServerOptions(command: Command): void {
  addConnectionOptions(command);
  command
    .option("--embedded", "the embedded reference server")
    .option("--target <name>", "a target profile by name or path: what the product documents about itself")
    .option("--config <file>", "settings file (default: scim-check.yaml where there is one)")
    .option(
      "--allow-writes <host>",
      "allow writing to this host (again for more); loopback is always allowed",
      collect,
    )
    .option("--defect <name>", "embedded: a server that does this wrong (again for more)", collect)
    .option("--quirk <name>", "embedded: a server with this permitted peculiarity (again for more)", collect);
}
