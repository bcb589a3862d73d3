import { type Command, Option } from "commander";
import { LOAD_REPORT_FORMATS } from "../../model/report-format.ts";
import type { Host } from "../host.ts";
import {
  collect,
  count,
  duration,
  factor,
  inFlight,
  perSecond,
  positive,
  shardPart,
  wholeNumber,
  workers,
} from "../values.ts";
import { addServerOptions } from "./connection-options.ts";
import { examples } from "./examples.ts";
import { addReportOption } from "./report-option.ts";
import type { SetExitCode } from "./set-exit-code.ts";

export function addLoad(program: Command, host: Host, setExitCode: SetExitCode): void {
  const command = program
    .command("load")
    .summary("put the endpoint under load as a plan says, and see that nothing is lost")
    .description(
      "Plays Okta's flows many times, as a plan says, against one SCIM endpoint: honest times, rate limits, and the state read back and compared with what was acknowledged. `scim-check list plans` shows the plans.",
    )
    .argument("<plan>", "a plan by name, or the path of a file of your own")
    .addHelpText(
      "after",
      examples(
        "scim-check load smoke --embedded",
        "scim-check load onboarding --url https://staging.example.com/scim/v2 --allow-writes staging.example.com --allow-load staging.example.com",
        "scim-check load onboarding --url http://localhost:8080/scim/v2 --rate 50/s --for 2m --threshold 'create.response.p99 < 300ms'",
        "scim-check load steady-day --embedded --dry-run",
        "scim-check load onboarding --url http://localhost:8080/scim/v2 --find-capacity",
        "scim-check load onboarding --url … --shard 1/3 --start-at 2026-03-01T12:00:00Z --out shard-1.json",
      ),
    );
  addTargetOptions(command);
  addPlanOptions(command);
  addEngineOptions(command);
  addCeilings(command);
  addReportOptions(command);
  command.action(async (plan: string, options: Record<string, unknown>) => {
    const { loadCommand } = await import("../commands/load.ts");
    setExitCode(await loadCommand(plan, options, host));
  });
}

function addTargetOptions(command: Command): void {
  addServerOptions(command);
  command.option("--allow-load <host>", "allow loading this host; loopback is always allowed", collect);
}

function addPlanOptions(command: Command): void {
  command
    .optionsGroup("In place of what the plan says:")
    .option("--rate <rate>", "plays a second, such as 50/s or 2000/h, in place of all stages", perSecond)
    .option(
      "--for <time>",
      "how long, such as 90s, 30m or 2h; the plan's stages are stretched to it where no --rate is given",
      duration,
    )
    .option("--closed <users>", "closed model: so many users who wait for their answers", inFlight)
    .option("--think <time>", "closed model: between the end of a play and the next", duration)
    .option("--users <people>", "people who are there before the clock starts", wholeNumber)
    .option("--groups <groups>", "groups that are there before the clock starts", wholeNumber)
    .option("--members <people>", "members of each of them", wholeNumber)
    .option("--warm-up <time>", "played, and left out of every figure", duration)
    .option("--max-in-flight <plays>", "plays under way at the same time", inFlight)
    .option(
      "--threshold <condition>",
      "such as 'create.response.p99 < 300ms', 'errors.rate < 1%', 'lost == 0' (again for more)",
      collect,
    )
    .option("--seed <number>", "which scenario each play is", wholeNumber)
    .option("--scenarios <folder>", "scenarios of your own (again for more)", collect);
}

function addEngineOptions(command: Command): void {
  command
    .optionsGroup("How it is played:")
    .option("--dry-run", "show the curve and the cost, and send nothing")
    .option("--abort-on-breach", "end as soon as a threshold is broken for three seconds")
    .option("--find-capacity", "step the rate up until a threshold breaks, and narrow it down")
    .option(
      "--workers <threads>",
      "threads that play, or auto for one less than there are cores (default: 1)",
      workers,
    )
    .option("--http2", "over HTTP/2, to see that the server speaks it; https only, and no measurement")
    .option("--precise", "start plays to the fraction of a millisecond, at the cost of a core")
    .addOption(
      new Option(
        "--okta-time-scale <times>",
        "play Okta's five-minute waits after a 429 so many times as fast; the report says so",
      ).argParser(factor),
    )
    .option("--settle <time>", "how long a write may take to show in a read (default: 2s)", duration)
    .option("--keep", "leave what was made on the server")
    .option("--shard <i/n>", "play only part i of n, and write it to --out", shardPart)
    .option("--start-at <time>", "when all shards begin: a moment such as 2026-03-01T12:00:00Z")
    .option("--out <file>", "where the shard is written, for scim-check merge");
}

function addCeilings(command: Command): void {
  command
    .optionsGroup("Ceilings on hosts other than this machine:")
    .option("--max-users <users>", "people a load may make (default: 10000)", count)
    .option("--max-groups <groups>", "groups a load may make (default: 200)", count)
    .option("--max-members <members>", "members of one group (default: 5000)", count)
    .option("--max-requests <requests>", "requests a load may send (default: 100000)", count)
    .option("--max-rate <per second>", "plays a second at the busiest moment (default: 100)", positive);
}

function addReportOptions(command: Command): void {
  command.optionsGroup("The report:");
  addReportOption(command, LOAD_REPORT_FORMATS)
    .option("--baseline <file>", "compare with an earlier report, saved with --report json:FILE")
    .option("--quiet", "only the thresholds and the outcome, and nothing while it runs")
    .option("--verbose", "where each setting came from");
}
