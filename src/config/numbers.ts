import type { Problem } from "../model/problem.ts";

/** A kind of number: what is one, and what to say of what is none. */
export interface Kind {
  readonly allows: (value: unknown) => boolean;
  readonly next: string;
}

/** Options that are numbers, by the name a program gives them. */
export type Numbers = Readonly<Record<string, readonly [flag: string, kind: Kind]>>;

export const isWithin = (value: unknown, least: number, most: number): value is number =>
  typeof value === "number" && value >= least && value <= most;
export const isWhole = (value: unknown, least: number, most: number = Number.MAX_SAFE_INTEGER): boolean =>
  Number.isSafeInteger(value) && isWithin(value, least, most);

export const COUNT: Kind = {
  allows: (value) => isWhole(value, 1),
  next: "It has to be a whole number above 0.",
};

/** Why numbers cannot be used: flags and files are checked where they are read, a program hands its own over as they are. */
export function unusableIn(numbers: Numbers, options: object): readonly Problem[] {
  const given = options as Readonly<Record<string, unknown>>;
  return Object.entries(numbers).flatMap(([name, [flag, { allows, next }]]) => {
    const value = given[name];
    if (value === undefined || allows(value)) return [];
    return [{ place: { file: flag }, what: `${String(value)} cannot be used.`, next }];
  });
}
