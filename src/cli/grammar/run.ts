import { type Command, Option } from "commander";
import type { Host } from "../host.ts";
import { collect, commaList, count, duration, inputs, positive, wholeNumber } from "../values.ts";
import { addServerOptions } from "./connection-options.ts";
import { examples } from "./examples.ts";
import { addReportOption } from "./report-option.ts";
import type { SetExitCode } from "./set-exit-code.ts";

export function addRun(program: Command, host: Host, setExitCode: SetExitCode): void {
  const command = program
    .command("run")
    .summary("play every scenario once and judge the endpoint")
    .description(
      "Plays Okta's flows against one SCIM endpoint and reports pass or fail per documented behaviour. With no URL, on a desk, the embedded reference server is tested.",
    )
    .addHelpText(
      "after",
      examples(
        "scim-check run --embedded",
        "SCIM_TOKEN=… scim-check run --url https://staging.example.com/scim/v2 --allow-writes staging.example.com",
        "scim-check run --url http://localhost:8080/scim/v2 --okta-app oin --report junit:scim.xml --report html:scim.html",
        "scim-check run --embedded --behaviour 'OKTA-MEMBER-*' --verbose",
        "scim-check run --known deviations.yaml --since last.json --report json:this.json",
      ),
    );
  addTargetOptions(command);
  addSelectionOptions(command);
  addLimitOptions(command);
  addReportOptions(command);
  command.action(async ({ groups, ...options }: Record<string, unknown>) => {
    const { runCommand } = await import("../commands/run.ts");
    // `--groups` counts groups in a load plan, and chooses them by name here.
    const pushed = groups === undefined ? {} : { pushedGroups: groups };
    setExitCode(await runCommand({ ...options, ...pushed }, host));
  });
}

function addTargetOptions(command: Command): void {
  addServerOptions(command);
  command
    .option("--dry-run", "print the requests that would be sent, as curl, and send nothing")
    .option("--read-only", "play only scenarios that change nothing");
}

function addSelectionOptions(command: Command): void {
  command
    .optionsGroup("What is played:")
    .addOption(
      new Option("--okta-app <kind>", "AIW (custom app) or OIN (catalogue app); both when absent").choices([
        "aiw",
        "oin",
      ]),
    )
    .addOption(
      new Option(
        "--standard <standard>",
        "okta (default), or rfc to judge what the RFCs ask as well",
      ).choices(["okta", "rfc"]),
    )
    .option(
      "--actions <list>",
      "switches of Okta's Provisioning tab: create,update,deactivate,push-groups,import",
      commaList,
    )
    .option(
      "--groups <pattern>",
      "the rule by which Okta chooses groups to push, such as 'Eng-*' (with --target)",
    )
    .addOption(
      new Option(
        "--unique-identifier <field>",
        "Okta's unique identifier field for users, in the journey of a target: a login that is not the address, or the address",
      ).choices(["userName", "email"]),
    )
    .option(
      "--scenario <pattern>",
      "only scenarios with this id, * stands for anything (again for more)",
      collect,
    )
    .option("--behaviour <pattern>", "only behaviours with this id (again for more)", collect)
    .option("--scenarios <folder>", "scenarios of your own (again for more)", collect)
    .option(
      "--input <name=value>",
      "a value that some scenarios need, @FILE for a secret; SCIM_INPUT_NAME in the environment",
      inputs,
    )
    .option("--large-group <members>", "push a group of this size (embedded: 2000; elsewhere off)", count)
    .option(
      "--max-group-members <members>",
      "the server's limit of members per group: larger groups are split",
      count,
    )
    .option("--burst <requests>", "send this many requests at once (loopback: 60; elsewhere off)", count)
    .option("--okta-waits", "wait Okta's five minutes after a 429 without an integer Retry-After")
    .option("--max-pages <pages>", "stop an import walk after this many pages of 100 (default: 50)", count)
    .option(
      "--deadline <time>",
      "play for this long at most, such as 90s, 30m or 2h; what was made is removed within a quarter of it more (5s to 1m), and the report is partial",
      duration,
    )
    .option("--settle <time>", "how long a write may take to show in a read (default: 2s)", duration)
    .option("--seed <number>", "repeat the generated data of an earlier run", wholeNumber);
}

function addLimitOptions(command: Command): void {
  command
    .optionsGroup("Ceilings on hosts other than this machine:")
    .option("--max-users <users>", "users a run may make (default: 1000)", count)
    .option("--max-groups <groups>", "groups a run may make (default: 100)", count)
    .option("--max-members <members>", "members of one group (default: 1000)", count)
    .option("--max-requests <requests>", "requests a run may send (default: 10000)", count)
    .option("--rate <per second>", "requests a second, bursts apart (default: 50)", positive)
    .option("--concurrency <scenarios>", "scenarios at the same time (default: 4; loopback: 8)", count);
}

function addReportOptions(command: Command): void {
  addReportOption(command.optionsGroup("The report:"))
    .option(
      "--known <file>",
      "known deviations: failures listed there do not fail the run, as long as they last",
    )
    .option("--write-known <file>", "write a first list of known deviations from what this run sees broken")
    .option("--since <file>", "a report saved as JSON: say what changed since that run")
    .option("--strict", "a broken recommendation fails the run too")
    .option("--show-foreign-data", "do not mask attribute values of resources that scim-check did not make")
    .option("--quiet", "only what is broken, and the outcome")
    .option("--verbose", "every behaviour and every exchange, and where each setting came from");
}
