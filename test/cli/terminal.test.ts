import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli } from "./cli.ts";
import { type InProcessOptions, inProcess } from "./in-process.ts";

const ESCAPE = "\u001b";
const COLOURS = new RegExp(`${ESCAPE}\\[[0-9;]*m`, "g");

describe("the text report of a run in a terminal", () => {
  const folder = mkdtempSync(join(tmpdir(), "scim-check-terminal-"));
  const saved = join(folder, "saved.json");
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeAll(async () => {
    const what = ["--behaviour", "OKTA-MEMBER-*", "--large-group", "20", "--okta-app", "oin"];
    const defect = ["--defect", "filtered-remove-does-nothing"];
    const report = ["--report", `json:${saved}`];
    const { code } = await cli(["run", "--embedded", ...what, ...defect, ...report], {
      env: { XDG_STATE_HOME: folder },
    });
    expect(code).toBe(1);
  });

  const shown = async (options: Omit<InProcessOptions, "cwd">, ...flags: readonly string[]) =>
    (await inProcess(["render", saved, ...flags], { cwd: folder, ...options })).stdout;

  it("has no colour in a pipe, and with FORCE_COLOR it has", async () => {
    expect(await shown({})).not.toContain(ESCAPE);
    expect(await shown({ env: { FORCE_COLOR: "1" } })).toContain(ESCAPE);
  });

  it("has no escape code with NO_COLOR, whatever else is asked", async () => {
    expect(await shown({ env: { NO_COLOR: "1", FORCE_COLOR: "1" }, columns: 80 })).not.toContain(ESCAPE);
  });

  it.each([80, 120, 200])("has no line wider than %d columns, addresses and curl apart", async (columns) => {
    const env = { FORCE_COLOR: "1" };
    const text = (await shown({ columns, env })).replaceAll(COLOURS, "");
    const wide = linesBeside(text, "curl").filter((line) => line.length > columns);
    expect(wide.filter((line) => !/^\s*https?:\S+$/.test(line))).toEqual([]);
  });

  it("is only what is broken and the outcome with --quiet", async () => {
    const text = await shown({ columns: 80 }, "--quiet");
    expect(text).toMatch(/^✗ OKTA-MEMBER-02 \(must\)$/m);
    expect(text).toContain("Exit code 1");
    expect(text).not.toContain("to mend");
  });
});

describe("the help of a command", () => {
  const COMMANDS = ["run", "load", "merge", "serve", "self-test", "list", "explain", "render", "init"];
  it.each(COMMANDS)("is no wider than 80 columns: %s", async (command) => {
    const { stdout } = await inProcess([command, "--help"], { cwd: tmpdir(), columns: 80 });
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});

/** The lines that are not in the block below a label. */
function linesBeside(text: string, label: string): readonly string[] {
  let isInside = false;
  return text.split("\n").filter((line) => {
    if (line.trim() === label) isInside = true;
    else if (line === "") isInside = false;
    return !isInside;
  });
}
