import { describe, expect, it, vi } from "vitest";
import { FLOWS, type Flow } from "./flows.ts";
import { type Cell, tryFault } from "./matrix.ts";
import { STRIKING } from "./table.ts";

/**
 * Every fault meets one of the nine flows here, in turn, so that every flow meets faults of every phase, and one flow
 * in which it strikes once. `node test/bench/faults.js` tries every fault in every flow.
 */
const flowFor = (index: number): Flow => FLOWS[index % FLOWS.length] ?? (FLOWS[0] as Flow);

const told = ({ fault, flow, often, wrong }: Cell) =>
  wrong.map((one) => `${fault}, ${often}, ${flow}: ${one}`);

async function tryTwice(index: number): Promise<readonly string[]> {
  const fault = STRIKING[index];
  if (fault === undefined) return [];
  const again = await tryFault(fault, flowFor(index), "each time");
  const once = await tryFault(fault, flowFor(index + 4), "once");
  return [again, once].flatMap(told);
}

vi.setConfig({ maxConcurrency: 12 });

describe("whatever is done to an exchange gets the verdict of the table, and nothing else is harmed", () => {
  const indices = STRIKING.map((fault, index) => [fault.name, fault.verdict, index] as const);
  const isHeavy = (index: number) => STRIKING[index]?.isHeavy === true;

  it.concurrent.each(indices.filter(([, , index]) => !isHeavy(index)))("%s: %s", async (_, __, index) => {
    expect(await tryTwice(index)).toEqual([]);
  });

  it.each(indices.filter(([, , index]) => isHeavy(index)))("%s: %s", async (_, __, index) => {
    expect(await tryTwice(index)).toEqual([]);
  });
});
