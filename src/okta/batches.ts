/** Cuts a list into parts of at most `size`, in order; the last one may be smaller. An empty list has no parts. */
export function inBatches<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  if (!Number.isInteger(size) || size < 1) throw new RangeError("a batch holds at least 1");
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
