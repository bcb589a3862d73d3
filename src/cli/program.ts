import { Command, CommanderError, Option } from "commander";
import type { PlanGroupsOptions } from "../index.ts";
import { toolVersion } from "../wiring/tool.ts";
import type { Host } from "./host.ts";
import { collect, commaList, count, duration, inputs, port, positive, wholeNumber } from "./values.ts";

type SetExitCode = (code: number) => void;

/** The command line: every command with its flags. What a command does is in a file of its own, loaded when asked. */
export function buildProgram(host: Host, setExitCode: SetExitCode): Command {
  const program = new Command("scim-check")
    .description(
      "Replays what Okta really sends to a SCIM endpoint and reports pass or fail per documented behaviour.",
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void host.stdout.write(text),
      writeErr: (text) => void host.stderr.write(text),
      getOutHelpWidth: () => host.stdout.columns ?? 100,
      getErrHelpWidth: () => host.stderr.columns ?? 100,
    })
    .showHelpAfterError("(scim-check --help lists the commands)")
    .addHelpText("after", examples("scim-check run --embedded", "scim-check explain OKTA-MEMBER-02"));
  program.version(toolVersion(), "--version", "print the version");
  for (const add of [
    addRun,
    addServe,
    addSelfTest,
    addList,
    addExplain,
    addRender,
    addPlanGroups,
    addCleanup,
  ])
    add(program, host, setExitCode);
  for (const command of program.commands) {
    command
      .copyInheritedSettings(program)
      .showHelpAfterError(`(scim-check ${command.name()} --help explains the flags)`);
  }
  return program;
}

/** The exit code when commander gave up: 0 after help, 2 after a mistake. Undefined for anything else. */
export function exitCodeOfUsage(problem: unknown): number | undefined {
  if (!(problem instanceof CommanderError)) return undefined;
  return problem.exitCode === 0 ? 0 : 2;
}

function addRun(program: Command, host: Host, setExitCode: SetExitCode): void {
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
        "scim-check run --url http://localhost:8080/scim/v2 --okta-app oin --report junit:scim.xml",
        "scim-check run --embedded --behaviour 'OKTA-MEMBER-*' --verbose",
      ),
    );
  addTargetOptions(command);
  addSelectionOptions(command);
  addLimitOptions(command);
  addReportOptions(command);
  command.action(async (options: Record<string, unknown>) => {
    const { runCommand } = await import("./commands/run.ts");
    setExitCode(await runCommand(options, host));
  });
}

function addTargetOptions(command: Command): void {
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
    .option("--read-only", "play only scenarios that change nothing")
    .option("--defect <name>", "embedded: a server that does this wrong (again for more)", collect)
    .option("--quirk <name>", "embedded: a server with this permitted peculiarity (again for more)", collect);
}

/** How to reach a server, and to be let in. */
function addConnectionOptions(command: Command): void {
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
      "--scenario <pattern>",
      "only scenarios with this id, * stands for anything (again for more)",
      collect,
    )
    .option("--behaviour <pattern>", "only behaviours with this id (again for more)", collect)
    .option("--scenarios <folder>", "scenarios of your own (again for more)", collect)
    .option("--input <name=value>", "a value that some scenarios need (again for more)", inputs)
    .option("--large-group <members>", "push a group of this size (embedded: 2000; elsewhere off)", count)
    .option(
      "--max-group-members <members>",
      "the server's limit of members per group: larger groups are split",
      count,
    )
    .option("--burst <requests>", "send this many requests at once (loopback: 60; elsewhere off)", count)
    .option("--okta-waits", "wait Okta's five minutes after a 429 without an integer Retry-After")
    .option("--max-pages <pages>", "stop an import walk after this many pages of 100 (default: 50)", count)
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
  command
    .optionsGroup("The report:")
    .option(
      "--report <format[:file]>",
      "text, json or junit, to a file or standard output (again for more)",
      collect,
    )
    .option("--strict", "a broken recommendation fails the run too")
    .option("--show-foreign-data", "do not mask attribute values of resources that scim-check did not make")
    .option("--quiet", "only what is broken, and the outcome")
    .option("--verbose", "every behaviour and every exchange, and where each setting came from");
}

function addServe(program: Command, host: Host, setExitCode: SetExitCode): void {
  program
    .command("serve")
    .summary("start the reference server on its own")
    .description(
      "Starts the embedded reference server, to try scim-check or a SCIM client against. Ctrl-C stops it.",
    )
    .option("--host <address>", "address to listen on (default: 127.0.0.1)")
    .option("--port <number>", "port (default: any free one)", port)
    .option("--token <token>", "bearer token to ask for (default: generated and printed)")
    .option("--no-auth", "let everybody in, on loopback only")
    .option("--users <number>", "people who are there from the start", count)
    .option("--rate-limit <per second>", "answer 429 above this rate", count)
    .option("--max-group-members <members>", "refuse larger groups", count)
    .option("--defect <name>", "do this wrong (again for more; `list defects`)", collect)
    .option("--quirk <name>", "have this permitted peculiarity (again for more; `list quirks`)", collect)
    .addHelpText(
      "after",
      examples("scim-check serve --port 8080 --users 100000", "scim-check serve --rate-limit 20"),
    )
    .action(async (options: Record<string, unknown>) => {
      const { serveCommand } = await import("./commands/serve.ts");
      setExitCode(await serveCommand(options, host));
    });
}

