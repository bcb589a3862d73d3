import type { LineCounter } from "yaml";
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
  readonly #lines: LineCounter;
  readonly #values = new Map<string, number>();
  readonly #keys = new Map<string, number>();
  readonly #texts = new Map<string, string>();

  constructor(file: string, text: string, lines: LineCounter) {
    this.#file = file;
    this.#text = text;
    this.#lines = lines;
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
    const { line, col } = this.#lines.linePos(Math.max(0, Math.min(offset, this.#text.length)));
    return { file: this.#file, line: Math.max(1, line), column: Math.max(1, col) };
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
