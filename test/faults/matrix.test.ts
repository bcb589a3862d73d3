import { describe, expect, it, vi } from "vitest";
import { FLOWS } from "./flows.ts";
import { type Cell, type Often, tryFault } from "./matrix.ts";
import { STRIKING } from "./table.ts";

/**
 * Every fault meets three of the nine flows here, in turn, so that every flow meets faults of every phase, and one flow
 * in which it strikes once. `node test/bench/faults.js` tries them all.
 */
function flowsFor(index: number) {
  return [0, 2, 5].map((step) => FLOWS[(index + step) % FLOWS.length]).filter((flow) => flow !== undefined);
}

const told = ({ fault, flow, often, wrong }: Cell) =>
  wrong.map((one) => `${fault}, ${often}, ${flow}: ${one}`);

async function tryAll(index: number): Promise<readonly string[]> {
  const fault = STRIKING[index];
  if (fault === undefined) return [];
  const [first, ...others] = flowsFor(index);
  const trials = [
    ...[first, ...others].map((flow) => [flow, "each time"] as const),
    [first, "once"] as const,
  ] satisfies readonly (readonly [(typeof FLOWS)[number] | undefined, Often])[];
  const chosen = fault.isHeavy === true ? trials.slice(0, 1) : trials;
  const cells = await Promise.all(
    chosen.flatMap(([flow, often]) => (flow === undefined ? [] : [tryFault(fault, flow, often)])),
  );
  return cells.flatMap(told);
}

vi.setConfig({ maxConcurrency: 12 });

describe("whatever is done to an exchange gets the verdict of the table, and nothing else is harmed", () => {
  const indices = STRIKING.map((fault, index) => [fault.name, fault.verdict, index] as const);
  const isHeavy = (index: number) => STRIKING[index]?.isHeavy === true;

  it.concurrent.each(indices.filter(([, , index]) => !isHeavy(index)))("%s: %s", async (_, __, index) => {
    expect(await tryAll(index)).toEqual([]);
  });

  it.each(indices.filter(([, , index]) => isHeavy(index)))("%s: %s", async (_, __, index) => {
    expect(await tryAll(index)).toEqual([]);
  });
});
