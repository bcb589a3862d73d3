import { mkdirSync, mkdtempSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli } from "./cli.ts";

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

/** Every file that the tool reads, by the arguments that name it. A new one is a line here. */
const READERS: readonly (readonly [name: string, args: (file: string) => readonly string[]])[] = [
  ["scenarios", (file) => ["run", "--embedded", "--scenarios", file]],
  ["settings", (file) => ["run", "--embedded", "--config", file]],
  ["a target profile", (file) => ["run", "--embedded", "--target", file]],
  ["a token", (file) => ["run", "--url", "http://127.0.0.1:9", "--token-file", file]],
  ["authorities", (file) => ["run", "--url", "http://127.0.0.1:9", "--no-auth", "--ca", file]],
  ["a saved report", (file) => ["render", file]],
];

/** Everything a file can be that is no use. A new one is a line here. */
const FILES: readonly (readonly [name: string, file: () => string])[] = [
  ["a YAML bomb", () => made("bomb.yaml", bomb)],
  ["a circle of anchors", () => made("cycle.yaml", "a: &a [*a]\n")],
  ["UTF-16", () => made("utf16.yaml", Buffer.from("\uFEFFurl: x", "utf16le"))],
  ["binary", () => made("binary.yaml", Buffer.from([0, 1, 2, 255, 254, 10, 0]))],
  [
    "100 MB",
    () => {
      truncateSync(made("large.yaml", "x"), 100_000_000);
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
];

describe.each(FILES)("%s", (_, make) => {
  const file = make();
  it.each(READERS)("in place of %s is one clear message, and exit 2", async (__, args) => {
    const { stdout, stderr, code } = await cli(args(file));
    expect(stderr).toMatch(/^\S.*\.\n/);
    expect(stderr).not.toMatch(/\n\s+at |has a bug/);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
  });
});
