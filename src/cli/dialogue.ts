import { createInterface } from "node:readline";
import type { Host } from "./host.ts";

/** Thrown when somebody leaves a question with Ctrl-C, which a terminal under questions does not send as a signal. */
export class LeftQuestion extends Error {
  constructor() {
    super("A question was left with Ctrl-C.");
    this.name = "LeftQuestion";
  }
}

/** Questions at a terminal, one after the other. */
export interface Dialogue {
  /**
   * @returns the line that answers, which may have been typed or pasted before the question was asked; `undefined` when
   * the input has ended (Ctrl-D)
   * @throws {LeftQuestion} on Ctrl-C, or when the signal is aborted
   */
  ask(question: string, signal?: AbortSignal): Promise<string | undefined>;
  close(): void;
}

/** Why no further line comes. */
type Over = "ended" | "left";

/** Opens standard input for questions, which are written to standard error. */
export function openDialogue(host: Host): Dialogue {
  const reader = createInterface({ input: host.stdin, output: host.stderr as NodeJS.WriteStream });
  // Several lines that are pasted at once come in one go, before the second question is asked.
  const ahead: string[] = [];
  let over: Over | undefined;
  let wake = () => {};
  const end = (why: Over) => {
    over ??= why;
    wake();
  };
  reader.on("line", (line) => {
    ahead.push(line);
    wake();
  });
  reader.on("close", () => end("ended"));
  reader.on("SIGINT", () => end("left"));
  return {
    ask: async (question, signal) => {
      const early = ahead.shift();
      if (early !== undefined) {
        host.stderr.write(`${question}${early}\n`);
        return early;
      }
      const leave = () => end("left");
      signal?.addEventListener("abort", leave);
      if (signal?.aborted === true) leave();
      if (over === undefined) {
        const heard = new Promise<void>((resolve) => {
          wake = resolve;
        });
        reader.setPrompt(question);
        // What is typed of the next line already stays behind the prompt.
        reader.prompt(true);
        await heard;
      }
      signal?.removeEventListener("abort", leave);
      const line = ahead.shift();
      // The prompt's line is left as it stands.
      if (line === undefined) host.stderr.write("\n");
      if (line === undefined && over === "left") throw new LeftQuestion();
      return line;
    },
    close: () => reader.close(),
  };
}
