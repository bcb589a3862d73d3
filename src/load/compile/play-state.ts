import type { Json } from "../../model/json.ts";

/** What the compiled steps of a play draw on: numbers and short texts, in places fixed when the scenario was compiled. */
export interface PlayState {
  /** The number of the unique name of each label. */
  readonly numbers: number[];
  /** What answers told, by the index of its name; undefined while none did. */
  readonly values: (Json | undefined)[];
  /** Bodies of answers that later requests are made of, by the index of the step. */
  readonly answers: (Json | undefined)[];
  /** Index of the first person this play takes from the population. */
  crowdFrom: number;
  /** Index of the standing group this play uses. */
  standing: number;
}

/** Thrown while a request is put together: a value it needs was never yielded. */
export class NotYielded extends Error {
  readonly slot: string;

  constructor(slot: string) {
    super(`\${${slot}} was never yielded`);
    this.slot = slot;
  }
}
