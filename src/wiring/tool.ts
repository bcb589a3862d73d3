import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

// The same depth from src/wiring and from dist/wiring.
const ROOT = new URL("../../", import.meta.url);

/** Where the package's own files are, as a path. */
export function packagePath(path: string): string {
  return fileURLToPath(new URL(path, ROOT));
}

/** The version in package.json. */
export function toolVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL("package.json", ROOT), "utf8")) as {
    readonly version: string;
  };
  return manifest.version;
}
