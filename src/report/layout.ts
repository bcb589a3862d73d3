/** East Asian wide characters and emoji take two columns in a terminal. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const ZERO_WIDTH = /\p{Mn}|\p{Me}/u;

/** Columns a text takes. The text is printable already: no control characters, no colours. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (character < "\u0300") columns += 1;
    else if (!ZERO_WIDTH.test(character)) columns += WIDE.test(character) ? 2 : 1;
  }
  return columns;
}

/**
 * Breaks a text at spaces into lines of at most `width` columns, the first of at most `firstWidth`.
 * A longer word (an address, an id) stays whole, and runs of spaces are kept: they may be what is wrong.
 */
export function wrap(text: string, width: number, firstWidth = width): readonly string[] {
  if (text === "") return [];
  const lines: string[] = [];
  let line: string | undefined;
  for (const word of text.split(" ")) {
    const room = lines.length === 0 ? firstWidth : width;
    if (line === undefined) line = word;
    else if (columnsOf(line) + 1 + columnsOf(word) <= room) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === undefined ? lines : [...lines, line];
}

export interface Labelled {
  readonly label: string;
  readonly text: string;
  readonly width: number;
  /** Columns before the label. */
  readonly indent?: number;
  /** Columns from the label's start to the text's start. */
  readonly column: number;
  /** Colours the label once everything is laid out, so that colours never count as columns. */
  readonly paint?: (label: string) => string;
  readonly paintText?: (line: string) => string;
  /** Breaks words that are wider than the room as well: for JSON, never for what somebody copies. */
  readonly anywhere?: boolean;
}

/** A label with wrapped prose beside it, the way a definition list looks in a terminal. */
export function labelled(part: Labelled): readonly string[] {
  const { label, text, width, indent = 0, column, paint = same, paintText = same, anywhere = false } = part;
  const margin = " ".repeat(indent);
  const gap = " ".repeat(Math.max(column - columnsOf(label), label === "" ? 0 : 1));
  const hanging = " ".repeat(indent + column);
  const room = Math.max(width - indent - column, 20);
  // A label longer than its column pushes the first line to the right.
  const pushed = Math.max(columnsOf(label) + gap.length - column, 0);
  const wrapped = wrap(text, room, Math.max(room - pushed, 10));
  const [first = "", ...rest] = anywhere ? wrapped.flatMap((line) => chunks(line, room)) : wrapped;
  const start = label === "" ? hanging : `${margin}${paint(label)}${first === "" ? "" : gap}`;
  return [`${start}${paintText(first)}`, ...rest.map((line) => `${hanging}${paintText(line)}`)];
}

/** A line cut to pieces of at most `width` columns, after a comma where there is one: ids in JSON stay whole. */
function chunks(line: string, width: number): readonly string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const character of line) {
    if (columnsOf(piece) + columnsOf(character) > width) {
      const end = piece.lastIndexOf(",") + 1 || piece.length;
      pieces.push(piece.slice(0, end));
      piece = piece.slice(end);
    }
    piece += character;
  }
  return [...pieces, piece];
}

const same = (text: string) => text;

/** A paragraph, every line of it indented. */
export function paragraph(text: string, width: number, indent = 0): readonly string[] {
  return wrap(text, Math.max(width - indent, 20)).map((line) => `${" ".repeat(indent)}${line}`);
}

/** The same with the first line further out than the rest, as a list has it. */
export function foldedItem(text: string, width: number, indent: number): readonly string[] {
  const [first = "", ...rest] = wrap(text, Math.max(width - indent, 20));
  return [first, ...rest.map((line) => `${" ".repeat(indent)}${line}`)];
}

/** Cuts to `width` columns, at a space where one is near, with an ellipsis for what is missing. */
export function cut(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  let kept = "";
  let columns = 0;
  for (const character of text) {
    columns += columnsOf(character);
    if (columns > width - 1) break;
    kept += character;
  }
  const space = kept.lastIndexOf(" ");
  return `${(space > width * 0.7 ? kept.slice(0, space) : kept).trimEnd()}…`;
}

/**
 * Rows as aligned columns under a heading. The last column is cut to what is left of the width;
 * the others hold ids and names, which are never cut.
 */
export function table(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] {
  const all = [heading, ...rows];
  const last = heading.length - 1;
  const widths = heading.map((_, index) => Math.max(...all.map((row) => columnsOf(row[index] ?? ""))));
  return all.map((row) => {
    let line = "";
    for (const [index, cell] of row.entries()) {
      if (index < last) line += `${cell}${" ".repeat((widths[index] ?? 0) - columnsOf(cell) + 2)}`;
      else line += cut(cell, Math.max(width - columnsOf(line), 20));
    }
    return line.trimEnd();
  });
}
