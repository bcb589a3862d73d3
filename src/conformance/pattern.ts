/** Whether an id fits a pattern in which `*` stands for anything. */
export const matches = (id: string, pattern: string): boolean => matcherOf(pattern)(id);

/** The same for many ids: the pattern is read once. */
export function matcherOf(pattern: string): (id: string) => boolean {
  const source = pattern
    .split("*")
    .map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  const whole = new RegExp(`^${source}$`, "i");
  return (id) => whole.test(id);
}
