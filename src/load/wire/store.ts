/** The head or body of an answer is larger than is read. */
export class TooLarge extends Error {
  constructor(message: string) {
    super(message);
    this.name = "TooLarge";
  }
}

/** More than this is not kept for the next answer. */
const KEPT = 256 * 1024;

/** Bytes put together from several reads. It grows with what has come, never with what was announced. */
export class Store {
  bytes: Buffer = Buffer.alloc(0);
  length = 0;
  readonly #what: string;

  constructor(what: "head" | "body") {
    this.#what = what;
  }

  clear(): void {
    this.length = 0;
    if (this.bytes.length > KEPT) this.bytes = Buffer.alloc(0);
  }

  /** @throws TooLarge */
  append(from: Buffer, start: number, end: number, most: number): void {
    const needed = this.length + end - start;
    if (needed > most) throw new TooLarge(`sent a ${this.#what} of more than ${most} bytes`);
    if (needed > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(4096, needed, this.bytes.length * 2));
      this.bytes.copy(larger, 0, 0, this.length);
      this.bytes = larger;
    }
    from.copy(this.bytes, this.length, start, end);
    this.length = needed;
  }
}
