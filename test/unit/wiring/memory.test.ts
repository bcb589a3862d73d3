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
