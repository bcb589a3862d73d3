import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { cli } from "./cli.ts";

const README = readFileSync(fileURLToPath(new URL("../../README.md", import.meta.url)), "utf8");

/** What differs from run to run: ids, ports, times, seeds, and how the lines around them break. */
function steady(text: string): string {
  return text
    .replaceAll(/[0-9a-f]{22}/g, "<id>")
    .replaceAll(/scim-check-[0-9a-z]{6}-\d+/g, "<name>")
    .replaceAll(/127\.0\.0\.1:\d+/g, "<address>")
    .replaceAll(/in \d+(\.\d+)?\s(ms|s)/g, "in <time>")
    .replaceAll(/seed \d+/g, "seed <seed>")
    .replaceAll(/"[^"]*… \(/g, '…" (')
    .replaceAll(/"display":"[^"]*"/g, '"display":"<name>"')
    .replaceAll(/\{"value":"<id>"[^{]*…/g, '{"value":"<id>"…')
    .replaceAll(/\s+/g, " ")
    .trim();
}

describe("the README", () => {
  it("shows what its command really prints", async () => {
    const [, command = "", output = ""] =
      /```text\n\$ node bin\/scim-check\.js (.+)\n\n([\s\S]+?)```/.exec(README) ?? [];
    const { stdout, code } = await cli(command.split(" "));
    expect(steady(stdout)).toBe(steady(output));
    expect(code).toBe(1);
  });

  it("names only flags and commands that exist", async () => {
    const help = await Promise.all(
      [
        "run",
        "load",
        "merge",
        "serve",
        "list",
        "explain",
        "render",
        "plan-groups",
        "self-test",
        "cleanup",
        "init",
      ].map((name) => cli([name, "--help"])),
    );
    const known = new Set(help.flatMap(({ stdout }) => stdout.match(/--[a-z][a-z-]+/g) ?? []));
    // The report in the README holds a curl line, whose flags are curl's.
    const prose = README.replace(/```text[\s\S]+?```/, "");
    const named = new Set(prose.match(/(?<=[\s`(])--[a-z][a-z-]+/g) ?? []);
    expect([...named].filter((flag) => !known.has(flag))).toEqual([]);
  });

  it("links only to files that exist", () => {
    const links = [...README.matchAll(/\]\(((?!http)[^)#]+)\)/g)].map((match) => match[1] ?? "");
    for (const link of links)
      expect(() => readFileSync(fileURLToPath(new URL(`../../${link}`, import.meta.url)))).not.toThrow();
  });
});