function addSelfTest(program: Command, host: Host, setExitCode: SetExitCode): void {
  program
    .command("self-test")
    .summary("is scim-check itself right? Every scenario against every known defect and quirk")
    .description(
      "Plays every scenario against a sound server, against servers that each do one thing wrong, and against servers with peculiarities that the standards permit. Exit 1 when a defect is not caught, or something permitted is blamed.",
    )
    .option("--defect <name>", "only this defect (again for more)", collect)
    .option("--quirk <name>", "only this quirk (again for more)", collect)
    .option("--seed <number>", "repeat the random sets of quirks of an earlier self-test", wholeNumber)
    .option("--json <file>", "write the whole matrix as JSON")
    .option("--verbose", "every trial, and every claim that fails in it")
    .addHelpText(
      "after",
      examples("scim-check self-test", "scim-check self-test --defect members-cut-at-100 --verbose"),
    )
    .action(async (options: Record<string, unknown>) => {
      const { selfTestCommand } = await import("./commands/self-test.ts");
      setExitCode(await selfTestCommand(options, host));
    });
}

function addList(program: Command, host: Host, setExitCode: SetExitCode): void {
  program
    .command("list")
    .summary("list behaviours, scenarios, checks, actions, targets, flows, defects or quirks")
    .argument(
      "[subject]",
      "behaviours, scenarios, checks, actions, targets, flows, defects or quirks",
      "behaviours",
    )
    .option("--scenarios <folder>", "scenarios of your own (again for more)", collect)
    .addHelpText("after", examples("scim-check list", "scim-check list scenarios"))
    .action(async (subject: string, options: Record<string, unknown>) => {
      const { listCommand } = await import("./commands/list.ts");
      setExitCode(await listCommand(subject, options, host));
    });
}

function addExplain(program: Command, host: Host, setExitCode: SetExitCode): void {
  program
    .command("explain")
    .summary("one behaviour in full: who asks for it, what Okta sends, how to mend it")
    .argument("<id>", "for example OKTA-MEMBER-02")
    .addHelpText("after", examples("scim-check explain OKTA-MEMBER-02"))
    .action(async (id: string) => {
      const { explainCommand } = await import("./commands/explain.ts");
      setExitCode(await explainCommand(id, host));
    });
}

function addRender(program: Command, host: Host, setExitCode: SetExitCode): void {
  const command = program
    .command("render")
    .summary("render a saved JSON report in another format")
    .argument("<file>", "a report written by --report json:FILE")
    .addHelpText("after", examples("scim-check render saved.json --report junit:scim.xml"));
  command
    .option(
      "--report <format[:file]>",
      "text, json or junit, to a file or standard output (again for more)",
      collect,
    )
    .option("--quiet", "only what is broken, and the outcome")
    .option("--verbose", "every behaviour and every exchange")
    .action(async (file: string, options: Record<string, unknown>) => {
      const { renderCommand } = await import("./commands/render.ts");
      setExitCode(await renderCommand(file, options, host));
    });
}

function addCleanup(program: Command, host: Host, setExitCode: SetExitCode): void {
  const command = program
    .command("cleanup")
    .summary("remove what runs that were killed left on their servers")
    .description(
      "Removes the users and groups of earlier runs that were killed, or that a server would not remove then. Only what carries such a run's own marker is touched.",
    )
    .addHelpText(
      "after",
      examples("SCIM_TOKEN=… scim-check cleanup --url https://staging.example.com/scim/v2"),
    );
  addConnectionOptions(command);
  command.action(async (options: Record<string, unknown>) => {
    const { cleanupCommand } = await import("./commands/cleanup.ts");
    setExitCode(await cleanupCommand(options, host));
  });
}

function addPlanGroups(program: Command, host: Host, setExitCode: SetExitCode): void {
  program
    .command("plan-groups")
    .summary("how a large group is split for a target with a member limit")
    .description(
      "Prints into how many groups a large one has to be split, of what sizes, in how many requests, and how long that takes.",
    )
    .requiredOption("--members <number>", "members of the large group", count)
    .option("--max-group-members <members>", "the target's limit of members per group", count)
    .option("--target <name>", "take the limits from a target profile")
    .option("--batch <members>", "membership changes in one request (default: 100)", count)
    .option("--rate <per second>", "requests a second the target allows", positive)
    .addHelpText(
      "after",
      examples(
        "scim-check plan-groups --members 3400 --max-group-members 1000",
        "scim-check plan-groups --target terraform-enterprise --members 3400",
      ),
    )
    .action(async (options: PlanGroupsOptions) => {
      const { planGroupsCommand } = await import("./commands/plan-groups.ts");
      setExitCode(await planGroupsCommand(options, host));
    });
}

const examples = (...lines: readonly string[]) =>
  `\nExamples:\n${lines.map((line) => `  $ ${line}`).join("\n")}\n`;
