/** Whether an id fits a pattern in which `*` stands for anything. */
export function matches(id: string, pattern: string): boolean {
  const source = pattern
    .split("*")
    .map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${source}$`, "i").test(id);
}
