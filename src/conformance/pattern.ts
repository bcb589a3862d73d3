/** Whether an id fits a pattern in which `*` stands for anything, letter case aside. */
export const matches = (id: string, pattern: string): boolean => matcherOf(pattern)(id);

/**
 * The same for many ids: the pattern is read once. No regular expression: `*a*a*a*…` would keep one busy for years,
 * and here the first place that fits is always good enough for what stands between two stars.
 */
export function matcherOf(pattern: string): (id: string) => boolean {
  const [start = "", ...others] = folded(pattern).split("*");
  const end = others.pop();
  if (end === undefined) return (id) => folded(id) === start;
  return (id) => {
    const text = folded(id);
    if (!text.startsWith(start)) return false;
    let at = start.length;
    for (const part of others) {
      const found = text.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return text.length - end.length >= at && text.endsWith(end);
  };
}

// Ids are ASCII, and only its letters have a case here: no letter becomes two, as İ does.
const folded = (text: string) => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
