import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

interface Packed {
  readonly filename: string;
  /** Bytes of the tarball, and of what is in it. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

function npm(args: readonly string[], cwd: string): string {
  return execFileSync("npm", [...args], { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}

const started: { folder: string; packed?: Packed } = { folder: "" };
beforeAll(() => {
  started.folder = mkdtempSync(join(tmpdir(), "scim-check-package-"));
  const told = npm(["pack", "--json", "--ignore-scripts", "--pack-destination", started.folder], ROOT);
  [started.packed] = JSON.parse(told);
});
afterAll(() => rmSync(started.folder, { recursive: true, force: true }));

function tarball(): Packed & { readonly file: string; readonly paths: readonly string[] } {
  const { packed, folder } = started;
  if (packed === undefined) throw new Error("nothing was packed");
  return { ...packed, file: join(folder, packed.filename), paths: packed.files.map(({ path }) => path) };
}

/** An empty folder below the one of this test. */
function emptyFolder(name: string): string {
  const folder = join(started.folder, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), '{"private":true}');
  return folder;
}

/** The examples of the README, as a team would keep them: run by vitest and by Node's own runner, and type-checked. */
function worksInSuites(folder: string): void {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const example = (name: string) => {
    const [, code] =
      new RegExp(`\`\`\`[a-z]+\\n(// ${name.replace(".", "\\.")}[\\s\\S]+?)\`\`\``).exec(readme) ?? [];
    if (code === undefined) throw new Error(`the README has no ${name}`);
    writeFileSync(join(folder, name), code);
  };
  const node = (...args: readonly string[]) =>
    execFileSync(process.execPath, [...args], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  example("scim.test.mjs");
  expect(node("--test", "--test-reporter=tap", "scim.test.mjs")).toMatch(/^# pass 1$/m);
  example("scim.test.ts");
  for (const name of ["vitest", "typescript", "@types"])
    symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  const told = node(join(ROOT, "node_modules/vitest/vitest.mjs"), "run", "scim.test.ts");
  expect(stripVTControlCharacters(told)).toMatch(/Tests\s+1 passed/);
  const strict = [
    "--noEmit",
    "--strict",
    "--skipLibCheck",
    "--module",
    "nodenext",
    "--target",
    "es2023",
    "--types",
    "node",
  ];
  node(join(ROOT, "node_modules/typescript/bin/tsc"), ...strict, "scim.test.ts");
}

describe("the package", () => {
  it("works when its tarball is installed into an empty folder", () => {
    const folder = emptyFolder("installed");
    npm(["install", "--no-audit", "--no-fund", tarball().file], folder);
    const bin = join(folder, "node_modules", ".bin", "scim-check");
    const run = (...args: string[]) =>
      execFileSync(bin, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    expect(run("--version")).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(run("run", "--embedded", "--scenario", "okta/users/*")).toContain("fit for Okta");
    worksInSuites(folder);
  });

  it("works with the locked dependencies laid beside it and no network but this machine's own", () => {
    const folder = emptyFolder("offline");
    const modules = join(folder, "node_modules");
    mkdirSync(join(modules, "scim-check"), { recursive: true });
    execFileSync("tar", ["-xzf", tarball().file, "-C", join(modules, "scim-check"), "--strip-components=1"]);
    for (const path of installedPaths()) cpSync(join(ROOT, path), join(folder, path), { recursive: true });
    const guard = join(folder, "no-network.mjs");
    writeFileSync(guard, NO_NETWORK);
    const bin = join(modules, "scim-check", "bin", "scim-check.js");
    const run = (...args: string[]) =>
      execFileSync(process.execPath, ["--import", guard, bin, ...args], {
        cwd: folder,
        encoding: "utf8",
        env: { PATH: process.env.PATH ?? "", HOME: folder },
      });
    expect(run("run", "--embedded", "--scenario", "okta/users/*", "--report", "html:report.html")).toContain(
      "fit for Okta",
    );
    expect(readFileSync(join(folder, "report.html"), "utf8")).toContain("</html>");
    expect(run("list", "scenarios")).toContain("okta/users/create");
  });

  it("holds what is needed to run, and nothing else", () => {
    const { paths } = tarball();
    expect([...new Set(paths.map((path) => path.split("/")[0]))].sort()).toEqual([
      ...[
        "CHANGELOG.md",
        "LICENSE",
        "README.md",
        "THIRD_PARTY.md",
        "bin",
        "dist",
        "fixtures",
        "package.json",
      ],
      "scenarios",
    ]);
    expect(paths).toContain("dist/wiring/library.json");
    // Maps would point at sources that are not there.
    expect(paths.filter((path) => /\.(ts|map)$/.test(path) && !path.endsWith(".d.ts"))).toEqual([]);
  });

  it("holds every scenario and fixture that is kept, folder by folder", () => {
    const { paths } = tarball();
    for (const folder of ["scenarios", "fixtures"]) {
      const kept = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
      const count = kept.filter((entry) => entry.isFile()).length;
      expect([folder, paths.filter((path) => path.startsWith(`${folder}/`)).length]).toEqual([folder, count]);
    }
  });

  it("holds two files in dist for each source, and nothing of an older build", () => {
    const { paths } = tarball();
    const made = new Set(
      readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts"))
        .flatMap((name) => [
          `dist/${name.replace(/\.ts$/, ".js")}`,
          `dist/${name.replace(/\.ts$/, ".d.ts")}`,
        ]),
    );
    const strange = paths.filter(
      (path) =>
        path.startsWith("dist/") &&
        /\.(js|d\.ts)$/.test(path) &&
        !path.includes("/built/") &&
        !made.has(path),
    );
    expect(strange, "node src/build/clean.js && npm run build makes dist anew").toEqual([]);
  });

  it("is small: under 1.5 MB to fetch, and 7 MB on disk", () => {
    const { size, unpackedSize } = tarball();
    expect(size).toBeLessThan(1_500_000);
    expect(unpackedSize).toBeLessThan(7_000_000);
  });
});

/** Where this project's own installation has the packages that come with scim-check. */
function installedPaths(): readonly string[] {
  const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"));
  return Object.entries(lock.packages as Record<string, { readonly dev?: boolean }>)
    .filter(([path, { dev }]) => path !== "" && dev !== true)
    .map(([path]) => path);
}

/** Loaded before the tool: whoever asks for another machine, or for a name, is told by a crash. */
const NO_NETWORK = `
import dns from "node:dns";
import net from "node:net";
const refuse = (what) => { throw new Error("the network is off, and " + JSON.stringify(what) + " was asked for"); };
const isHere = (host) => host === undefined || /^(localhost|127\\.|::1$)/.test(String(host));
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const [first] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === "object" && first !== null && first.path === undefined && !isHere(first.host)) refuse(first.host);
  return connect.apply(this, args);
};
const lookup = dns.lookup;
dns.lookup = (name, ...rest) => (isHere(name) ? lookup(name, ...rest) : refuse(name));
`;
