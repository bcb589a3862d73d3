/**
 * A number in [0, 1) that depends on a seed, a purpose and an index alone, so that any shard can tell what any play
 * does without playing those before it.
 */
export function chanceOf(seed: number, purpose: number, index: number): number {
  let mixed = (seed ^ Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(purpose + 1, 0x85ebca6b)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 4294967296;
}

/** Picks indices with given weights. */
export class WeightedChoice {
  readonly #bounds: readonly number[];

  constructor(weights: readonly number[]) {
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    let reached = 0;
    this.#bounds = weights.map((weight) => {
      reached += weight / all;
      return reached;
    });
  }

  /** @param chance a number in [0, 1) */
  pick(chance: number): number {
    const last = this.#bounds.length - 1;
    let index = 0;
    while (index < last && chance >= (this.#bounds[index] as number)) index += 1;
    return index;
  }
}
