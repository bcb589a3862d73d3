import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

function npm(args: readonly string[], cwd: string): string {
  return execFileSync("npm", [...args], { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}

describe("the package", () => {
  it("works when its tarball is installed into an empty folder", () => {
    const folder = mkdtempSync(join(tmpdir(), "scim-check-package-"));
    const [packed] = JSON.parse(
      npm(["pack", "--json", "--ignore-scripts", "--pack-destination", folder], ROOT),
    );
    writeFileSync(join(folder, "package.json"), '{"private":true}');
    npm(["install", "--no-audit", "--no-fund", join(folder, packed.filename)], folder);
    const bin = join(folder, "node_modules", ".bin", "scim-check");
    const run = (...args: string[]) =>
      execFileSync(bin, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    expect(run("--version")).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(run("run", "--embedded", "--scenario", "okta/users/*")).toContain("fit for Okta");
    writeFileSync(
      join(folder, "api.mjs"),
      'import { run } from "scim-check"; const r = await run({ embedded: true, scenario: ["okta/credentials/*"] }); console.log(r.outcome.exitCode);',
    );
    expect(execFileSync(process.execPath, ["api.mjs"], { cwd: folder, encoding: "utf8" })).toBe("0\n");
  });

  it("holds what is needed to run, and nothing else", () => {
    const [packed] = JSON.parse(npm(["pack", "--json", "--dry-run", "--ignore-scripts"], ROOT));
    const paths: readonly string[] = packed.files.map((file: { readonly path: string }) => file.path);
    const places = new Set(paths.map((path) => path.split("/")[0]));
    expect([...places].sort()).toEqual([
      ...["CHANGELOG.md", "LICENSE", "README.md", "bin", "dist", "fixtures", "package.json", "scenarios"],
    ]);
    expect(paths.filter((path) => /\.(ts|map)$/.test(path) && !path.endsWith(".d.ts"))).toEqual([]);
    expect(paths).toContain("dist/wiring/library.json");
  });
});
