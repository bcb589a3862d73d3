/** A position in a file or in another named text. Lines and columns count from 1. */
export interface Place {
  /** The file as the user would name it, or a description such as `--url`. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** One thing wrong with what the user gave us. */
export interface Problem {
  readonly place: Place;
  /** What is wrong, as one sentence. */
  readonly what: string;
  /** What to do about it, as one sentence. */
  readonly next?: string;
}

/** Thrown when the input cannot be used; carries every problem found, not the first. Leads to exit code 2. */
export class BadInput extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(problemLine).join("\n"));
    this.name = "BadInput";
    this.problems = problems;
  }
}

/** `file:line:column`, leaving out what is not known. */
export function placeText(place: Place): string {
  return [place.file, place.line, place.column].filter((part) => part !== undefined).join(":");
}

export function problemLine(problem: Problem): string {
  const next = problem.next === undefined ? "" : ` ${problem.next}`;
  return `${placeText(problem.place)}: ${problem.what}${next}`;
}
