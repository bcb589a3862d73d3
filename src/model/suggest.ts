/** The candidate that was probably meant, if one is near enough to say so. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance <= tolerance(candidate) && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) {
      best = { candidate, distance };
    }
  }
  return best?.candidate;
}

/** A closing sentence: the word that was meant, else every word there is. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const known = [...candidates];
  const meant = nearest(word, known);
  return meant === undefined ? expectedOneOf(known) : `Did you mean \`${meant}\`?`;
}

/** All that a settings file may have fit. */
const SHOWN = 60;
/** Of a list that nobody would read. */
const EXAMPLES = 5;

/** `Expected one of a, b, c.`, or a few of them where the list would fill the screen. */
export function expectedOneOf(words: readonly string[]): string {
  const shown = words.slice(0, words.length > SHOWN ? EXAMPLES : SHOWN).map((word) => `\`${word}\``);
  const [first] = shown;
  if (first === undefined) return "There is none to choose from.";
  if (words.length === 1) return `Expected ${first}.`;
  const rest = words.length > SHOWN ? `, … (${words.length} in all)` : "";
  return `Expected one of ${shown.join(", ")}${rest}.`;
}

const tolerance = (word: string) => (word.length < 4 ? 1 : Math.min(3, Math.ceil(word.length / 4)));

const LONGEST = 100;

/** Damerau–Levenshtein: insertions, deletions, changes and swaps of neighbours. */
export function editDistance(one: string, other: string): number {
  if (one.length > LONGEST || other.length > LONGEST) return one === other ? 0 : LONGEST;
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      const steps = [
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      ];
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (row > 1 && column > 1 && swapped) steps.push(at(beforeLast, column - 2) + 1);
      current.push(Math.min(...steps));
    }
    beforeLast = last;
    last = current;
  }
  return at(last, other.length);
}

const at = (row: readonly number[], column: number) => row[column] ?? 0;
