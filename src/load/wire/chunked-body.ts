import { AnswerHead } from "./answer-head.ts";
import { ChunkExtension } from "./chunk-extension.ts";
import { BadAnswer } from "./head-syntax.ts";
import type { Store } from "./store.ts";

/** Where in a chunked body the reading stands (RFC 9112 section 7.1). */
type At = "size" | "extension" | "size-lf" | "data" | "data-cr" | "data-lf" | "trailers";

const [LF, CR, SEMICOLON] = [10, 13, 59];

/** Puts a chunked body together, in as many pieces as it comes. Extensions and trailers are read over. */
export class ChunkedBody {
  #at: At = "size";
  #size = 0;
  #digits = 0;
  /** Bytes of extensions and trailers, which nothing else bounds. */
  #besides = 0;
  readonly #maxBesides: number;
  readonly #maxBytes: number;
  #trailers: Buffer = Buffer.alloc(0);
  readonly #fields = new AnswerHead();
  readonly #extension = new ChunkExtension();

  constructor(maxBytes: number, maxBesides: number) {
    this.#maxBytes = maxBytes;
    this.#maxBesides = maxBesides;
  }

  begin(): void {
    this.#at = "size";
    this.#size = 0;
    this.#digits = 0;
    this.#besides = 0;
    this.#trailers = Buffer.alloc(0);
  }

  /**
   * Reads on; the data goes into `body`.
   * @returns the index behind the last trailer, or -1 when the body goes on
   * @throws BadAnswer, TooLarge
   */
  read(buffer: Buffer, from: number, to: number, body: Store): number {
    let at = from;
    while (at < to) {
      if (this.#at === "data") {
        const size = Math.min(this.#size, to - at);
        body.append(buffer, at, at + size, this.#maxBytes);
        this.#size -= size;
        at += size;
        if (this.#size === 0) this.#at = "data-cr";
      } else if (this.#at === "trailers") {
        return this.#readTrailers(buffer, at, to);
      } else {
        this.#step(buffer[at] as number);
        at += 1;
      }
    }
    return -1;
  }

  #step(byte: number): void {
    switch (this.#at) {
      case "size":
        if (byte === CR || byte === SEMICOLON) this.#endSize(byte);
        else this.#addDigit(byte);
        return;
      case "extension":
        this.#countBesides(1);
        if (this.#extension.step(byte)) this.#at = "size-lf";
        return;
      case "size-lf":
        if (byte !== LF) throw new BadAnswer("ended a line without CR LF");
        this.#at = this.#size === 0 ? "trailers" : "data";
        return;
      case "data-cr":
        if (byte !== CR) throw new BadAnswer("sent a chunk that is not as long as it says");
        this.#at = "data-lf";
        return;
      case "data-lf":
        if (byte !== LF) throw new BadAnswer("ended a line without CR LF");
        this.#at = "size";
        this.#digits = 0;
        return;
    }
  }

  #endSize(byte: number): void {
    if (this.#digits === 0) throw new BadAnswer("sent a chunk without a size");
    this.#at = byte === CR ? "size-lf" : "extension";
    this.#extension.begin();
  }

  #addDigit(byte: number): void {
    const lower = byte | 0x20;
    const value =
      byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
    // Sixteen digits hold more than any body; a row of zeros would never end.
    if (value === -1 || this.#digits === 16) throw new BadAnswer("sent a chunk whose size is no number");
    this.#size = this.#digits === 0 ? value : this.#size * 16 + value;
    this.#digits += 1;
  }

  #countBesides(count: number): void {
    this.#besides += count;
    if (this.#besides > this.#maxBesides)
      throw new BadAnswer("sent chunk extensions or trailers without end");
  }

  #readTrailers(buffer: Buffer, from: number, to: number): number {
    if (this.#trailers.length === 0) {
      const end = this.#fields.fields(buffer, from, to, true);
      if (end !== -1) return end;
    }
    this.#countBesides(to - from);
    const before = this.#trailers.length;
    this.#trailers = Buffer.concat([this.#trailers, buffer.subarray(from, to)]);
    const end = this.#fields.fields(this.#trailers, 0, this.#trailers.length, true);
    return end === -1 ? -1 : from + end - before;
  }
}
