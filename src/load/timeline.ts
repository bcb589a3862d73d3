/** What is added up in a slot. */
export const SUMS = [
  "offered",
  "started",
  "finished",
  "dropped",
  "2xx",
  "3xx",
  "4xx",
  "429",
  "5xx",
  "silence",
  "errors",
] as const;
/** What is looked at now and then; a slot keeps the highest. */
export const PEAKS = [
  "inFlight",
  "waiting",
  "connections",
  "lateStartMs",
  "loopDelayMs",
  "cpuShare",
] as const;
export type Sum = (typeof SUMS)[number];
export type Peak = (typeof PEAKS)[number];
/** The place of each sum in a slot: what happens with every request is named by its place. */
export const SUM: Readonly<Record<Sum, number>> = Object.fromEntries(
  SUMS.map((sum, at) => [sum, at]),
) as Record<Sum, number>;
const ERRORS = SUM.errors;

const FIRST_SLOT_MS = 1_000;
/** A play that is meant to start when a slot begins belongs to it, however its time was rounded. */
const ON_EDGE_MS = 1e-6;
/** Ten minutes of seconds; a longer run gets wider slots. */
const MOST_SLOTS = 600;

/** Eight buckets an octave: a time is known to 9 %, which is as fine as a picture shows. */
const PER_OCTAVE = 8;
const FIRST_EDGE_US = 64;
const OCTAVES = 26;
export const HEAT_BUCKETS = PER_OCTAVE * OCTAVES + 1;
const MOST_PARTS = 2 ** OCTAVES;
const NOT_MEASURED = -1;

/** Lower edges in milliseconds. */
export const HEAT_EDGES_MS: readonly number[] = Array.from({ length: HEAT_BUCKETS }, (_, bucket) =>
  bucket === 0 ? 0 : (FIRST_EDGE_US * 2 ** ((bucket - 1) / PER_OCTAVE)) / 1000,
);

/** Where the buckets of an octave begin; the first is where the octave does. */
const EDGES_IN_OCTAVE = Float64Array.from({ length: PER_OCTAVE }, (_, edge) => 2 ** (edge / PER_OCTAVE));
/** An edge that was rounded on its way through milliseconds is still one. */
const ROUNDED = 1 + 1e-10;

/** Three comparisons in place of a logarithm, and a shift in place of a power: this is asked of every answer. */
export function heatBucketOf(ms: number): number {
  const parts = ((ms * 1000) / FIRST_EDGE_US) * ROUNDED;
  if (!(parts >= 1)) return 0;
  if (parts >= MOST_PARTS) return HEAT_BUCKETS - 1;
  const octave = 31 - Math.clz32(parts);
  const within = parts / (1 << octave);
  let edge = within >= (EDGES_IN_OCTAVE[4] as number) ? 4 : 0;
  if (within >= (EDGES_IN_OCTAVE[edge + 2] as number)) edge += 2;
  if (within >= (EDGES_IN_OCTAVE[edge + 1] as number)) edge += 1;
  return 1 + octave * PER_OCTAVE + edge;
}

/** A timeline as it crosses threads and files: plain, and mergeable. */
export interface TimelineData {
  readonly slotMs: number;
  readonly sums: Readonly<Record<Sum, readonly number[]>>;
  readonly peaks: Readonly<Record<Peak, readonly number[]>>;
  readonly maxMs: readonly number[];
  /** For each slot: bucket, count, bucket, count, … */
  readonly heat: readonly (readonly number[])[];
}

/** Some slots added up. */
export interface RecentSlots {
  readonly seconds: number;
  readonly sums: Readonly<Record<Sum, number>>;
  readonly heat: readonly number[];
}

/** What happened when, in slots that grow wider as a run grows longer, so that memory stays the same. */
export class Timeline {
  #slotMs = FIRST_SLOT_MS;
  /** By slot, and in it by the place of the sum. */
  #sums: Float64Array[] = [];
  #peaks = columns(PEAKS);
  #maxMs: number[] = [];
  #heat: Uint32Array[] = [];
  readonly #startAt: number;
  /** The slot that was asked for last, and the times it covers: the next time mostly lies in it too. */
  #lately = 0;
  #latelyFrom = 0;
  #latelyTo = 0;

