import type { Place } from "../model/problem.ts";
import type { Path } from "./path-text.ts";

/** Where the values of a file stand. What has no position of its own (inside an alias) has that of its holder. */
export interface Places {
  /** Where a value begins; with an offset, where that character of a text stands. */
  readonly placeOf: (path: Path, offset?: number) => Place;
  /** Where the key of a value begins; for an element of a list, where the element begins. */
  readonly placeOfKey: (path: Path) => Place;
}

/** Offsets in the text by path, gathered while the text was read. */
export class Positions implements Places {
  readonly #file: string;
  readonly #text: string;
  #lineStarts: readonly number[] | undefined;
  readonly #values = new Map<string, number>();
  readonly #keys = new Map<string, number>();
  readonly #texts = new Map<string, string>();

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
  }

  noteValue(path: Path, start: number, value?: string): void {
    const name = nameOf(path);
    this.#values.set(name, start);
    if (value !== undefined) this.#texts.set(name, value);
  }

  noteKey(path: Path, start: number): void {
    this.#keys.set(nameOf(path), start);
  }

  readonly placeOf = (path: Path, offset = 0): Place => {
    const name = nameOf(path);
    const start = this.#values.get(name);
    if (start === undefined) return this.#holderOf(path);
    return this.at(offset === 0 ? start : start + this.#shift(name, start, offset));
  };

  readonly placeOfKey = (path: Path): Place => {
    const start = this.#keys.get(nameOf(path));
    return start === undefined ? this.placeOf(path) : this.at(start);
  };

  /** The place of an offset in the text. */
  at(offset: number): Place {
    const within = Math.max(0, Math.min(offset, this.#text.length));
    const starts = this.#starts();
    let [line, behind] = [0, starts.length];
    while (behind - line > 1) {
      const middle = (line + behind) >> 1;
      if ((starts[middle] ?? 0) <= within) line = middle;
      else behind = middle;
    }
    return { file: this.#file, line: line + 1, column: within - (starts[line] ?? 0) + 1 };
  }

  // Counted here, because yaml's own counter leaves out lines that a quote left open has swallowed.
  #starts(): readonly number[] {
    if (this.#lineStarts !== undefined) return this.#lineStarts;
    const starts = [0];
    for (let at = this.#text.indexOf("\n"); at !== -1; at = this.#text.indexOf("\n", at + 1))
      starts.push(at + 1);
    this.#lineStarts = starts;
    return starts;
  }

  #holderOf(path: Path): Place {
    return path.length === 0 ? this.at(0) : this.placeOf(path.slice(0, -1));
  }

  // An offset counts only where the file spells the text as it is: escapes and folded blocks shift everything.
  #shift(name: string, start: number, offset: number): number {
    const spelled = this.#texts.get(name)?.slice(0, offset) ?? "";
    const quote = /["']/.test(this.#text[start] ?? "") ? 1 : 0;
    return this.#text.startsWith(spelled, start + quote) ? quote + offset : 0;
  }
}

const nameOf = (path: Path) => JSON.stringify(path);
