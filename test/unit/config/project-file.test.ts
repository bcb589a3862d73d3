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
