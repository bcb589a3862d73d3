import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { PlanGroupsOptions } from "../index.ts";
import { toolVersion } from "../wiring/tool.ts";
import type { Host } from "./host.ts";

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
  for (const add of [addRun, addServe, addList, addExplain, addRender, addPlanGroups])
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
  command
    .optionsGroup("Which server:")
    .option("--url <url>", "base URL, to which /Users and /Groups are appended (or SCIM_URL)")
    .option("--embedded", "the embedded reference server")
    .option("--target <name>", "a target profile by name or path: what the product documents about itself")
    .option("--config <file>", "settings file (default: scim-check.yaml where there is one)")
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
    .option("--timeout <time>", "how long one exchange may take (default: 60s, Okta's own limit)", duration)
    .option(
      "--allow-writes <host>",
      "allow writing to this host (again for more); loopback is always allowed",
      collect,
    )
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
    .addHelpText(
      "after",
      examples("scim-check serve --port 8080 --users 100000", "scim-check serve --rate-limit 20"),
    )
    .action(async (options: Record<string, unknown>) => {
      const { serveCommand } = await import("./commands/serve.ts");
      setExitCode(await serveCommand(options, host));
    });
}

function addList(program: Command, host: Host, setExitCode: SetExitCode): void {
  program
    .command("list")
    .summary("list behaviours, scenarios, checks, actions, targets or flows")
    .argument("[subject]", "behaviours, scenarios, checks, actions, targets or flows", "behaviours")
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

const collect = (value: string, before: readonly string[] | undefined) => [...(before ?? []), value];

const commaList = (value: string) =>
  value
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");

function inputs(value: string, before: Readonly<Record<string, string>> | undefined) {
  const equals = value.indexOf("=");
  if (equals < 1) throw new InvalidArgumentError("It has to be name=value.");
  return { ...before, [value.slice(0, equals)]: value.slice(equals + 1) };
}

function count(value: string): number {
  if (!/^\d+$/.test(value) || Number(value) < 1)
    throw new InvalidArgumentError("It has to be a whole number above 0.");
  return Number(value);
}

function wholeNumber(value: string): number {
  if (!/^\d{1,10}$/.test(value))
    throw new InvalidArgumentError("It has to be a whole number of at most 10 digits.");
  return Number(value);
}

function positive(value: string): number {
  const match = /^(\d+(?:\.\d+)?)(?:\/s)?$/.exec(value);
  if (match === null || Number(match[1]) <= 0)
    throw new InvalidArgumentError("It has to be a number above 0, such as 10 or 10/s.");
  return Number(match[1]);
}

function port(value: string): number {
  if (!/^\d+$/.test(value) || Number(value) > 65_535)
    throw new InvalidArgumentError("It has to be a port from 0 to 65535.");
  return Number(value);
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };

function duration(value: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(value);
  if (match === null) throw new InvalidArgumentError("It has to be a time such as 500ms, 2s or 5m.");
  return Number(match[1]) * (UNIT_MS[match[2] ?? ""] ?? 1);
}
