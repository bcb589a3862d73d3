/** Keys and indexes from the root of a file to one of its values. */
export type Path = readonly (string | number)[];

/** A path as people write it: `steps[0].expect`. */
export function pathText(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === "number") return `[${part}]`;
      // Alone, `$` is the root.
      if (part === "$" || !/^[\w$-]+$/.test(part)) return `[${JSON.stringify(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join("");
}
