import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { nodeMemory } from "../../../src/wiring/memory.ts";

const LARGE = 32_000_000;

/** Texts may lie outside of the heap; numbers of eight bytes do not. */
function holding(): number[][] {
  return [new Array<number>(LARGE / 8).fill(0.5)];
}

describe("Node's memory", () => {
  it("is freed of what is large, however long it was held, when another large body is about to come", () => {
    const memory = nodeMemory();
    const holder = holding();
    // Who outlives these is looked at no more by a collection of what is recent.
    for (let looked = 0; looked < 3; looked += 1) memory.took(LARGE);
    const held = process.memoryUsage().heapUsed;
    holder.pop();
    memory.makeRoom();
    expect(held - process.memoryUsage().heapUsed).toBeGreaterThan(LARGE / 2);
  });
});

const MEMORY = new URL("../../../dist/wiring/memory.js", import.meta.url);

/** In a process of its own, told by what it prints: bytes of the nursery after work within, and after work that follows. */
const NURSERIES = `
  import { getHeapSpaceStatistics } from "node:v8";
  import { inSmallNursery } from ${JSON.stringify(MEMORY)};
  const worked = () => {
    let kept = [];
    for (let made = 0; made < 3_000_000; made += 1) {
      const one = [made];
      if (made % 20 === 0) kept.push(one);
      if (kept.length > 20_000) kept = [];
    }
    return getHeapSpaceStatistics().find((space) => space.space_name === "new_space").space_size;
  };
  const within = await inSmallNursery(async () => {
    // The last of several to end is the one that counts.
    await inSmallNursery(async () => {});
    return worked();
  });
  console.log(JSON.stringify({ within, after: worked() }));
`;

describe("a small nursery", () => {
  it("does not grow while work in it goes on, and grows again when all of it has ended", async () => {
    const child = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", NURSERIES]);
    const { within, after } = JSON.parse(child.stdout);
    expect(within).toBeLessThanOrEqual(4_194_304);
    expect(after).toBeGreaterThanOrEqual(16_777_216);
  });
});
