import type { Argument, Command, Option } from "commander";

/** What can stand where the cursor is. */
export type Wanted =
  | { readonly kind: "words"; readonly words: readonly Candidate[] }
  /** Values that have to be looked up, by the name of the flag or of the argument that takes them. */
  | { readonly kind: "values"; readonly of: string; readonly before: string };

export interface Candidate {
  readonly word: string;
  readonly about: string;
}

/**
 * Says what commander's own definition lets stand at the end of a command line.
 * @param words everything after the program's name; the last one is being typed, and may be empty
 */
export function wantedAt(program: Command, words: readonly string[]): Wanted {
  const typed = words.at(-1) ?? "";
  const [name, ...given] = words.slice(0, -1);
  if (name === undefined) return matching([...commandsOf(program), ...flagsOf(program)], typed);
  const command = program.commands.find((one) => one.name() === name);
  if (command === undefined) return matching(flagsOf(program), typed);
  const { pending, positional } = readBefore(command, given);
  if (pending !== undefined) return valuesOf(pending, pending.long ?? "", typed, "");
  const inline = /^(--[^=]+)=(.*)$/s.exec(typed);
  if (inline !== null) {
    const [, flag = "", value = ""] = inline;
    const option = command.options.find(({ long }) => long === flag);
    return option === undefined ? NOTHING : valuesOf(option, flag, value, `${flag}=`);
  }
  if (typed.startsWith("-")) return matching(flagsOf(command), typed);
  const argument = command.registeredArguments[positional];
  return argument === undefined
    ? matching(flagsOf(command), typed)
    : valuesOf(argument, `${command.name()} ${argument.name()}`, typed, "");
}

const NOTHING: Wanted = { kind: "words", words: [] };

/** Reads the words before the cursor: how many arguments there are, and whether a flag still waits for its value. */
function readBefore(
  command: Command,
  given: readonly string[],
): { readonly pending?: Option; readonly positional: number } {
  let pending: Option | undefined;
  let positional = 0;
  for (const word of given) {
    if (pending !== undefined) {
      pending = undefined;
    } else if (word.startsWith("-")) {
      const option = command.options.find(({ long, short }) => word === long || word === short);
      pending = option?.required === true ? option : undefined;
    } else positional += 1;
  }
  return pending === undefined ? { positional } : { pending, positional };
}

function valuesOf(taker: Option | Argument, of: string, typed: string, before: string): Wanted {
  const choices = taker.argChoices;
  if (choices === undefined) return { kind: "values", of, before };
  return matching(
    choices.map((choice) => ({ word: `${before}${choice}`, about: "" })),
    `${before}${typed}`,
  );
}

const commandsOf = (program: Command): readonly Candidate[] =>
  program
    .createHelp()
    .visibleCommands(program)
    .filter((one) => one.name() !== "help")
    .map((one) => ({ word: one.name(), about: one.summary() || one.description() }));

const flagsOf = (command: Command): readonly Candidate[] =>
  command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, description }) => (long === undefined ? [] : [{ word: long, about: description }]));

function matching(words: readonly Candidate[], typed: string): Wanted {
  return { kind: "words", words: words.filter(({ word }) => word.startsWith(typed)) };
}
