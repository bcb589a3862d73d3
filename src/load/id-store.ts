/** Ids are kept of so many creates: enough to name what is lost, and little enough never to be felt. */
const MOST_IDS = 100_000;
const MOST_BYTES = 8 * 1024 * 1024;

/** The ids that answers to creates told, by the number in the name, as bytes one after the other. */
export class IdStore {
  #bytes = Buffer.alloc(64 * 1024);
  #used = 0;
  #kept = 0;
  /** Where an id ends; it begins where the one kept before it ends. Indexed by number, 0 for none. */
  #ends = new Uint32Array(1_024);
  #starts = new Uint32Array(1_024);

  keep(number: number, id: string): void {
    if (id === "" || this.#kept >= MOST_IDS) return;
    const length = Buffer.byteLength(id);
    if (this.#used + length > MOST_BYTES) return;
    while (this.#used + length > this.#bytes.length) {
      this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.length)]);
    }
    if (number >= this.#ends.length) {
      this.#ends = grown(this.#ends, number);
      this.#starts = grown(this.#starts, number);
    }
    this.#bytes.write(id, this.#used);
    this.#starts[number] = this.#used;
    this.#used += length;
    this.#ends[number] = this.#used;
    this.#kept += 1;
  }

  idOf(number: number): string | undefined {
    const end = this.#ends[number] ?? 0;
    return end === 0 ? undefined : this.#bytes.toString("utf8", this.#starts[number], end);
  }
}

function grown(array: Uint32Array, index: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(index + 1, array.length * 2));
  larger.set(array);
  return larger;
}
