import { Chalk, supportsColor, supportsColorStderr } from "chalk";
import type { Host } from "./host.ts";

/** Colour functions for an output; they return the text as it is where colours are not wanted. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

/** NO_COLOR wins, then FORCE_COLOR, then whether the output is a terminal. */
export function styleFor(host: Host, output: "stdout" | "stderr"): Style {
  const chalk = new Chalk({ level: levelFor(host, output) });
  const { bold, dim, red, green, yellow, cyan } = chalk;
  return { bold, dim, red, green, yellow, cyan };
}

function levelFor({ env, ...outputs }: Host, output: "stdout" | "stderr"): 0 | 1 | 2 | 3 {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== "") return 0;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) {
    if (forced === "0" || forced === "false") return 0;
    return forced === "2" ? 2 : forced === "3" ? 3 : 1;
  }
  if (outputs[output].isTTY !== true) return 0;
  const support = output === "stdout" ? supportsColor : supportsColorStderr;
  return support === false ? 0 : support.level;
}

const NARROWEST = 60;
const WIDEST = 200;

/** Columns to write to: the terminal's, or 100 where there is none. */
export function widthOf(columns: number | undefined): number {
  return Math.min(WIDEST, Math.max(NARROWEST, columns ?? 100));
}

/** Whether progress may be drawn over: on a terminal that can, and not in the log of a CI job. */
export function isRedrawn({ env, stderr }: Host): boolean {
  // A pseudo-terminal may say that it is 0 columns wide; a spinner would count its lines for ever.
  if (stderr.isTTY !== true || (stderr.columns ?? 0) <= 0) return false;
  return env.TERM !== "dumb" && (env.CI ?? "") === "";
}

/** A sentence broken at spaces for a terminal; in one line where there is none, so that a log can be searched. */
export function folded(text: string, { isTTY, columns = 0 }: Host["stderr"]): string {
  return isTTY !== true || columns <= 0 ? text : brokenAtSpaces(text, columns).join("\n");
}

/** A sentence in lines of so many columns; a word that is longer has a line of its own. */
export function brokenAtSpaces(text: string, columns: number): readonly string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line === "") lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= columns) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
