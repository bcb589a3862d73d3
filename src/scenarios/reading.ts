import type { Path, Places } from "../decode/index.ts";
import type { Place, Problem } from "../model/problem.ts";
import type { BodyTemplate, Template } from "../model/scenario.ts";
import { parseTemplate } from "./template.ts";

/** Which part of a step a mention stands in. */
export type Part = "request" | "expect";

/** A name that a file uses and that linking has to find. `step` is the index of the step, -1 above the steps. */
export type Mention = { readonly place: Place; readonly step: number; readonly part: Part } & (
  | { readonly kind: "slot"; readonly name: string; readonly via?: string }
  | { readonly kind: "answer"; readonly target: string }
  | { readonly kind: "check" | "action"; readonly name: string; readonly args: readonly PlacedName[] }
);

export interface PlacedName {
  readonly name: string;
  readonly place: Place;
}

export type Fixture =
  | { readonly kind: "found"; readonly body: BodyTemplate; readonly slots: readonly string[] }
  | { readonly kind: "unknown"; readonly known: readonly string[] }
  /** Its own problems are reported once, under its own name. */
  | { readonly kind: "broken" };

/** Where `$from` finds its bodies. */
export interface Fixtures {
  readonly take: (name: string) => Fixture;
}

/** One file while it is being decoded: what it says, where, and what has been found wrong so far. */
export interface Reading {
  readonly places: Places;
  readonly fixtures: Fixtures;
  readonly problems: Problem[];
  readonly mentions: Mention[];
  readonly step: number;
  readonly part: Part;
}

export function complain(reading: Reading, place: Place, what: string, next: string): void {
  reading.problems.push({ place, what, next });
}

/** Parses the text at a path, noting its slots; a problem gives the text without them. */
export function readTemplate(text: string, path: Path, reading: Reading): Template {
  const parsed = parseTemplate(text);
  if (!parsed.ok) {
    const { offset, what, next } = parsed.problem;
    complain(reading, reading.places.placeOf(path, offset), what, next);
    return { parts: [] };
  }
  for (const { slot, offset } of parsed.slots) {
    const place = reading.places.placeOf(path, offset);
    reading.mentions.push({ kind: "slot", name: slot.name, place, step: reading.step, part: reading.part });
  }
  return parsed.template;
}
