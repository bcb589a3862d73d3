import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";
import { describe, expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../src/", import.meta.url));

/** Which layer may import which; the table of src/README.md. Type imports count. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  model: [],
  catalogue: ["model"],
  checks: ["model"],
  decode: ["model"],
  scenarios: ["decode", "model"],
  targets: ["decode", "model"],
  config: ["decode", "model"],
  http: ["model"],
  okta: ["model"],
  engine: ["checks", "model"],
  conformance: ["engine", "model"],
  "self-test": ["conformance", "engine", "model"],
  load: ["engine", "checks", "okta", "decode", "model"],
  ledger: ["model"],
  report: ["model"],
  "reference-server": ["model"],
  wiring: [
    "model",
    "catalogue",
    "checks",
    "decode",
    "scenarios",
    "targets",
    "config",
    "http",
    "okta",
    "engine",
    "conformance",
    "ledger",
    "report",
    "reference-server",
    "self-test",
    "load",
  ],
  // The public API.
  index: ["wiring", "config", "model"],
  cli: ["index", "model"],
};

/** Files that may reach further than their layer, each for a reason given in src/README.md. */
const WINDOWS: Readonly<Record<string, readonly string[]>> = {
  "report/saved.ts": ["decode"],
  "report/saved-load.ts": ["decode"],
  "cli/progress.ts": ["conformance"],
  // `--version` and `--help` load nothing but commander.
  "cli/program.ts": ["wiring"],
};

/** Each library stands behind one door. */
const DOORS: Readonly<Record<string, (file: string) => boolean>> = {
  commander: (file) =>
    file === "cli/program.ts" || file.startsWith("cli/grammar/") || file === "cli/completion/candidates.ts",
  chalk: (file) => file === "cli/terminal.ts",
  ora: (file) => file === "cli/progress.ts",
  yaml: (file) => file.startsWith("decode/"),
  zod: (file) => file.startsWith("decode/"),
  oauth4webapi: (file) => file === "http/access-tokens.ts",
  // undici reads the proxies' addresses there by itself; their passwords have to be known to be kept out of sight.
  "node:process": (file) => file === "http/proxy.ts" || file === "wiring/machine.ts",
  undici: (file) => file.startsWith("http/"),
  diff: (file) => file === "report/html/json-diff.ts",
  "p-limit": (file) => file === "conformance/run.ts",
  "hdr-histogram-js": (file) => file === "load/latencies.ts",
  "node:http": (file) => file === "reference-server/listen.ts" || file.startsWith("reference-server/socket/"),
  "node:https": (file) => file === "reference-server/listen.ts",
  "node:net": (file) =>
    file.startsWith("http/") || file.startsWith("load/wire/") || file === "reference-server/listen.ts",
  "node:tls": (file) => file.startsWith("http/") || file.startsWith("load/wire/"),
  "node:http2": (file) => file.startsWith("load/wire/"),
  // A permitted peculiarity of a server may be a compressed answer. Large answers wait for their turn packed.
  "node:zlib": (file) =>
    ["load/latencies.ts", "conformance/packed-text.ts"].includes(file) ||
    file.startsWith("http/") ||
    file.startsWith("reference-server/quirks/"),
  "node:worker_threads": (file) =>
    /^wiring\/(self-test(-worker)?|load-workers?|embedded-server(-thread)?|machine)\.ts$/.test(file),
};

interface SourceFile {
  readonly path: string;
  readonly code: string;
  readonly imports: readonly string[];
}

function sourceFiles(): readonly SourceFile[] {
  return readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => {
      const code = readFileSync(join(SRC, name), "utf8");
      return { path: name.split(sep).join(posix.sep), code, imports: importsOf(name, code) };
    });
}

function importsOf(name: string, code: string): readonly string[] {
  const { module } = parseSync(name, code, { lang: "ts" });
  return [
    ...module.staticImports.map((one) => one.moduleRequest.value),
    ...module.staticExports.flatMap((one) =>
      one.entries.flatMap((entry) => (entry.moduleRequest ? [entry.moduleRequest.value] : [])),
    ),
    ...module.dynamicImports.map((one) => code.slice(one.moduleRequest.start + 1, one.moduleRequest.end - 1)),
    // `typeof import("…")` is a type, which the parser does not list among the imports.
    ...[...code.matchAll(/typeof import\("([^"]+)"\)/g)].map((match) => match[1] ?? ""),
  ];
}

const layerOf = (path: string) => (path === "index.ts" ? "index" : (path.split("/")[0] ?? ""));

function targetOf(from: string, specifier: string): string {
  return relative(SRC, resolve(SRC, dirname(from), specifier))
    .split(sep)
    .join(posix.sep);
}

describe("the architecture", () => {
  const files = sourceFiles();

  it("is looked at in full: every layer has files", () => {
    expect([...new Set(files.map(({ path }) => layerOf(path)))].sort()).toEqual(Object.keys(LAYERS).sort());
  });

  it("lets each layer import only the layers below it", () => {
    const offences = files.flatMap(({ path, imports }) =>
      imports
        .filter((specifier) => specifier.startsWith("."))
        .map((specifier) => targetOf(path, specifier))
        .filter((target) => {
          const [from, to] = [layerOf(path), layerOf(target)];
          return from !== to && !(LAYERS[from] ?? []).includes(to) && !(WINDOWS[path] ?? []).includes(to);
        })
        .map((target) => `${path} imports ${target}`),
    );
    expect(offences).toEqual([]);
  });

  it("keeps each library behind one door", () => {
    const offences = files.flatMap(({ path, imports }) =>
      imports
        .filter((specifier) => !(DOORS[specifier]?.(path) ?? true))
        .map((specifier) => `${path} imports ${specifier}`),
    );
    expect(offences).toEqual([]);
  });

  it("imports no package that it does not know a door for", () => {
    const packages = files.flatMap(({ path, imports }) =>
      imports
        .filter((specifier) => !specifier.startsWith(".") && !specifier.startsWith("node:"))
        .filter((specifier) => !Object.hasOwn(DOORS, specifier))
        .map((specifier) => `${path} imports ${specifier}`),
    );
    expect(packages).toEqual([]);
  });

  it("touches the process and the console only where the command line begins", () => {
    const offences = files
      .filter(({ path }) => path !== "cli/main.ts")
      .filter(({ code }) => /(?<![.\w"'`])(process|console)\./.test(withoutComments(code)))
      .map(({ path }) => path);
    expect(offences).toEqual([]);
  });

  it("has no folder or file for leftovers", () => {
    const offences = files.filter(({ path }) =>
      /(^|\/)(utils?|helpers?|common|core|lib|misc)(\/|\.ts$)/.test(path),
    );
    expect(offences.map(({ path }) => path)).toEqual([]);
  });

  it("names no package registry and no path of a machine, in any file that is kept", () => {
    const root = fileURLToPath(new URL("../", import.meta.url));
    const lock = readFileSync(join(root, "package-lock.json"), "utf8");
    expect(lock).not.toContain('"resolved": "http');
  });
});

const withoutComments = (code: string) => code.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
