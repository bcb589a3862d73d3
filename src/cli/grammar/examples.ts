const WIDTH = 80;

/** The last part of a command's help: command lines that can be pasted, long ones over several lines. */
export const examples = (...lines: readonly string[]) =>
  `\nExamples:\n${lines.map((line) => `  $ ${continued(line)}`).join("\n")}\n`;

/** Breaks a command line before a flag, with the backslash that a shell wants. */
function continued(command: string): string {
  const lines = [""];
  for (const part of command.split(/ (?=--)/)) {
    const line = lines.at(-1) ?? "";
    // Four columns of margin, and two for the backslash.
    if (line === "") lines[lines.length - 1] = part;
    else if (line.length + 1 + part.length <= WIDTH - 6) lines[lines.length - 1] = `${line} ${part}`;
    else lines.push(part);
  }
  return lines.join(" \\\n      ");
}
