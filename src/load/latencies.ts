import { inflateSync } from "node:zlib";
import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type JsHistogram,
} from "hdr-histogram-js";

/**
 * Times from 1 µs to 71 minutes, kept to three digits in memory that never grows. The layout is HdrHistogram's
 * (three digits, lowest value 1), so that merging is adding and every HDR tool reads what is written; recording is
 * done here because it happens three times a request and costs the library ten times as much.
 */
export class Latencies {
  readonly counts: Uint32Array;
  count = 0;
  /** Microseconds; the sum of recorded values, for the mean. */
  sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = 0;

  constructor(counts: Uint32Array = new Uint32Array(SLOTS)) {
    this.counts = counts;
  }

  get minMs(): number {
    return this.count === 0 ? 0 : this.#min / 1000;
  }

  get maxMs(): number {
    return this.#max / 1000;
  }

  get meanMs(): number {
    return this.count === 0 ? 0 : this.sum / this.count / 1000;
  }

  /** Records one time; less than nothing counts as nothing, and more than 71 minutes as that. */
  record(ms: number): void {
    const us = ms > 0 ? Math.min(HIGHEST, Math.round(ms * 1000)) : 0;
    const index = slotOf(us);
    this.counts[index] = (this.counts[index] as number) + 1;
    this.count += 1;
    this.sum += us;
    if (us < this.#min) this.#min = us;
    if (us > this.#max) this.#max = us;
  }

  /** The time that so many percent of all recorded times do not exceed, to three digits. */
  percentileMs(percentile: number): number {
    if (this.count === 0) return 0;
    // As HdrHistogram counts: the smallest value that at least this share of the values does not exceed.
    const share = Math.min(100, Math.max(0, percentile)) / 100;
    const wanted = Math.max(1, Math.ceil(share * this.count - 1e-9));
    let reached = 0;
    for (let index = 0; index < SLOTS; index++) {
      reached += this.counts[index] as number;
      if (reached >= wanted) return Math.min(this.#max, highestIn(index)) / 1000;
    }
    return this.maxMs;
  }

  /** How many times exceeded so many milliseconds, as near as three digits tell. */
  countAbove(ms: number): number {
    let above = 0;
    for (let index = slotOf(Math.min(HIGHEST, Math.round(ms * 1000))) + 1; index < SLOTS; index++) {
      above += this.counts[index] as number;
    }
    return above;
  }

  /** @throws RangeError when a count would no longer fit */
  add(other: Latencies): void {
    for (let index = 0; index < SLOTS; index++) {
      const both = (this.counts[index] as number) + (other.counts[index] as number);
      if (both > MOST) throw new RangeError("a histogram holds at most 4,294,967,295 equal times");
      this.counts[index] = both;
    }
    this.count += other.count;
    this.sum += other.sum;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
  }

  /** As HdrHistogram V2, deflated, in base64. */
  encoded(): string {
    const histogram = build({ bitBucketSize: 64, highestTrackableValue: HIGHEST, ...FORMAT });
    for (let index = 0; index < SLOTS; index++) {
      const count = this.counts[index] as number;
      if (count > 0) histogram.recordValueWithCount(lowestIn(index), count);
    }
    return encodeIntoCompressedBase64(histogram);
  }

  /**
   * Reads what `encoded`, or another HDR tool with the same unit, wrote. The extremes and the sum are known to three
   * digits only; `exact` gives them where they are kept beside it.
   * @throws Error for a text that is no such histogram, or that would inflate to more than one can be
   */
  static decode(text: string, exact?: { readonly min: number; readonly max: number; readonly mean: number }) {
    const bytes = Buffer.from(text, "base64");
    if (bytes.length < 9 || (bytes.readInt32BE(0) & ~WORD_SIZE) !== COMPRESSED_V2)
      throw new Error("no HdrHistogram V2");
    inflateSync(bytes.subarray(8), { maxOutputLength: MOST_BYTES });
    const histogram = decodeFromCompressedBase64(text, 64, false) as JsHistogram;
    const read = new Latencies();
    for (let index = 0; index < histogram.countsArrayLength; index++) {
      const count = histogram.getCountAtIndex(index);
      if (count !== 0) read.#put(histogram.valueFromIndex(index), count);
    }
    if (exact !== undefined && read.count > 0) {
      read.#min = Math.round(exact.min * 1000);
      read.#max = Math.round(exact.max * 1000);
      read.sum = exact.mean * 1000 * read.count;
    }
    return read;
  }

  /** Rebuilds what another thread handed over. */
  static of(counts: Uint32Array, sum: number, minMs: number, maxMs: number): Latencies {
    const rebuilt = new Latencies(counts);
    for (const count of counts) rebuilt.count += count;
    rebuilt.sum = sum;
    if (rebuilt.count > 0) rebuilt.#min = Math.round(minMs * 1000);
    rebuilt.#max = Math.round(maxMs * 1000);
    return rebuilt;
  }

  #put(us: number, count: number): void {
    const index = slotOf(us);
    const both = (this.counts[index] ?? 0) + count;
    if (us > HIGHEST || count < 0 || both > MOST) throw new Error("a time or a count is out of range");
    this.counts[index] = both;
    this.count += count;
    this.sum += count * middleOf(index);
    this.#min = Math.min(this.#min, lowestIn(index));
    this.#max = Math.max(this.#max, highestIn(index));
  }
}

const FORMAT = { lowestDiscernibleValue: 1, numberOfSignificantValueDigits: 3 } as const;
const HIGHEST = 2 ** 32 - 1;
const MOST = 2 ** 32 - 1;
/** HdrHistogram for three digits: 2,048 sub-buckets, of which the upper half is used in all but the first bucket. */
const HALF = 1024;
const HALF_BITS = 10;
const BUCKETS = 22;
const SLOTS = (BUCKETS + 1) * HALF;
const COMPRESSED_V2 = 0x1c849304;
const WORD_SIZE = 0xf0;
/** Header and at most nine bytes a count. */
const MOST_BYTES = 40 + SLOTS * 9;

function slotOf(us: number): number {
  const bucket = 21 - Math.clz32(us | 2047);
  return ((bucket + 1) << HALF_BITS) + (us >>> bucket) - HALF;
}

function lowestIn(index: number): number {
  const bucket = (index >>> HALF_BITS) - 1;
  const sub = (index & (HALF - 1)) + HALF;
  return bucket < 0 ? sub - HALF : sub * 2 ** bucket;
}

const widthOf = (index: number) => 2 ** Math.max(0, (index >>> HALF_BITS) - 1);
const highestIn = (index: number) => lowestIn(index) + widthOf(index) - 1;
const middleOf = (index: number) => lowestIn(index) + Math.floor(widthOf(index) / 2);
