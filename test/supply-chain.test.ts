import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
  readonly packages: Readonly<Record<string, Locked>>;
};
const about = JSON.parse(readFileSync("package.json", "utf8"));

/** What is installed with scim-check, by name: everything in the lock file that is not there for development alone. */
const runtime = new Map(
  Object.entries(lock.packages)
    .filter(([path, { dev }]) => path !== "" && dev !== true)
    .map(([path, locked]) => [path.slice(path.lastIndexOf("node_modules/") + 13), locked] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : 1)),
);

/** Licences that let anybody use, change and pass on what is under them, in a product too. */
const PERMISSIVE = [
  "MIT",
  "ISC",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "BlueOak-1.0.0",
  "(MIT AND Zlib)",
];

const THIRD_PARTY = "THIRD_PARTY.md";
const listed = [
  "# What is installed with scim-check",
  "",
  "These packages come with it, each under its own licence, whose text is in the package. None of them runs a script",
  "when it is installed. `UPDATE=1 npx vitest run test/supply-chain.test.ts` writes this list from the lock file.",
  "",
  "| package | licence |",
  "| --- | --- |",
  ...[...runtime].map(([name, { license }]) => `| ${name} | ${license} |`),
  "",
].join("\n");

describe("what is installed with scim-check", () => {
  it("is every dependency in the lock file, down to the last", () => {
    const missing = [...runtime.values(), { dependencies: about.dependencies as Record<string, string> }]
      .flatMap(({ dependencies = {} }) => Object.keys(dependencies))
      .filter((name) => !runtime.has(name));
    expect(missing).toEqual([]);
    expect(runtime.size).toBeGreaterThan(Object.keys(about.dependencies).length);
  });

  it("is few packages", () => {
    // Thirty today; each new one is a stranger on everybody's machine, so it has to be wanted.
    expect(runtime.size).toBeLessThanOrEqual(35);
  });

  it("runs no script when it is installed", () => {
    expect(
      [...runtime].filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([name]) => name),
    ).toEqual([]);
    // `prepare` runs in a clone, not where the package is installed.
    const scripts = Object.keys(about.scripts);
    expect(scripts.filter((name) => /^(pre|post)?install$/.test(name))).toEqual([]);
  });

  it("is under licences that let people use it", () => {
    const others = [...runtime].filter(([, { license = "none" }]) => !PERMISSIVE.includes(license));
    expect(others.map(([name, { license }]) => `${name}: ${license}`)).toEqual([]);
  });

  it(`is listed in ${THIRD_PARTY}, with its licences`, () => {
    if (process.env.UPDATE === "1") writeFileSync(THIRD_PARTY, listed);
    expect(readFileSync(THIRD_PARTY, "utf8")).toBe(listed);
  });
});

/** Runs the step of CI with an npm that says just this. */
function audited(says: string) {
  const folder = mkdtempSync(join(tmpdir(), "scim-check-audit-"));
  try {
    writeFileSync(join(folder, "says"), says);
    writeFileSync(join(folder, "npm"), `#!/bin/sh\ncat "${folder}/says"\n`, { mode: 0o755 });
    const { status, stdout, stderr } = spawnSync(process.execPath, [".ci/audit.js"], {
      env: { PATH: `${folder}:/bin:/usr/bin` },
      encoding: "utf8",
    });
    return { status, told: `${stdout}${stderr}` };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the audit in CI", () => {
  it("fails on what is known against a package, and names it", () => {
    const says = {
      vulnerabilities: {
        zod: { name: "zod", severity: "high", via: [{ title: "A hole", url: "https://example.com/1" }] },
      },
      metadata: { vulnerabilities: { high: 1, total: 1 } },
    };
    expect(audited(JSON.stringify(says))).toEqual({
      status: 1,
      told: "audit: zod (high): A hole https://example.com/1\n",
    });
  });

  it("passes when nothing is known", () => {
    const { status, told } = audited(JSON.stringify({ metadata: { vulnerabilities: { total: 0 } } }));
    expect([status, told]).toEqual([0, "audit: nothing known against what is installed with scim-check\n"]);
  });

  it.each(['{"message":"405 Method Not Allowed - POST https://registry.example/x"}', "", "<html>"])(
    "says that it was not asked, and passes, when the registry answers %j",
    (says) => {
      const { status, told } = audited(says);
      expect(status).toBe(0);
      expect(told).toMatch(/^audit: not asked \(/);
      expect(told).not.toContain("https://");
    },
  );
});

describe("publishing", () => {
  it("is public and leaves a provenance statement", () => {
    expect(about.publishConfig).toEqual({ access: "public", provenance: true });
  });

  it("builds from nothing first, so that no file of an older build goes along", () => {
    expect(about.scripts.prepack).toBe("node src/build/clean.js && npm run build");
  });

  it("names entry points that the build makes", () => {
    const { types, default: entry } = about.exports["."];
    for (const file of [types, entry, about.types, about.bin["scim-check"]])
      expect(existsSync(file), file).toBe(true);
  });

  it("names the versions of Node that the dependencies take too", () => {
    expect(about.engines).toEqual({ node: ">=20.18.1" });
  });

  it.each(["README.md", "CONTRIBUTING.md"])("asks for the same Node as %s", (file) => {
    const named = readFileSync(new URL(`../${file}`, import.meta.url), "utf8").match(
      /\bNode \d[\d.]* or newer/g,
    );
    expect(named).toEqual([`Node ${about.engines.node.replace(">=", "")} or newer`]);
  });
});
