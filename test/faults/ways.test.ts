import { describe, expect, it, vi } from "vitest";
import { FLOWS } from "./flows.ts";
import type { Way } from "./front.ts";
import { tryFault } from "./matrix.ts";
import { STRIKING } from "./table.ts";

vi.setConfig({ maxConcurrency: 6 });

/** One fault of each phase and of each kind of ending. Any of the table can stand here. */
const SAMPLE: readonly (readonly [fault: string, flow: string])[] = [
  ["closes-after-request", "look-up"],
  ["silent-after-request", "create"],
  ["half-a-status-line-then-closes", "update"],
  ["headers-reset", "import"],
  ["length-too-long-then-closes", "deactivate"],
  ["body-to-the-end-of-the-connection", "look-up"],
  ["redirect-to-another-origin", "update"],
  ["connection-close-on-each", "group push"],
  ["answers-twice", "import"],
];
const WAYS: readonly Way[] = ["tls", "tunnel"];

const trials = SAMPLE.flatMap(([fault, flow]) => WAYS.map((way) => [fault, way, flow] as const));

describe("a fault gets the same verdict behind TLS, and through a proxy", () => {
  it.concurrent.each(trials)("%s, %s: %s", async (name, way, flowName) => {
    const fault = STRIKING.find((one) => one.name === name);
    const flow = FLOWS.find((one) => one.name === flowName);
    if (fault === undefined || flow === undefined) throw new Error(`no ${name}, or no ${flowName}`);
    expect((await tryFault(fault, flow, "each time", way)).wrong).toEqual([]);
  });
});
