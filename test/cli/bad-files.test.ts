import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { FixtureShelf } from "../../src/scenarios/fixture.ts";
import { cli } from "./cli.ts";
import { inProcess } from "./in-process.ts";

const folder = mkdtempSync(join(tmpdir(), "scim-check-bad-files-"));
const at = (name: string) => join(folder, name);
const made = (name: string, bytes: string | Buffer) => {
  writeFileSync(at(name), bytes);
  return at(name);
};

const bomb = [
  "a0: &a0 [x]",
  ...Array.from({ length: 30 }, (_, index) => {
    return `a${index + 1}: &a${index + 1} [*a${index}, *a${index}, *a${index}, *a${index}]`;
  }),
].join("\n");

type Args = (file: string) => readonly string[];

const NOWHERE = ["run", "--url", "http://127.0.0.1:9"];

/** Every file that the tool reads, by the arguments that name it. A new one is a line here. */
const READERS: readonly (readonly [name: string, args: Args])[] = [
  ["settings", (file) => ["run", "--embedded", "--config", file]],
  ["a target profile", (file) => ["run", "--embedded", "--target", file]],
  ["a token", (file) => [...NOWHERE, "--token-file", file]],
  ["authorities", (file) => [...NOWHERE, "--no-auth", "--ca", file]],
  ["a saved report", (file) => ["render", file]],
  ["a saved shard", (file) => ["merge", file, file]],
];

/** Those that are read beside all scenarios, which takes a second here: each file takes the place of one of them. */
const SLOW_READERS: typeof READERS = [
  ["scenarios", (file) => ["run", "--embedded", "--scenarios", file]],
  ["known deviations", (file) => ["run", "--embedded", "--known", file]],
  ["a load plan", (file) => ["load", file, "--embedded"]],
  ["a report of earlier", (file) => ["run", "--embedded", "--since", file]],
];

/** Everything a file can be that is no use. A new one is a line here. */
const FILES: readonly (readonly [name: string, file: () => string])[] = [
  ["a YAML bomb", () => made("bomb.yaml", bomb)],
  ["a circle of anchors", () => made("cycle.yaml", "a: &a [*a]\n")],
  ["UTF-16", () => made("utf16.yaml", Buffer.from("\uFEFFurl: x", "utf16le"))],
  ["binary", () => made("binary.yaml", Buffer.from([0, 1, 2, 255, 254, 10, 0]))],
  [
    // More than is read of any file, a saved report included; the hole takes no place on the disk.
    "300 MB",
    () => {
      truncateSync(made("large.yaml", "x"), 300_000_000);
      return at("large.yaml");
    },
  ],
  [
    "a link that leads in a circle",
    () => {
      symlinkSync(at("loop.yaml"), at("loop.yaml"));
      return at("loop.yaml");
    },
  ],
  [
    "an empty folder",
    () => {
      mkdirSync(at("folder.yaml"));
      return at("folder.yaml");
    },
  ],
  ["a file that is not there", () => at("missing.yaml")],
  [
    "a link to a file that has vanished",
    () => {
      symlinkSync(at("vanished"), at("dangling.yaml"));
      return at("dangling.yaml");
    },
  ],
  [
    "a device without end",
    () => {
      symlinkSync("/dev/zero", at("zero.yaml"));
      return at("zero.yaml");
    },
  ],
  ["a file with Windows line ends that is wrong", () => made("crlf.yaml", "url: 7\r\n\r\nno: such\r\n")],
];

const run = (args: readonly string[]) =>
  inProcess(args, { cwd: folder, env: { XDG_STATE_HOME: at("state") } });

beforeAll(async () => {
  // What the tool has to load is loaded once, and takes no part of the time of the first test.
  await run(["run", "--embedded", "--scenario", "okta/look-up/miss"]);
}, 60_000);

