import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";
import { describe, expect, it } from "vitest";
import * as api from "../src/index.ts";

const INDEX = fileURLToPath(new URL("../dist/index.d.ts", import.meta.url));

interface Module {
  /** Top-level declarations by name, without comments. */
  readonly declared: ReadonlyMap<string, string>;
  /** Names that come from elsewhere: from which file, and under which name there. */
  readonly from: ReadonlyMap<string, { readonly file: string; readonly name: string }>;
}

const modules = new Map<string, Module>();

/** One built declaration file, taken apart. */
function moduleAt(file: string): Module {
  const known = modules.get(file);
  if (known !== undefined) return known;
  const code = readFileSync(file, "utf8").replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, (comment) =>
    comment.replaceAll(/[^\n]/g, " "),
  );
  const { program } = parseSync(file, code, { lang: "dts" });
  const declared = new Map<string, string>();
  const from = new Map<string, { file: string; name: string }>();
  const target = (specifier: string) =>
    specifier.startsWith(".") ? resolve(dirname(file), specifier.replace(/\.(js|ts)$/, ".d.ts")) : specifier;
  // biome-ignore lint/suspicious/noExplicitAny: the tree of the parser
  for (const node of program.body as any[]) {
    if (node.type === "ImportDeclaration") {
      for (const one of node.specifiers) {
        const name = one.imported?.name ?? "default";
        from.set(one.local.name, { file: target(node.source.value), name });
      }
      continue;
    }
    if (node.type === "ExportNamedDeclaration" && node.declaration == null) {
      for (const one of node.specifiers) {
        const inner = one.local.name;
        if (node.source != null)
          from.set(one.exported.name, { file: target(node.source.value), name: inner });
      }
      continue;
    }
    const declaration = node.declaration ?? node;
    const names = declaration.id?.name ?? declaration.declarations?.[0]?.id?.name;
    if (typeof names !== "string") continue;
    const text = code.slice(declaration.start, declaration.end).replaceAll(/\s*\n\s*\n/g, "\n");
    declared.set(names, [declared.get(names), text].filter((part) => part !== undefined).join("\n"));
  }
  const module = { declared, from };
  modules.set(file, module);
  return module;
}

/** Every declaration that a name leads to, each once, in the order in which they are met. */
function flatten(file: string, name: string, seen: Map<string, string>): void {
  if (!file.startsWith("/")) return;
  const { declared, from } = moduleAt(file);
  const elsewhere = from.get(name);
  const text = declared.get(name);
  if (text === undefined) {
    if (elsewhere !== undefined) flatten(elsewhere.file, elsewhere.name, seen);
    return;
  }
  const key = `${file} ${name}`;
  if (seen.has(key)) return;
  seen.set(key, text);
  for (const word of new Set(text.match(/[A-Za-z_$][\w$]*/g) ?? [])) {
    if (word !== name && (declared.has(word) || from.has(word))) flatten(file, word, seen);
  }
}

describe("the public API", () => {
  it("has these names", () => {
    expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
      [
        "BadInput",
        "SUBJECTS",
        "cleanup",
        "dryRun",
        "explain",
        "figuresOf",
        "formatNames",
        "keepReport",
        "keepShard",
        "knownDeviations",
        "list",
        "load",
        "loadFormatNames",
        "loadShard",
        "mergeShards",
        "mergedOptions",
        "namesOf",
        "noLoadForm",
        "planGroups",
        "previewLoad",
        "problemLine",
        "readCompared",
        "readReport",
        "render",
        "renderCleanup",
        "renderDryRun",
        "renderSelfTest",
        "run",
        "secretVariable",
        "selfTest",
        "startReferenceServer",
        "starterAnswers",
        "starterFiles",
        "toolVersion",
        "unknownFormat",
      ]
    `);
  });

  it("has this shape, down to the last type (a change is a line of the changelog)", async () => {
    const seen = new Map<string, string>();
    const names = [...moduleAt(INDEX).from.keys()].sort();
    for (const name of names) flatten(INDEX, name, seen);
    const text = [`exports: ${names.join(", ")}`, ...[...seen.values()].sort()].join("\n\n");
    await expect(`${text}\n`).toMatchFileSnapshot("public-api.txt");
  });
});
