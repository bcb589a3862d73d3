import { type Command, Option } from "commander";
import type { Host } from "../host.ts";
import { collect, count, people, port } from "../values.ts";
import { examples } from "./examples.ts";
import type { SetExitCode } from "./set-exit-code.ts";

export function addServe(program: Command, host: Host, setExitCode: SetExitCode): void {
  program
    .command("serve")
    .summary("start the reference server on its own")
    .description(
      "Starts the embedded reference server, to try scim-check or a SCIM client against. Ctrl-C stops it.",
    )
    .option("--host <address>", "address to listen on (default: 127.0.0.1)")
    .option("--port <number>", "port (default: any free one)", port)
    .option("--token <token>", "token to ask for (default: generated and printed)")
    .option("--token-file <file>", "file with that token (or SCIM_TOKEN)")
    .addOption(
      new Option(
        "--auth <kind>",
        "how the token has to travel: after Bearer (default), as the whole header, or as user:password",
      ).choices(["bearer", "header", "basic"]),
    )
    .option("--auth-header <name>", "a header other than Authorization that takes it, such as X-Api-Key")
    .option("--no-auth", "let everybody in, on loopback only")
    .option("--tls-cert <file>", "serve HTTPS with this certificate (PEM)")
    .option("--tls-key <file>", "its private key (PEM)")
    .option("--users <number>", "people who are there from the start", people)
    .option("--rate-limit <per second>", "answer 429 above this rate", count)
    .option("--max-group-members <members>", "refuse larger groups", count)
    .option("--target <name>", "play this product, as its target profile documents it (`list targets`)")
    .option("--defect <name>", "do this wrong (again for more; `list defects`)", collect)
    .option("--quirk <name>", "have this permitted peculiarity (again for more; `list quirks`)", collect)
    .addHelpText(
      "after",
      examples(
        "scim-check serve --port 8080 --users 100000",
        "scim-check serve --rate-limit 20",
        "scim-check serve --token-file token.txt",
        "scim-check serve --auth basic",
        "scim-check serve --auth-header X-Api-Key",
        "scim-check serve --target terraform-enterprise --port 8080",
        "scim-check serve --host 0.0.0.0 --tls-cert server.pem --tls-key server.key",
      ),
    )
    .action(async (options: Record<string, unknown>) => {
      const { serveCommand } = await import("../commands/serve.ts");
      setExitCode(await serveCommand(options, host));
    });
}
