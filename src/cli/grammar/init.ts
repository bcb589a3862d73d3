import { type Command, Option } from "commander";
import type { Host } from "../host.ts";
import { ciSystems } from "../values.ts";
import { examples } from "./examples.ts";
import type { SetExitCode } from "./set-exit-code.ts";

export function addInit(program: Command, host: Host, setExitCode: SetExitCode): void {
  program
    .command("init")
    .summary("write scim-check.yaml and a CI workflow to start with")
    .description(
      "Writes scim-check.yaml, and workflows for GitHub Actions and GitLab CI. Asks at a terminal for what no flag says; writes over nothing.",
    )
    .option("--url <url>", "base URL, to which /Users and /Groups are appended")
    .addOption(
      new Option("--okta-app <kind>", "AIW (custom app), OIN (catalogue app), or both").choices([
        "aiw",
        "oin",
        "both",
      ]),
    )
    .addOption(
      new Option("--auth <kind>", "how the credential travels").choices([
        "bearer",
        "header",
        "basic",
        "oauth",
      ]),
    )
    .option("--auth-header <name>", "a header other than Authorization that takes the token")
    .option("--oauth-token-url <url>", "OAuth 2.0 token endpoint")
    .option("--oauth-client-id <id>", "OAuth 2.0 client")
    .option("--ci <systems>", "github, gitlab, github,gitlab (default) or none", ciSystems)
    .option("--force", "write over files that are there")
    .addHelpText(
      "after",
      examples(
        "scim-check init",
        "scim-check init --url https://staging.example.com/scim/v2 --okta-app oin --ci github",
      ),
    )
    .action(async (options: Record<string, unknown>) => {
      const { initCommand } = await import("../commands/init.ts");
      setExitCode(await initCommand(options, host));
    });
}
