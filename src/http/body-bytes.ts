import type { Memory } from "../model/memory.ts";

/** A body beyond this many bytes is large. */
export const LARGE_BODY_BYTES = 1_000_000;

/**
 * The bytes of a body as they come. Those of a large one stand in one place, which grows where it is and is given back the
 * moment it is let go: left to the garbage collector, several of them would lie about at the same time.
 */
export class BodyBytes {
  length = 0;
  readonly #most: number;
  readonly #memory: Memory;
  #chunks: Buffer[] = [];
  #place: ArrayBuffer | undefined;

  /** @param most bytes that may be added altogether */
  constructor(most: number, memory: Memory) {
    this.#most = most;
    this.#memory = memory;
  }

  get isLarge(): boolean {
    return this.length > LARGE_BODY_BYTES;
  }

  add(chunk: Buffer): void {
    const at = this.length;
    this.length += chunk.length;
    if (this.#place === undefined) this.#chunks.push(chunk);
    else {
      this.#put(chunk, at);
      this.#memory.took(chunk.length);
    }
    if (this.#place === undefined && this.isLarge) this.#gather();
  }

  /** All that came, to be read before it is let go. */
  all(): Buffer {
    return this.#place === undefined ? Buffer.concat(this.#chunks) : Buffer.from(this.#place, 0, this.length);
  }

  letGo(): void {
    this.#chunks = [];
    this.#place?.resize(0);
    this.#place = undefined;
    this.length = 0;
  }

  #gather(): void {
    this.#memory.makeRoom();
    this.#place = new ArrayBuffer(this.length, { maxByteLength: Math.max(this.#most, this.length) });
    let at = 0;
    for (const chunk of this.#chunks) {
      this.#put(chunk, at);
      at += chunk.length;
    }
    this.#chunks = [];
  }

  #put(chunk: Buffer, at: number): void {
    const place = this.#place;
    if (place === undefined) return;
    const end = at + chunk.length;
    if (place.byteLength < end) place.resize(Math.min(place.maxByteLength, Math.max(end, at * 2)));
    new Uint8Array(place).set(chunk, at);
  }
}
