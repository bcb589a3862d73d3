const [QUOTE, BACKSLASH, DELETE] = [34, 92, 127];

/** What is longer is read in full each time. */
const MOST_BYTES = 4096;
/** A shape that fitted fewer than this was not worth learning, and the next is learned so much later. */
const WORTH = 16;
const LONGEST_PAUSE = 256;

/**
 * The bytes of an answer that was read, with the places whose content means nothing to whoever read it. Where the next
 * answer differs in those places alone, and there in plain characters, all that was found in the one lies in the other at
 * the same places: it need not be looked for again. That is true of most answers to one request, and told eight bytes at a
 * time, as numbers. Answers that are never alike cost a look at their first bytes.
 */
export class Shape {
  /** Bytes that are held against; 0 when nothing is known. */
  #length = 0;
  /** The index of the last number. */
  #last = 0;
  /** The bytes, eight a number; the last one ends where the bytes do, and may overlap the one before. */
  #numbers = new Float64Array(0);
  /** The same, four a word. */
  #words = new Int32Array(0);
  /** By word: 1 in the bits that may differ. */
  #free = new Int32Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #viewed: Buffer | undefined;
  #fitted = WORTH;
  #pause = 1;
  #pausing = 0;

  /** Whether the bytes from `start` have this shape, as far as it goes. */
  fits(buffer: Buffer, start: number, end: number): boolean {
    const length = this.#length;
    if (length === 0 || end - start < length) return false;
    const view = this.#viewed === buffer ? this.#view : this.#viewOf(buffer);
    const numbers = this.#numbers;
    const last = this.#last;
    for (let at = 0; at < last; at += 1) {
      const place = start + at * 8;
      if (view.getFloat64(place, true) !== numbers[at] && !this.#mayDiffer(view, place, at)) return false;
    }
    const place = start + length - 8;
    if (view.getFloat64(place, true) !== numbers[last] && !this.#mayDiffer(view, place, last)) return false;
    this.#fitted += 1;
    return true;
  }

  /** Nothing fits any more. */
  forget(): void {
    this.#length = 0;
  }

  /**
   * Learns the bytes from `start` to `end`, of which none may differ until `free` says so.
   * @returns false when it is not worth it, or not yet: then nothing fits
   */
  learn(buffer: Buffer, start: number, end: number): boolean {
    this.#length = 0;
    const wasWorthIt = this.#fitted >= WORTH;
    if (this.#pausing > 0 && !wasWorthIt) {
      this.#pausing -= 1;
      return false;
    }
    const length = end - start;
    if (length < 8 || length > MOST_BYTES) return false;
    this.#pause = wasWorthIt ? 1 : Math.min(LONGEST_PAUSE, this.#pause * 2);
    this.#pausing = this.#pause - 1;
    this.#fitted = 0;
    const last = (length - 1) >> 3;
    if (this.#numbers.length <= last) {
      this.#numbers = new Float64Array(last + 1);
      this.#words = new Int32Array(2 * last + 2);
      this.#free = new Int32Array(2 * last + 2);
    }
    this.#free.fill(0);
    for (let at = 0; at <= last; at += 1) {
      const place = start + (at === last ? length - 8 : at * 8);
      const number = buffer.readDoubleLE(place);
      // Two patterns of bits are zero; no answer has either.
      if (number === 0) return false;
      this.#numbers[at] = number;
      this.#words[at * 2] = buffer.readInt32LE(place);
      this.#words[at * 2 + 1] = buffer.readInt32LE(place + 4);
    }
    this.#length = length;
    this.#last = last;
    return true;
  }

  /** The bytes `from` to `to`, counted from the beginning of the shape, may be any plain characters. */
  free(from: number, to: number): void {
    const last = this.#length - 8;
    for (let byte = from; byte < Math.min(to, this.#length); byte += 1) {
      if (byte >> 3 < this.#last) this.#freeIn(byte >> 3, byte & 7);
      if (byte >= last) this.#freeIn(this.#last, byte - last);
    }
  }

  #freeIn(number: number, byte: number): void {
    const word = number * 2 + (byte >> 2);
    this.#free[word] = (this.#free[word] as number) | (0xff << ((byte & 3) * 8));
  }

  #mayDiffer(view: DataView, place: number, at: number): boolean {
    return (
      this.#mayWord(view.getInt32(place, true), at * 2) &&
      this.#mayWord(view.getInt32(place + 4, true), at * 2 + 1)
    );
  }

  #mayWord(word: number, at: number): boolean {
    const differs = word ^ (this.#words[at] as number);
    if ((differs & ~(this.#free[at] as number)) !== 0) return false;
    for (let shift = 0; shift < 32; shift += 8) {
      if (((differs >>> shift) & 0xff) !== 0 && !isPlain((word >>> shift) & 0xff)) return false;
    }
    return true;
  }

  #viewOf(buffer: Buffer): DataView {
    this.#viewed = buffer;
    this.#view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
    return this.#view;
  }
}

/** What stands for itself in a text of JSON as in a header field: visible ASCII and the space, but no quote and no backslash. */
const isPlain = (byte: number) => byte >= 0x20 && byte < DELETE && byte !== QUOTE && byte !== BACKSLASH;
