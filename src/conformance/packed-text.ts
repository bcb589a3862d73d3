import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import type { Memory } from "../model/memory.ts";

/** Characters that are packed at a time: what lies about until it is collected is no larger. */
const PART = 500_000;

/** A large text that waits, packed: JSON becomes a tenth of itself. */
export class PackedText {
  /** Bytes that it takes while it waits. */
  readonly size: number;
  readonly #parts: readonly { readonly packed: Buffer; readonly bytes: number }[];
  readonly #bytes: number;

  constructor(text: string) {
    this.#parts = partsOf(text);
    this.size = this.#parts.reduce((sum, { packed }) => sum + packed.length, 0);
    this.#bytes = this.#parts.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** The text as it was. Its bytes are put together in a place that is given back at once, not by the collector. */
  unpacked(memory: Memory): string {
    memory.makeRoom();
    const place = new ArrayBuffer(this.#bytes, { maxByteLength: this.#bytes });
    const all = new Uint8Array(place);
    let at = 0;
    for (const { packed, bytes } of this.#parts) {
      all.set(inflateRawSync(packed, { chunkSize: Math.max(bytes, constants.Z_MIN_CHUNK) }), at);
      at += bytes;
      memory.took(bytes);
    }
    // A byte order mark in the text is the text's own.
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(all);
    place.resize(0);
    return text;
  }
}

function partsOf(text: string) {
  const parts: { readonly packed: Buffer; readonly bytes: number }[] = [];
  const place = Buffer.allocUnsafe(3 * (PART + 1));
  for (let at = 0; at < text.length; ) {
    // A surrogate pair is not torn apart.
    const end = at + PART + (isFirstOfPair(text.charCodeAt(at + PART - 1)) ? 1 : 0);
    const bytes = place.write(text.slice(at, end), "utf8");
    const packed = deflateRawSync(place.subarray(0, bytes), { level: constants.Z_BEST_SPEED });
    parts.push({ packed, bytes });
    at = end;
  }
  return parts;
}

const isFirstOfPair = (code: number) => code >= 0xd800 && code < 0xdc00;
