import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { it } from "vitest";
import { SEED } from "../same-examples.ts";

/** `PROPERTY_RUNS=20` looks twenty times as long. */
const { PROPERTY_RUNS = "1" } = process.env;

/** A counterexample that was found once, and why it was one. Replayed before anything new is tried. */
interface Found<Example> {
  readonly why: string;
  readonly example: Example;
}

export interface PropertyOptions {
  /** Examples to try; 200 when absent. */
  readonly runs?: number;
}

/**
 * A test that something holds for all examples of an arbitrary. Examples are JSON: a failing one is shrunk and written
 * to `corpus/<name>.json`, to be kept with the mend. `name` is the file's name, `what` the sentence of the test.
 */
export function holds<Example>(
  name: string,
  what: string,
  arbitrary: fc.Arbitrary<Example>,
  check: (example: Example) => void | Promise<void>,
  { runs = 200 }: PropertyOptions = {},
): void {
  it(what, async () => {
    const file = fileURLToPath(new URL(`./corpus/${name}.json`, import.meta.url));
    const found: readonly Found<Example>[] = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
    const property = fc.asyncProperty(arbitrary, async (example) => {
      await check(example);
    });
    const result = await fc.check(property, {
      seed: SEED,
      numRuns: runs * Number(PROPERTY_RUNS) + found.length,
      examples: found.map(({ example }) => [example] as [Example]),
    });
    if (!result.failed) return;
    const [example] = result.counterexample ?? [];
    const why = firstLines(result.errorInstance);
    const isKnown = found.some((one) => JSON.stringify(one.example) === JSON.stringify(example));
    if (example !== undefined && !isKnown) {
      writeFileSync(file, `${JSON.stringify([...found, { why, example }], undefined, 2)}\n`);
    }
    throw new Error(
      [
        `${name}: fails for ${JSON.stringify(example)}`,
        `${isKnown ? "which is kept in" : "now written to"} test/properties/corpus/${name}.json; seed ${SEED}, path ${result.counterexamplePath}`,
      ].join("\n"),
      { cause: result.errorInstance },
    );
  });
}

const firstLines = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split("\n").slice(0, 3).join(" ").slice(0, 200);
