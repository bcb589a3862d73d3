import { withTransforms } from "../../engine/fill.ts";
import { type NamePart, type NamePick, type Names, pick } from "../../engine/names.ts";
import type { Json } from "../../model/json.ts";
import { HOME_GROUP, STANDING_GROUP } from "../../model/load-plan.ts";
import { valueAt } from "../../model/path.ts";
import { encodedSegment, percentEncoded } from "../../model/percent.ts";
import type { BodyTemplate, Slot, Template } from "../../model/scenario.ts";
import type { Population } from "../playing/population.ts";
import { compact, type Fill, isAscii, jsonText, noteBeyondAscii, type Piece, Pieces } from "./pieces.ts";
import { NotYielded, type PlayState } from "./play-state.ts";

/** Where a slot's value comes from, for whoever has to know which person or group it names. */
export type Source =
  | { readonly kind: "unique"; readonly label: number; readonly of: string }
  | { readonly kind: "value"; readonly index: number }
  | { readonly kind: "crowd"; readonly at: number }
  | { readonly kind: "whole-crowd" }
  | { readonly kind: "standing" }
  | { readonly kind: "home" };

/** A slot that is filled anew in every play. */
export interface OpenSlot {
  readonly source: Source;
  /** Its value, transforms not yet applied. Throws `NotYielded`. */
  readonly value: (state: PlayState) => Json;
}

/** What the names in a scenario's slots stand for. */
export class Slots {
  readonly #labels: string[] = [];
  readonly #names: readonly string[];
  readonly #given: ReadonlyMap<string, Json>;
  readonly #book: Names;
  readonly #population: Population;
  readonly crowdSize: number;

  /** @param remembered the names that steps of the scenario remember, in the order of their places in `PlayState.values` */
  constructor(
    remembered: readonly string[],
    given: ReadonlyMap<string, Json>,
    book: Names,
    population: Population,
    crowdSize: number,
  ) {
    this.#names = remembered;
    this.#given = given;
    this.#book = book;
    this.#population = population;
    this.crowdSize = crowdSize;
  }

  /** Labels in the order in which the engine's player would take their numbers. */
  get labels(): readonly string[] {
    return this.#labels;
  }

  label(label: string): number {
    const known = this.#labels.indexOf(label);
    return known === -1 ? this.#labels.push(label) - 1 : known;
  }

  /** A value that is the same in every play, an open slot, or undefined where nothing will ever yield it. */
  resolve(name: string): OpenSlot | { readonly constant: Json } | undefined {
    if (name.startsWith("unique.")) return this.#unique(name);
    if (this.#given.has(name)) return { constant: this.#given.get(name) as Json };
    const end = name.search(/[.[]/);
    const [first, path] = end === -1 ? [name, "$"] : [name.slice(0, end), name.slice(end).replace(/^\./, "")];
    if (first === "crowd") return this.#crowd(name, path);
    if (first === STANDING_GROUP) return this.#standing(path);
    if (first === HOME_GROUP) return this.#home(path);
    const index = this.#names.indexOf(first);
    if (index === -1) {
      const value = valueAt(this.#given.get(first), path);
      return value === undefined || value === null ? undefined : { constant: value };
    }
    return { source: { kind: "value", index }, value: (state) => told(state.values[index], path, name) };
  }

  #unique(name: string): OpenSlot {
    const words = name.split(".");
    const of = words.at(-1) ?? "";
    const label = words.slice(1, -1).join(".");
    const index = this.label(label);
    const slot: Slot = { name, transforms: [] };
    const parts = this.#book.partsOf(of, label);
    const text = new Pieces(parts.map((part) => pieceOf(part, index, slot, (written) => written)));
    return { source: { kind: "unique", label: index, of }, value: (state) => text.fill(state) };
  }

  #crowd(name: string, path: string): OpenSlot | undefined {
    const people = this.#population;
    if (path === "$") {
      return {
        source: { kind: "whole-crowd" },
        value: ({ crowdFrom }) => people.members(crowdFrom, this.crowdSize),
      };
    }
    const [, at, rest = "$"] = /^\[(\d+)\](?:\.(.+))?$/.exec(path) ?? [];
    if (at === undefined || Number(at) >= this.crowdSize) return undefined;
    return {
      source: { kind: "crowd", at: Number(at) },
      value: ({ crowdFrom }) => told(people.member(crowdFrom + Number(at)), rest, name),
    };
  }

  #standing(path: string): OpenSlot {
    const people = this.#population;
    return {
      source: { kind: "standing" },
      value: ({ standing }) => told(people.group(standing), path, `standing.${path}`),
    };
  }

