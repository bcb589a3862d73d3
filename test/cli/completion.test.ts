import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

const BIN = fileURLToPath(new URL("../../bin/scim-check.js", import.meta.url));

/** A folder with `scim-check` in it, and files to complete, as a shell would find them. */
const folder = mkdtempSync(join(tmpdir(), "scim-check-completion-"));
beforeAll(() => {
  writeFileSync(join(folder, "scim-check"), `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  chmodSync(join(folder, "scim-check"), 0o755);
  writeFileSync(join(folder, "saved.json"), "{}");
  mkdirSync(join(folder, "settings"));
});

const env = { PATH: `${folder}:${process.env.PATH}`, HOME: folder, TERM: "dumb" };

/** What each shell offers at the end of a line, asked in the shell itself. */
const SHELLS: Readonly<
  Record<string, (line: readonly string[]) => readonly [program: string, args: readonly string[]]>
> = {
  bash: (line) => [
    "bash",
    [
      "--norc",
      "-c",
      `eval "$(scim-check completion bash)"; COMP_WORDS=(${line.map(quoted).join(" ")}); COMP_CWORD=${line.length - 1}; _scim_check; printf '%s\\n' "\${COMPREPLY[@]}"`,
    ],
  ],
  zsh: (line) => [
    "zsh",
    [
      "-f",
      "-c",
      `compdef() { :; }; compadd() { shift 4; print -rl -- "\${(P@)1}"; }; eval "$(scim-check completion zsh)"; words=(${line.map(quoted).join(" ")}); CURRENT=${line.length}; _scim_check`,
    ],
  ],
  fish: (line) => [
    "fish",
    [
      "--no-config",
      "-c",
      `scim-check completion fish | source; complete -C ${quoted(line.join(" "))} | cut -f1`,
    ],
  ],
};

const quoted = (word: string) => `'${word}'`;
const isThere = (program: string) => spawnSync(program, ["-c", ":"]).status === 0;

describe.each(Object.keys(SHELLS))("completion in %s", (shell) => {
  const offers = (...line: readonly string[]): readonly string[] => {
    const [program, args] = SHELLS[shell]?.(["scim-check", ...line]) ?? expect.fail();
    const { stdout, stderr } = spawnSync(program, [...args], { env, cwd: folder, encoding: "utf8" });
    expect(stderr).toBe("");
    return stdout.split("\n").filter((word) => word !== "");
  };

  // Skipped where the shell is missing, except where every test has to run: apt-get install zsh fish, as .ci/run does.
  it.skipIf(!isThere(shell) && process.env.ALL_TESTS !== "1")(
    "knows commands, flags, choices, ids and files",
    () => {
      expect(isThere(shell), `there is no ${shell}: apt-get install ${shell}`).toBe(true);
      expect(offers("")).toEqual(expect.arrayContaining(["run", "serve", "cleanup", "completion"]));
      expect(offers("ex")).toEqual(["explain"]);
      expect(offers("run", "--okta-a")).toEqual(["--okta-app"]);
      expect(offers("run", "--okta-app", "")).toEqual(["aiw", "oin"]);
      expect(offers("run", "--embedded", "--defect", "members-cut-at-1")).toEqual(["members-cut-at-100"]);
      expect(offers("run", "--scenario", "okta/users/deactivate-o")).toEqual(["okta/users/deactivate-oin"]);
      expect(offers("explain", "OKTA-MEMBER-02")).toEqual(["OKTA-MEMBER-02"]);
      expect(offers("run", "--report", "js")).toEqual(["json"]);
      expect(offers("render", "s")).toEqual(expect.arrayContaining(["saved.json", "settings/"]));
    },
    120_000,
  );
});

describe("completion itself", () => {
  const complete = (...words: readonly string[]) =>
    spawnSync(process.execPath, [BIN, "complete", "--", ...words], { cwd: folder, encoding: "utf8" });

  it("says what each word is, behind a tab", () => {
    expect(complete("ru").stdout).toBe("run\tplay every scenario once and judge the endpoint\n");
  });

  it("knows a value that follows its flag directly, and has nothing to say where nothing is known", () => {
    expect(complete("run", "--okta-app=o").stdout).toBe("--okta-app=oin\n");
    expect(complete("run", "--settle", "").stdout).toBe("");
    expect(complete("nosuch", "x").stdout).toBe("");
  });
});
