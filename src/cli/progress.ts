import ora from "ora";
import type { Progress } from "../conformance/input.ts";
import { plural } from "../model/count.ts";
import type { Host } from "./host.ts";
import { folded, isRedrawn } from "./terminal.ts";

/** Shows what a run is doing, on standard error: a spinner on a terminal, a few plain lines elsewhere. */
export interface ProgressDisplay {
  show(progress: Progress, target: string): void;
  stop(): void;
}

export function progressDisplay(host: Host, isQuiet: boolean): ProgressDisplay {
  if (isQuiet) return { show: () => {}, stop: () => {} };
  const { show, stop } = isRedrawn(host) ? spinner(host) : lines(host);
  return {
    show: (progress, target) => {
      // The next scenario says as much.
      if (progress.kind === "played") return;
      if (progress.kind === "before-writing") {
        host.stderr.write(`${folded(beforeWriting(progress, target), host.stderr)}\n`);
      }
      show(progress, target);
    },
    stop,
  };
}

type Shown = Exclude<Progress, { kind: "played" }>;

/** What follows the announcement of a run. */
interface Display extends Pick<ProgressDisplay, "stop"> {
  show(progress: Shown, target: string): void;
}

function spinner(host: Host): Display {
  const spin = spinnerOn(host);
  return {
    show(progress, target) {
      spin.text = sentence(progress, target);
      if (progress.kind === "before-writing") spin.start();
    },
    stop: () => void spin.stop(),
  };
}

/** Whether it may spin, `isRedrawn` has told. */
const spinnerOn = (host: Host) =>
  ora({ stream: host.stderr as NodeJS.WriteStream, discardStdin: false, isEnabled: true });

const LINE_EVERY_MS = 5_000;

function lines(host: Host): Display {
  let last = performance.now();
  return {
    show(progress, target) {
      if (progress.kind === "before-writing" || performance.now() - last < LINE_EVERY_MS) return;
      last = performance.now();
      host.stderr.write(`${sentence(progress, target)}\n`);
    },
    stop: () => {},
  };
}

/** Shows how far something is, on standard error: a spinner on a terminal, nothing elsewhere. */
export function countingDisplay(host: Host): { show(text: string): void; stop(): void } {
  if (!isRedrawn(host)) return { show: () => {}, stop: () => {} };
  const spin = spinnerOn(host).start();
  return {
    show: (text) => {
      spin.text = text;
    },
    stop: () => void spin.stop(),
  };
}

function beforeWriting(progress: Extract<Progress, { kind: "before-writing" }>, target: string): string {
  const { usersBefore, cost } = progress;
  const before = usersBefore === undefined ? "" : `, which has ${plural(usersBefore, "user")}`;
  const made = `up to ${plural(cost.users, "user")} and ${plural(cost.groups, "group")}`;
  return `Testing ${target}${before}: makes ${made} in about ${plural(cost.requests, "request")}, and removes them afterwards.${atThatRate(cost.leastMs)}`;
}

/** Nobody should have to guess whether a run that is held back hangs. */
function atThatRate(leastMs: number | undefined): string {
  if (leastMs === undefined || leastMs < 10_000) return "";
  const minutes = leastMs / 60_000;
  const time = minutes < 2 ? plural(Math.ceil(leastMs / 1_000), "second") : `${Math.ceil(minutes)} minutes`;
  return ` At the rate it keeps to, that takes about ${time}.`;
}

function sentence(progress: Shown, target: string): string {
  switch (progress.kind) {
    case "before-writing":
      return `Testing ${target}`;
    case "crowd":
      return `Creating ${plural(progress.size, "person", "people")} for the scenarios that need many`;
    case "playing":
      return `${progress.done}/${progress.all} ${progress.scenario}`;
    case "cleaning-up":
      return `Removing ${plural(progress.resources, "resource")}`;
  }
}
