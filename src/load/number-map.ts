/** So many numbers share a chunk: small enough for a few scattered ones, large enough for a group of fifty thousand. */
const CHUNK = 256;
/** A quarter of a hundredth of a millisecond; lasts 29 hours. */
const UNITS_PER_MS = 40;

interface Chunk {
  readonly states: Uint8Array;
  readonly times: Uint32Array;
}

/**
 * A small state and the time of its last change, for numbers that lie close together. Takes five bytes a number where
 * they are dense, and nothing where there are none.
 */
export class NumberMap {
  readonly #chunks = new Map<number, Chunk>();

  get isEmpty(): boolean {
    return this.#chunks.size === 0;
  }

  /** 0 where nothing was ever set. */
  stateOf(number: number): number {
    return this.#chunks.get(Math.floor(number / CHUNK))?.states[number % CHUNK] ?? 0;
  }

  /** Milliseconds; 0 where nothing was ever set. */
  changedAt(number: number): number {
    return (this.#chunks.get(Math.floor(number / CHUNK))?.times[number % CHUNK] ?? 0) / UNITS_PER_MS;
  }

  set(number: number, state: number, at: number): void {
    const index = Math.floor(number / CHUNK);
    let chunk = this.#chunks.get(index);
    if (chunk === undefined) {
      chunk = { states: new Uint8Array(CHUNK), times: new Uint32Array(CHUNK) };
      this.#chunks.set(index, chunk);
    }
    chunk.states[number % CHUNK] = state;
    chunk.times[number % CHUNK] = unitsOf(at);
  }

  /** Every number with a state other than 0, in ascending order. */
  *entries(): Generator<readonly [number: number, state: number]> {
    for (const index of [...this.#chunks.keys()].sort((one, other) => one - other)) {
      const states = this.#chunks.get(index)?.states ?? new Uint8Array(0);
      for (const [offset, state] of states.entries()) {
        if (state !== 0) yield [index * CHUNK + offset, state];
      }
    }
  }
}

// Rounding keeps the order of times, so that what follows never seems to overlap with what it followed.
export const unitsOf = (ms: number) => Math.min(2 ** 32 - 1, Math.max(0, Math.round(ms * UNITS_PER_MS)));
export const inUnits = (ms: number) => unitsOf(ms) / UNITS_PER_MS;
