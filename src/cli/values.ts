import { DURATION_WORDS, durationMs } from "../model/duration.ts";
import { MOST_IN_FLIGHT, MOST_WORKERS } from "../model/load-plan.ts";
import { MOST_PLAYS_A_SECOND, ratePerSecond } from "../model/rate.ts";

/** Readers of flag values. Each throws `UnusableValue`, which becomes a usage error. */

/** Why a value cannot be used. Commander knows it by its code and adds which flag it was given to. */
export class UnusableValue extends Error {
  readonly code = "commander.invalidArgument";
  readonly exitCode = 1;
}

/** Values of a flag that may be given again. */
export const collect = (value: string, before: readonly string[] | undefined) => [...(before ?? []), value];

/** Words between commas. */
export const commaList = (value: string) =>
  value
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");

/** `name=value`, again for more. */
export function inputs(value: string, before: Readonly<Record<string, string>> | undefined) {
  const equals = value.indexOf("=");
  if (equals < 1) throw new UnusableValue("It has to be name=value.");
  return { ...before, [value.slice(0, equals)]: value.slice(equals + 1) };
}

/** A whole number above 0. */
export function count(value: string): number {
  if (!/^\d{1,15}$/.test(value) || Number(value) < 1)
    throw new UnusableValue("It has to be a whole number above 0.");
  return Number(value);
}

/** Each person of the reference server takes a kilobyte of memory, and a while. */
const MOST_PEOPLE = 1_000_000;

/** How many people the reference server has from the start. */
export function people(value: string): number {
  const number = count(value);
  if (number > MOST_PEOPLE) throw new UnusableValue(`It has to be at most ${MOST_PEOPLE}.`);
  return number;
}

/** 0 or more, of at most ten digits. */
export function wholeNumber(value: string): number {
  if (!/^\d{1,10}$/.test(value)) throw new UnusableValue("It has to be a whole number of at most 10 digits.");
  return Number(value);
}

/** Digits in a flag's number: more are a slip of the finger, and a few hundred of them no number any more. */
const NUMBER = String.raw`\d{1,15}(?:\.\d{1,15})?`;

/** A number above 0, with or without `/s`. */
export function positive(value: string): number {
  const match = new RegExp(`^(${NUMBER})(?:/s)?$`).exec(value);
  if (match === null || Number(match[1]) <= 0)
    throw new UnusableValue("It has to be a number above 0, such as 10 or 10/s.");
  return Number(match[1]);
}

/** A number above 0. */
export function factor(value: string): number {
  if (!new RegExp(`^${NUMBER}$`).test(value) || Number(value) <= 0)
    throw new UnusableValue("It has to be a number above 0, such as 10 or 0.5.");
  return Number(value);
}

/** 0 to 65535. */
export function port(value: string): number {
  if (!/^\d+$/.test(value) || Number(value) > 65_535)
    throw new UnusableValue("It has to be a port from 0 to 65535.");
  return Number(value);
}

/** Milliseconds of a time such as `2s`. */
export function duration(value: string): number {
  const ms = durationMs(value);
  if (ms === undefined) throw new UnusableValue(`It has to be ${DURATION_WORDS}.`);
  return ms;
}

/** Plays under way at the same time. */
export function inFlight(value: string): number {
  const plays = count(value);
  if (plays > MOST_IN_FLIGHT) throw new UnusableValue(`It has to be at most ${MOST_IN_FLIGHT}.`);
  return plays;
}

/** Plays a second of a rate such as `50/s`, `120/m` or `2000/h`; a number alone is one a second. */
export function perSecond(value: string): number {
  const rate = ratePerSecond(/^[\d.]+$/.test(value) ? `${value}/s` : value) ?? 0;
  if (rate <= 0) {
    throw new UnusableValue(
      `It has to be a rate above 0 and at most ${MOST_PLAYS_A_SECOND}/s, such as 50/s, 120/m or 2000/h.`,
    );
  }
  return rate;
}

/** `2/3`: part 2 of 3. */
export function shardPart(value: string): { readonly index: number; readonly of: number } {
  const match = /^(\d{1,4})\/(\d{1,4})$/.exec(value);
  const [index, of] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || index < 1 || index > of) {
    throw new UnusableValue("It has to be a part of a whole, such as 1/3.");
  }
  return { index, of };
}

/** A number of threads, or `auto`. */
export function workers(value: string): number | "auto" {
  if (value === "auto") return value;
  const threads = count(value);
  if (threads > MOST_WORKERS) throw new UnusableValue(`It has to be at most ${MOST_WORKERS}, or auto.`);
  return threads;
}

/** `github,gitlab`, or `none`. */
export function ciSystems(value: string): readonly ("github" | "gitlab")[] {
  const words = commaList(value);
  if (words.length === 1 && words[0] === "none") return [];
  return words.map((word) => {
    if (word === "github" || word === "gitlab") return word;
    throw new UnusableValue("It has to be github, gitlab, github,gitlab or none.");
  });
}