  #home(path: string): OpenSlot {
    const people = this.#population;
    return {
      source: { kind: "home" },
      value: ({ crowdFrom }) => told(people.group(people.homeOf(crowdFrom)), path, `home.${path}`),
    };
  }

  /** A template as text, each value written by `write`. Slots that nothing yields throw when they are filled. */
  text(template: Template, write: Writer): readonly Piece[] {
    return template.parts.flatMap((part): readonly Piece[] =>
      typeof part === "string" ? [part] : this.#written(part, write),
    );
  }

  #written(slot: Slot, write: Writer): readonly Piece[] {
    const found = this.resolve(slot.name);
    if (found === undefined) return [notYielded(slot)];
    if ("constant" in found) return [write(asText(withTransforms(found.constant, slot)), slot)];
    const { value, source } = found;
    if (source.kind === "unique") {
      const parts = this.#book.partsOf(source.of, this.#labels[source.label] ?? "");
      if (canBeWrittenByPart(parts, slot))
        return parts.map((part) => pieceOf(part, source.label, slot, write));
    }
    if (slot.transforms.length === 0) return [(state) => write(asText(value(state)), slot)];
    return [(state) => write(asText(withTransforms(value(state), slot)), slot)];
  }

  /** What a template at a single place of a body gives, as the engine would fill it. */
  value(template: BodyTemplate): (state: PlayState) => Json {
    if (template.kind === "literal") return () => template.value;
    if (template.kind !== "text") throw new Error(`a single value cannot be made of a ${template.kind}`);
    const { parts } = template.template;
    const [only, ...rest] = parts;
    if (only === undefined || typeof only === "string" || rest.length > 0) {
      const pieces = new Pieces(this.text(template.template, (text) => text));
      return (state) => pieces.fill(state);
    }
    const found = this.resolve(only.name);
    if (found === undefined) return notYielded(only);
    if ("constant" in found) return () => withTransforms(found.constant, only);
    const { value } = found;
    return only.transforms.length === 0 ? value : (state) => withTransforms(value(state), only);
  }

  /** A slot that stands alone in a body: its value as JSON, of whatever type it is. */
  json(slot: Slot): readonly Piece[] {
    const found = this.resolve(slot.name);
    if (found === undefined) return [notYielded(slot)];
    if ("constant" in found) return [JSON.stringify(withTransforms(found.constant, slot))];
    const { value, source } = found;
    if (source.kind === "unique") return ['"', ...this.#written(slot, jsonText), '"'];
    if (source.kind === "whole-crowd" && slot.transforms.length === 0) {
      return [({ crowdFrom }) => this.#population.membersJson(crowdFrom, this.crowdSize)];
    }
    return [
      (state) => {
        const filled = slot.transforms.length === 0 ? value(state) : withTransforms(value(state), slot);
        return typeof filled === "string" ? `"${jsonText(filled)}"` : JSON.stringify(filled);
      },
    ];
  }
}

/** How a value is written where its slot stands. */
type Writer = (text: string, slot: Slot) => string;

/** Every way of writing goes character by character, but letters beyond ASCII may change with their neighbours' case. */
function canBeWrittenByPart(parts: readonly NamePart[], slot: Slot): boolean {
  return !changesCase(slot) || parts.every((part) => typeof part !== "string" || isAscii(part));
}

const changesCase = ({ transforms }: Slot) => transforms.includes("upper") || transforms.includes("lower");

function pieceOf(part: NamePart, label: number, slot: Slot, write: Writer): Piece {
  const written = (text: string) => compact(write(asText(withTransforms(text, slot)), slot));
  if (typeof part === "string") return written(part);
  if (typeof part !== "function") return picked(part, label, written);
  // Letters, digits and hyphens: only a change of case changes them.
  return changesCase(slot)
    ? ({ numbers }) => written(part(numbers[label] ?? 0))
    : ({ numbers }) => part(numbers[label] ?? 0);
}

function picked({ from, step }: NamePick, label: number, written: (text: string) => string): Fill {
  const texts = { from: from.map(written), step };
  if (from.every(isAscii)) return ({ numbers }) => pick(texts, numbers[label] ?? 0);
  return ({ numbers }) => {
    const text = pick(texts, numbers[label] ?? 0);
    if (!isAscii(text)) noteBeyondAscii();
    return text;
  };
}

/** How the engine writes a slot into a path: one segment, whatever is in it. */
export function asSegment(text: string, { transforms }: Slot): string {
  if (transforms.includes("url") || transforms.includes("form") || isUnreserved(text)) return text;
  return encodedSegment(text);
}

/** Letters, digits and what else no encoding touches: ids mostly are made of them. */
function isUnreserved(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (UNRESERVED[text.charCodeAt(at)] !== 1) return false;
  return true;
}

const UNRESERVED = new Uint8Array(128);
for (const character of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~") {
  UNRESERVED[character.charCodeAt(0)] = 1;
}

export const asParameter = (text: string) => percentEncoded(text);

const asText = (value: Json) => (typeof value === "string" ? value : JSON.stringify(value));

function told(value: Json | undefined, path: string, name: string): Json {
  const found = path === "$" ? value : valueAt(value, path);
  if (found === undefined || found === null) throw new NotYielded(name);
  return found;
}

function notYielded(slot: Slot): Fill {
  return () => {
    throw new NotYielded(slot.name);
  };
}
