/** Where a value stands on an axis, as a share from 0 to 1, and the values worth a label. */
export interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

/** From zero to at least `most`, with round numbers on the way. */
export function linear(most: number): Scale {
  const step = niceStep(Math.max(most, 1e-9) / 4);
  const end = Math.max(Math.ceil(most / step), 1) * step;
  const count = Math.round(end / step);
  return {
    at: (value) => Math.min(Math.max(value / end, 0), 1),
    ticks: Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12))),
  };
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((one) => one * power >= rough) ?? 10;
  return factor * power;
}

/** Powers of ten, for times that lie orders of magnitude apart. */
export function logarithmic(least: number, most: number): Scale {
  const from = Math.floor(Math.log10(Math.max(least, 0.01)));
  const to = Math.max(Math.ceil(Math.log10(Math.max(most, 0.02))), from + 1);
  return {
    at: (value) => Math.min(Math.max((Math.log10(Math.max(value, 1e-9)) - from) / (to - from), 0), 1),
    ticks: Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index)),
  };
}

/** Percentiles by their nines: as far from 90 to 99 as from 99 to 99.9. */
export const PERCENTILES: Scale = {
  at: (percentile) => Math.min(-Math.log10(Math.max(1 - percentile / 100, 1e-4)) / 4, 1),
  ticks: [50, 90, 99, 99.9, 99.99],
};
