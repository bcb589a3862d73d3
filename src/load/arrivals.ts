import type { LoadStage } from "../model/load-plan.ts";

/** When the plays of an open-model load are meant to start. */
export interface Arrivals {
  /** How many there are over all stages. */
  readonly plays: number;
  readonly durationMs: number;
  /** Milliseconds from the start until play `k` (from 0) is meant to start. Computed from `k` alone: no error adds up. */
  timeOf(k: number): number;
  /** Plays meant to start before a time: the inverse of `timeOf`. */
  before(ms: number): number;
  /** The highest rate between two times, in plays a second. A burst counts as the plays of the second it begins. */
  highestRate(fromMs: number, toMs: number): number;
}

/** A stretch with a rate that is constant or changes in a straight line, or a moment in which several start. */
interface Segment {
  readonly fromMs: number;
  readonly forMs: number;
  /** Plays meant before it begins; a fraction where a stage before ended between two plays. */
  readonly before: number;
  readonly plays: number;
  /** Plays a millisecond at its beginning, and how much that changes a millisecond. */
  readonly rate: number;
  readonly slope: number;
}

/** The intended start of every play, in closed form. */
export function arrivalsOf(stages: readonly LoadStage[]): Arrivals {
  const segments = segmentsOf(stages);
  const last = segments.at(-1);
  const durationMs = last === undefined ? 0 : last.fromMs + last.forMs;
  const plays = Math.ceil(settled(last === undefined ? 0 : last.before + last.plays));
  return {
    plays,
    durationMs,
    timeOf: (k) => timeIn(segmentOf(segments, k), k),
    before: (ms) => playsBefore(segments, ms, plays),
    highestRate: (fromMs, toMs) => highestRate(segments, fromMs, toMs, plays),
  };
}

function segmentsOf(stages: readonly LoadStage[]): readonly Segment[] {
  const segments: Segment[] = [];
  let fromMs = 0;
  let before = 0;
  const add = (forMs: number, plays: number, rate: number, slope: number) => {
    segments.push({ fromMs, forMs, before, plays, rate, slope });
    fromMs += forMs;
    before = settled(before + plays);
  };
  for (const stage of stages) {
    const { forMs } = stage;
    switch (stage.kind) {
      case "constant":
        add(forMs, (stage.rate * forMs) / 1000, stage.rate / 1000, 0);
        break;
      case "ramp": {
        const slope = (stage.to - stage.from) / 1000 / forMs;
        add(forMs, ((stage.from + stage.to) / 2) * (forMs / 1000), stage.from / 1000, slope);
        break;
      }
      case "step":
        for (let step = 0; step < stage.steps; step++) {
          const share = stage.steps === 1 ? 0 : step / (stage.steps - 1);
          const rate = stage.from + (stage.to - stage.from) * share;
          add(forMs / stage.steps, (rate * forMs) / 1000 / stage.steps, rate / 1000, 0);
        }
        break;
      case "burst":
        add(0, stage.plays, 0, 0);
        add(forMs, 0, 0, 0);
        break;
      case "pause":
        add(forMs, 0, 0, 0);
    }
  }
  return segments;
}

// 0.1 a second over ten seconds is one play, whatever binary fractions make of it.
function settled(plays: number): number {
  const whole = Math.round(plays);
  return Math.abs(plays - whole) < 1e-6 ? whole : plays;
}

/** The segment in which play `k` starts: the last that begins with at most `k` plays before it and has some. */
function segmentOf(segments: readonly Segment[], k: number): Segment {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const segment = segments[middle];
    if (segment !== undefined && segment.before + segment.plays > k) high = middle;
    else low = middle + 1;
  }
  const found = segments[low];
  if (found === undefined) throw new RangeError(`there is no play ${k}`);
  return found;
}

function timeIn({ fromMs, forMs, before, rate, slope }: Segment, k: number): number {
  const plays = Math.max(0, k - before);
  if (plays === 0 || (rate === 0 && slope === 0)) return fromMs;
  // Plays until t are rate·t + slope/2·t². This form of the solution loses no digits when the slope is small.
  const root = Math.sqrt(Math.max(0, rate * rate + 2 * slope * plays));
  return fromMs + Math.min(forMs, (2 * plays) / (rate + root));
}

function playsBefore(segments: readonly Segment[], ms: number, plays: number): number {
  let reached = 0;
  for (const segment of segments) {
    if (segment.fromMs > ms || (segment.fromMs === ms && segment.forMs > 0)) break;
    const t = Math.min(ms - segment.fromMs, segment.forMs);
    const inside =
      segment.forMs === 0
        ? ms > segment.fromMs
          ? segment.plays
          : 0
        : segment.rate * t + (segment.slope / 2) * t * t;
    reached = segment.before + inside;
  }
  return Math.min(plays, Math.ceil(settled(reached)));
}

function highestRate(segments: readonly Segment[], fromMs: number, toMs: number, plays: number): number {
  return segments.reduce((highest, segment) => {
    const { rate, slope } = segment;
    const end = segment.fromMs + segment.forMs;
    if (segment.forMs === 0) {
      if (segment.fromMs < fromMs || segment.fromMs >= toMs) return highest;
      const inItsSecond = playsBefore(segments, end + 1000, plays) - playsBefore(segments, end, plays);
      return Math.max(highest, inItsSecond);
    }
    if (end <= fromMs || segment.fromMs >= toMs) return highest;
    const rateAt = (ms: number) => (rate + slope * (ms - segment.fromMs)) * 1000;
    return Math.max(highest, rateAt(Math.max(fromMs, segment.fromMs)), rateAt(Math.min(toMs, end)));
  }, 0);
}