describe.each(FILES.map(([name, make], index) => [name, make, index] as const))("%s", (_, make, index) => {
  const file = make();
  const slow = SLOW_READERS.filter((__, at) => at === index % SLOW_READERS.length);
  it.each([...READERS, ...slow])("in place of %s is one clear message, and exit 2", async (__, args) => {
    const { stdout, stderr, code } = await run(args(file));
    expect(stderr).toMatch(/^\S.*\.\n/);
    expect(stderr).not.toMatch(/\n\s+at |has a bug/);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
  });

  it("in place of a body of fixtures/ is a problem with a place, or no such body", () => {
    const shelf = mkdtempSync(join(folder, "shelf-"));
    symlinkSync(file, join(shelf, "body.json"));
    const fixtures = new FixtureShelf(shelf);
    const { kind } = fixtures.take("body.json");
    expect([kind, fixtures.problems.length > 0]).toEqual(
      kind === "unknown" ? ["unknown", false] : ["broken", true],
    );
    for (const { what, next } of fixtures.problems) expect(`${what} ${next}`).toMatch(/^[A-Z`].+\.$/);
  });

  it("in place of what an earlier run made is left alone", async () => {
    const state = mkdtempSync(join(folder, "state-"));
    mkdirSync(join(state, "scim-check"));
    symlinkSync(file, join(state, "scim-check", "abc123.jsonl"));
    const { stdout, stderr, code } = await inProcess(["cleanup"], {
      cwd: folder,
      env: { XDG_STATE_HOME: state },
    });
    expect({ stdout, stderr, code }).toEqual({
      stdout: "No run left anything behind.\n",
      stderr: "",
      code: 0,
    });
  });
});

describe("Windows line ends", () => {
  it("do not shift the place of a problem", async () => {
    const { stderr } = await run([
      "run",
      "--embedded",
      "--config",
      made("lines.yaml", "a: 1\r\n\r\nno-such: 1\r\n"),
    ]);
    expect(stderr).toMatch(/lines\.yaml:3:1: There is no key `no-such`/);
  });
});

describe("a scim-check.yaml that is a link to nowhere", () => {
  it.each([
    ["vanished.yaml", /There is no such file\. Check the path\./],
    ["scim-check.yaml", /The link leads in a circle\. Point it at a file\./],
  ])("(%s) is not passed over: what it forbids would be done", async (to, message) => {
    const cwd = mkdtempSync(join(folder, "linked-"));
    symlinkSync(join(cwd, to), join(cwd, "scim-check.yaml"));
    const { stdout, stderr, code } = await inProcess(["run", "--embedded"], { cwd });
    expect(stderr).toMatch(message);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
  });
});

describe("a file that may not be read", () => {
  // Whoever may read everything becomes nobody for it.
  const uid = process.getuid?.() === 0 ? { uid: 65_534 } : {};
  it.runIf(process.platform !== "win32")("is told from one that is not there", async () => {
    const file = made("secret.yaml", "url: http://127.0.0.1:9\n");
    chmodSync(folder, 0o755);
    chmodSync(file, 0o000);
    const { stdout, stderr, code } = await cli(["run", "--config", file], uid);
    expect(stderr).toMatch(/secret\.yaml:1:1: The file may not be read\. Check its permissions\./);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
  });
});

describe.runIf(process.platform !== "win32")("a named pipe", () => {
  const pipe = (name: string) => {
    spawnSync("mkfifo", [at(name)]);
    return at(name);
  };

  it("that nobody writes to is refused, and not waited for without end", async () => {
    const { stdout, stderr, code } = await run([...NOWHERE, "--token-file", pipe("idle")]);
    expect(stderr).toMatch(/idle: Nothing came out of the pipe that --token-file names\./);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
  });

  it("is read like a file, as the shell's <(vault read …) is", async () => {
    const file = pipe("settings.yaml");
    const writing = spawn("sh", ["-c", 'sleep 0.2; echo "no-such-setting: 1" > "$0"', file]);
    const reading = cli(["run", "--embedded", "--config", file]);
    const { stderr, code } = await reading;
    expect(stderr).toMatch(/settings\.yaml:1:1: There is no key `no-such-setting`/);
    expect(code).toBe(2);
    expect(writing.exitCode).toBe(0);
  });
});

describe("a folder for records that cannot be written to", () => {
  it("is refused before anything is sent", async () => {
    const { stderr, code } = await inProcess([...NOWHERE, "--no-auth", "--scenario", "okta/look-up/miss"], {
      cwd: folder,
      env: { XDG_STATE_HOME: made("no-folder", "x") },
    });
    expect(stderr).toMatch(
      /What is made on the server cannot be put on record here \(ENOTDIR\), so nothing was sent\./,
    );
    expect(code).toBe(2);
  });
});
