import type { Command } from "commander";
import type { Host } from "../host.ts";
import { examples } from "./examples.ts";
import type { SetExitCode } from "./set-exit-code.ts";

export function addExplain(program: Command, host: Host, setExitCode: SetExitCode): void {
  program
    .command("explain")
    .summary("one behaviour in full: who asks for it, what Okta sends, how to mend it")
    .argument("<id>", "for example OKTA-MEMBER-02")
    .addHelpText("after", examples("scim-check explain OKTA-MEMBER-02"))
    .action(async (id: string) => {
      const { explainCommand } = await import("../commands/explain.ts");
      setExitCode(await explainCommand(id, host));
    });
}
