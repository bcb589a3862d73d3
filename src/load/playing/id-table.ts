/** Ids of a server beside the numbers of our names, in a few blocks of memory however many there are. */
export class IdTable {
  length = 0;
  /** Of the numbers; 0 where there are none. */
  highest = 0;
  #bytes: Buffer = Buffer.allocUnsafe(4096);
  #ends: Uint32Array = new Uint32Array(128);
  #numbers: Uint32Array = new Uint32Array(128);

  add(number: number, id: string): void {
    const start = this.#startOf(this.length);
    const size = Buffer.byteLength(id);
    if (start + size > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(start + size, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, start);
      this.#bytes = larger;
    }
    if (this.length === this.#ends.length) {
      this.#ends = grown(this.#ends);
      this.#numbers = grown(this.#numbers);
    }
    this.#bytes.write(id, start, "utf8");
    this.#ends[this.length] = start + size;
    this.#numbers[this.length] = number;
    this.highest = Math.max(this.highest, number);
    this.length += 1;
  }

  idAt(index: number): string {
    return this.#bytes.toString("utf8", this.#startOf(index), this.#ends[index]);
  }

  numberAt(index: number): number {
    return this.#numbers[index] ?? 0;
  }

  *entries(): Generator<[id: string, number: number]> {
    for (let index = 0; index < this.length; index += 1) yield [this.idAt(index), this.numberAt(index)];
  }

  #startOf(index: number): number {
    return index === 0 ? 0 : (this.#ends[index - 1] ?? 0);
  }
}

function grown(numbers: Uint32Array): Uint32Array {
  const larger = new Uint32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
