import { spawnSync } from "node:child_process";
import {
  closeSync,
  constants,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type ReferenceServerHandle, startReferenceServer } from "../../src/index.ts";
import { cli, type Finished } from "./cli.ts";

vi.setConfig({ maxConcurrency: 3 });

const ROOT = join(import.meta.dirname, "../..");
const PEM = join(ROOT, "test/unit/http/certificates/authority.pem");
const SCENARIO = join(ROOT, "scenarios/okta/look-up/miss.yaml");

/** What happens to a file after the tool was started, and before it is read. */
const FATES: Readonly<Record<string, (file: string) => void>> = {
  "is removed": (file) => rmSync(file),
  "becomes a folder": (file) => {
    rmSync(file);
    mkdirSync(file);
  },
  "is cut to nothing": (file) => truncateSync(file, 0),
  // The hole takes no place on the disk.
  "grows beyond measure": (file) => truncateSync(file, 300_000_000),
  "becomes a link to itself": (file) => {
    rmSync(file);
    symlinkSync(file, file);
  },
  "becomes a pipe that nobody writes to": (file) => {
    rmSync(file);
    spawnSync("mkfifo", [file]);
  },
};

/**
 * Starts the tool, which waits for what comes out of a pipe, and does something meanwhile: everything it has looked at so
 * far is as it was, and everything it reads afterwards is not.
 */
async function meanwhile(
  args: readonly string[],
  pipe: string,
  text: string,
  act: () => void,
): Promise<Finished> {
  spawnSync("mkfifo", [pipe]);
  const running = cli(args, { env: { XDG_STATE_HOME: join(pipe, "..", "state") } });
  let isOver = false;
  void running.then(() => {
    isOver = true;
  });
  while (!isOver) {
    try {
      // Nobody can be written to until somebody reads.
      const descriptor = openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
      act();
      writeSync(descriptor, text);
      closeSync(descriptor);
      break;
    } catch (problem) {
      if ((problem as NodeJS.ErrnoException).code !== "ENXIO") throw problem;
      await sleep(5);
    }
  }
  return running;
}

const fresh = () => mkdtempSync(join(tmpdir(), "scim-check-vanishing-"));

const refused = ({ stdout, stderr, code }: Finished) => {
  expect(stderr).toMatch(/^\S.*\.\n/);
  expect(stderr).not.toMatch(/\n\s+at |has a bug/);
  expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
};

describe.runIf(process.platform !== "win32")("a scenario that was listed, and by the time it is read", () => {
  it.concurrent.each(["is removed", "becomes a folder", "becomes a pipe that nobody writes to"])(
    "%s is one clear message, and exit 2",
    async (fate) => {
      const folder = fresh();
      const scenarios = join(folder, "mine");
      mkdirSync(scenarios);
      const late = join(scenarios, "b.yaml");
      cpSync(SCENARIO, late);
      const finished = await meanwhile(
        ["run", "--embedded", "--scenarios", scenarios],
        join(scenarios, "a.yaml"),
        "title: Never played\n",
        () => FATES[fate]?.(late),
      );
      refused(finished);
      expect(finished.stderr).toMatch(/b\.yaml:1:1: |b\.yaml: /);
    },
  );
});

/** Everything else that is read once; `config` is the pipe that the tool waits for beforehand. */
const READERS: readonly (readonly [
  string,
  fate: string,
  from: string,
  args: (config: string, file: string) => readonly string[],
])[] = [
  [
    "a target profile",
    "is cut to nothing",
    join(ROOT, "fixtures/targets/slack.yaml"),
    (config, file) => ["run", "--embedded", "--config", config, "--target", file],
  ],
  [
    "a token",
    "is cut to nothing",
    PEM,
    (config, file) => ["run", "--url", "http://127.0.0.1:9", "--config", config, "--token-file", file],
  ],
  [
    "authorities",
    "becomes a folder",
    PEM,
    (config, file) => ["run", "--url", "https://127.0.0.1:9", "--no-auth", "--config", config, "--ca", file],
  ],
  [
    "known deviations",
    "becomes a pipe that nobody writes to",
    PEM,
    (config, file) => ["run", "--embedded", "--config", config, "--known", file],
  ],
  [
    "a report of earlier",
    "grows beyond measure",
    PEM,
    (config, file) => ["run", "--embedded", "--config", config, "--since", file],
  ],
  ["a saved shard", "becomes a link to itself", PEM, (config, file) => ["merge", config, file]],
];

describe.runIf(process.platform !== "win32")(
  "a file that was there when the tool was started, and then",
  () => {
    it.concurrent.each(READERS)("%s %s: one clear message, and exit 2", async (_, fate, from, args) => {
      const folder = fresh();
      const file = join(folder, "file.yaml");
      cpSync(from, file);
      const config = join(folder, "config.yaml");
      const finished = await meanwhile(args(config, file), config, "strict: true\n", () =>
        FATES[fate]?.(file),
      );
      refused(finished);
      expect(finished.stderr).toContain("file.yaml");
    });
  },
);

describe.runIf(process.platform !== "win32")("where results are wanted or kept, and then it is gone", () => {
  let server: ReferenceServerHandle;
  beforeAll(async () => {
    server = await startReferenceServer();
  });
  afterAll(() => server.close());

  it("the folder of a report: the results are kept elsewhere, and the exit code is not 0", async () => {
    const folder = fresh();
    const config = join(folder, "config.yaml");
    mkdirSync(join(folder, "reports"));
    const { stderr, code } = await meanwhile(
      ["run", "--embedded", "--config", config, "--report", `json:${join(folder, "reports", "run.json")}`],
      config,
      "scenario: okta/look-up/miss\n",
      () => rmSync(join(folder, "reports"), { recursive: true }),
    );
    expect(stderr).toMatch(
      /The json report cannot be written \(the folder is not there any more, ENOENT\)\./,
    );
    expect(stderr).toMatch(/The results are kept in .+\.json; scim-check render /);
    expect(code).toBe(3);
  });

  it("the folder of records, in the middle of a run: the run ends as it would have, and leaves nothing", async () => {
    const state = fresh();
    const { stdout, stderr, code } = await cli(
      ["run", "--url", server.url, "--scenario", "okta/users/create*", "--report", "text"],
      {
        env: { XDG_STATE_HOME: state, SCIM_TOKEN: server.token ?? "" },
        // The first words are told when the record has been begun.
        watch: () => rmSync(state, { recursive: true, force: true }),
      },
    );
    expect({ stderr: /bug/.test(stderr), code }).toEqual({ stderr: false, code: 0 });
    expect(stdout).toContain("Exit code 0");
    const headers = { authorization: `Bearer ${server.token}` };
    const list = await (await fetch(`${server.url}/Users`, { headers })).json();
    expect(list).toMatchObject({ totalResults: 0 });
  });
});