  /** @param startAt when the first slot begins, on the clock of everything recorded */
  constructor(startAt: number) {
    this.#startAt = startAt;
  }

  get slots(): number {
    return this.#maxMs.length;
  }

  /** @param sum one of `SUM` */
  add(sum: number, at: number, count = 1): void {
    const slot = this.#slotAt(at);
    const sums = this.#sums[slot] as Float64Array;
    sums[sum] = (sums[sum] as number) + count;
  }

  peak(peak: Peak, at: number, value: number): void {
    const slot = this.#slotAt(at);
    const column = this.#peaks[peak];
    if (value > (column[slot] ?? NOT_MEASURED)) column[slot] = value;
  }

  /** A request ended then: how it counts, whether it should have ended otherwise, and its response time. */
  ended(sum: number, isError: boolean, at: number, ms: number): void {
    const slot = this.#slotAt(at);
    const sums = this.#sums[slot] as Float64Array;
    sums[sum] = (sums[sum] as number) + 1;
    if (isError) sums[ERRORS] = (sums[ERRORS] as number) + 1;
    const heat = this.#heat[slot] as Uint32Array;
    const bucket = heatBucketOf(ms);
    heat[bucket] = (heat[bucket] as number) + 1;
    if (ms > (this.#maxMs[slot] as number)) this.#maxMs[slot] = ms;
  }

  /** What the last whole slots held together; for whoever watches. */
  recent(at: number, slots: number): RecentSlots {
    const end = Math.min(this.#maxMs.length, this.#slotOf(at));
    const first = Math.max(0, end - slots);
    const sums = addedUp(new Float64Array(SUMS.length), this.#sums.slice(first, end));
    const heat = addedUp(new Uint32Array(HEAT_BUCKETS), this.#heat.slice(first, end));
    return {
      seconds: ((end - first) * this.#slotMs) / 1000,
      sums: Object.fromEntries(SUMS.map((sum) => [sum, sums[SUM[sum]]])) as Record<Sum, number>,
      heat: sparse(heat),
    };
  }

  data(): TimelineData {
    return {
      slotMs: this.#slotMs,
      sums: Object.fromEntries(SUMS.map((sum) => [sum, this.#column(sum)])) as Record<Sum, number[]>,
      peaks: copied(this.#peaks, PEAKS),
      maxMs: [...this.#maxMs],
      heat: this.#heat.map(sparse),
    };
  }

  #column(sum: Sum): readonly number[] {
    return this.#sums.map((sums) => sums[SUM[sum]] ?? 0);
  }

  /** The timeline of several shards that began together. */
  static merged(parts: readonly TimelineData[]): Timeline {
    const merged = new Timeline(0);
    const slotMs = Math.max(FIRST_SLOT_MS, ...parts.map((part) => part.slotMs));
    while (merged.#slotMs < slotMs) merged.#slotMs *= 2;
    for (const part of parts) merged.#take(part);
    return merged;
  }

  #take(part: TimelineData): void {
    for (const [slot, maxMs] of part.maxMs.entries()) {
      const at = slot * part.slotMs;
      for (const sum of SUMS) this.add(SUM[sum], at, part.sums[sum][slot] ?? 0);
      const target = this.#slotAt(at);
      if (maxMs > (this.#maxMs[target] ?? NOT_MEASURED)) this.#maxMs[target] = maxMs;
      const heat = this.#heat[target];
      const counts = part.heat[slot] ?? [];
      for (let index = 0; heat !== undefined && index + 1 < counts.length; index += 2) {
        const bucket = counts[index] ?? 0;
        heat[bucket] = (heat[bucket] ?? 0) + (counts[index + 1] ?? 0);
      }
    }
    for (const peak of PEAKS) {
      for (const [slot, value] of this.#widened(part, peak).entries()) this.#raise(peak, slot, value);
    }
  }

  /** The peaks of one shard, in slots of this width. */
  #widened(part: TimelineData, peak: Peak): readonly number[] {
    const highest: number[] = [];
    for (const [slot, value] of part.peaks[peak].entries()) {
      const target = this.#slotAt(slot * part.slotMs);
      highest[target] = Math.max(highest[target] ?? NOT_MEASURED, value);
    }
    return highest;
  }

  // What several generators hold open is added up; how late or busy the worst of them was is not.
  #raise(peak: Peak, slot: number, value: number): void {
    const column = this.#peaks[peak];
    const before = column[slot] ?? NOT_MEASURED;
    const isHeld = peak === "inFlight" || peak === "waiting" || peak === "connections";
    column[slot] = isHeld && before > 0 && value > 0 ? before + value : Math.max(before, value);
  }

  /** Finding a slot may make all slots wider: it comes first, and what it returns is good until the next. */
  #slotAt(at: number): number {
    return at >= this.#latelyFrom && at < this.#latelyTo ? this.#lately : this.#foundSlot(at);
  }

  #foundSlot(at: number): number {
    let slot = this.#slotOf(at);
    while (slot >= MOST_SLOTS) {
      this.#widen();
      slot = this.#slotOf(at);
    }
    while (this.#maxMs.length <= slot) {
      this.#maxMs.push(NOT_MEASURED);
      this.#heat.push(new Uint32Array(HEAT_BUCKETS));
      this.#sums.push(new Float64Array(SUMS.length));
      for (const peak of PEAKS) this.#peaks[peak].push(NOT_MEASURED);
    }
    this.#lately = slot;
    this.#latelyFrom = this.#startAt + slot * this.#slotMs;
    this.#latelyTo = this.#startAt + (slot + 1) * this.#slotMs - ON_EDGE_MS;
    return slot;
  }

  #slotOf(at: number): number {
    return Math.max(0, Math.floor((at - this.#startAt + ON_EDGE_MS) / this.#slotMs));
  }

  #widen(): void {
    this.#slotMs *= 2;
    this.#latelyTo = 0;
    const highest = (column: readonly number[]) => pairs(column, Math.max, NOT_MEASURED);
    this.#sums = joined(this.#sums);
    for (const peak of PEAKS) this.#peaks[peak] = highest(this.#peaks[peak]);
    this.#maxMs = highest(this.#maxMs);
    this.#heat = joined(this.#heat);
  }
}

function columns<Name extends string>(names: readonly Name[]): Record<Name, number[]> {
  return Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
}

function copied<Name extends string>(from: Record<Name, number[]>, names: readonly Name[]) {
  return Object.fromEntries(names.map((name) => [name, [...from[name]]])) as Record<Name, number[]>;
}

function pairs(column: readonly number[], join: (one: number, other: number) => number, none: number) {
  const joined: number[] = [];
  for (let slot = 0; slot < column.length; slot += 2) {
    joined.push(join(column[slot] ?? none, column[slot + 1] ?? none));
  }
  return joined;
}

/** Every two rows added up into the first of them. */
function joined<Row extends Float64Array | Uint32Array>(rows: readonly Row[]): Row[] {
  return rows.flatMap((row, slot) => {
    const next = rows[slot + 1];
    return slot % 2 === 1 ? [] : [addedUp(row, next === undefined ? [] : [next])];
  });
}

/** Rows of the same length added up into the first. */
function addedUp<Row extends Float64Array | Uint32Array>(row: Row, others: readonly Row[]): Row {
  for (const other of others) {
    for (let at = 0; at < row.length; at++) row[at] = (row[at] as number) + (other[at] as number);
  }
  return row;
}

function sparse(counts: Uint32Array): readonly number[] {
  const shown: number[] = [];
  for (let bucket = 0; bucket < counts.length; bucket++) {
    const count = counts[bucket] as number;
    if (count > 0) shown.push(bucket, count);
  }
  return shown;
}
