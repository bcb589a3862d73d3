/** One line of a comparison. `gap` stands for lines left out, which its text counts. */
export interface DiffLine {
  readonly kind: "same" | "expected" | "actual" | "gap";
  readonly text: string;
}

/** Lines shown around a difference. */
const CONTEXT = 3;

/** Lines that are the same, as far as they stand near a difference. */
export function shortContext(
  texts: readonly string[],
  isAfter: boolean,
  isBefore: boolean,
): readonly DiffLine[] {
  const same = (text: string): DiffLine => ({ kind: "same", text });
  const head = isAfter ? CONTEXT : 0;
  const tail = isBefore ? CONTEXT : 0;
  const left = texts.length - head - tail;
  // A gap takes a line itself.
  if (left <= 1) return texts.map(same);
  return [...texts.slice(0, head).map(same), gap(left), ...texts.slice(texts.length - tail).map(same)];
}

export const gap = (count: number): DiffLine => ({
  kind: "gap",
  text: `${count} ${count === 1 ? "line" : "lines"} more`,
});
