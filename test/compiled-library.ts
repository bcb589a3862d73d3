import { copyFileSync, existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCES = fileURLToPath(new URL("../src", import.meta.url));
const BUILT = fileURLToPath(new URL("../dist/wiring/library.json", import.meta.url));
const BESIDE_THE_SOURCES = join(SOURCES, "wiring", "library.json");

/**
 * Reading four hundred scenario files takes seconds, in each of the test files that play them. The build has read them
 * already: while tests run, what it left stands beside the sources too, unless one of these was changed since. Scenarios
 * that were changed since are told by their fingerprint, and read anew.
 */
export function setup(): void {
  rmSync(BESIDE_THE_SOURCES, { force: true });
  if (existsSync(BUILT) && statSync(BUILT).mtimeMs > newestOf(SOURCES))
    copyFileSync(BUILT, BESIDE_THE_SOURCES);
}

export function teardown(): void {
  rmSync(BESIDE_THE_SOURCES, { force: true });
}

function newestOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Math.max(...files.map(({ parentPath, name }) => statSync(join(parentPath, name)).mtimeMs));
}
