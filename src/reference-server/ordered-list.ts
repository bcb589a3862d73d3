/** Items per chunk: small enough to splice at once, large enough that 100,000 items are 200 chunks. */
const CHUNK_SIZE = 512;

interface Chunk<Item> {
  readonly items: Item[];
}

/**
 * Keeps items in the order they came. Appending is O(1), removing costs one chunk, and reading a page costs the
 * page and a step per chunk before it, whatever was removed. (A plain array pays for the whole list on removal,
 * a Map for everything before the page.)
 */
export class OrderedList<Item> {
  #chunks: Chunk<Item>[] = [];
  readonly #chunkOf = new Map<Item, Chunk<Item>>();

  get size(): number {
    return this.#chunkOf.size;
  }

  append(item: Item): void {
    let last = this.#chunks.at(-1);
    if (last === undefined || last.items.length >= CHUNK_SIZE) {
      last = { items: [] };
      this.#chunks.push(last);
    }
    last.items.push(item);
    this.#chunkOf.set(item, last);
  }

  remove(item: Item): void {
    const chunk = this.#chunkOf.get(item);
    if (chunk === undefined) return;
    this.#chunkOf.delete(item);
    chunk.items.splice(chunk.items.indexOf(item), 1);
    if (chunk.items.length === 0) this.#chunks = this.#chunks.filter((other) => other !== chunk);
  }

  /** Up to `count` items after skipping `offset`. */
  slice(offset: number, count: number): Item[] {
    const page: Item[] = [];
    let skip = offset;
    for (const { items } of this.#chunks) {
      if (page.length >= count) break;
      if (skip >= items.length) {
        skip -= items.length;
        continue;
      }
      for (const item of items.slice(skip, skip + count - page.length)) page.push(item);
      skip = 0;
    }
    return page;
  }

  *[Symbol.iterator](): Generator<Item> {
    for (const { items } of this.#chunks) yield* items;
  }
}
