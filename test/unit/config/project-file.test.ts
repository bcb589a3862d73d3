import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readProjectFile } from "../../../src/config/project-file.ts";

const folder = mkdtempSync(join(tmpdir(), "scim-check-project-file-"));
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string) {
  const file = join(folder, "scim-check.yaml");
  writeFileSync(file, text);
  return readProjectFile(file);
}

describe("times in a settings file", () => {
  it("are milliseconds, seconds, minutes or hours", () => {
    const text = "timeout: 500ms\nsettle: 3s\ndeadline: 1h\n";
    expect(read(text)).toEqual({ ok: true, options: { timeout: 500, settle: 3_000, deadline: 3_600_000 } });
  });

  it.each(["1d", "3"])("are said to be that where they are none: %s", (value) => {
    expect(read(`deadline: ${value}\n`)).toMatchObject({
      ok: false,
      problems: [{ next: expect.stringContaining("Expected a time such as 500ms, 30s, 5m or 2h") }],
    });
  });
});

describe("a settings file that sets nothing", () => {
  it.each([
    ["no byte", ""],
    ["an empty line", "\n"],
    ["comments alone", "# url: http://localhost:8080/scim\n"],
    ["an empty object", "{}\n"],
  ])("is read as no settings: %s", (_, text) => {
    expect(read(text)).toEqual({ ok: true, options: {} });
  });

  it("is not one that holds something other than settings", () => {
    expect(read("- url\n")).toMatchObject({
      ok: false,
      problems: [{ what: "The file is a list.", next: "Expected an object with keys." }],
    });
  });
});
