import { didYouMean, expectedOneOf } from "../decode/index.ts";
import { type Slot, type Template, TRANSFORMS, type Transform } from "../model/scenario.ts";

import { isPath } from "./path-syntax.ts";

export interface TemplateProblem {
  /** Where in the text, counted from 0. */
  readonly offset: number;
  readonly what: string;
  readonly next: string;
}

/** A slot and where its `${` stands in the text. */
export interface PlacedSlot {
  readonly slot: Slot;
  readonly offset: number;
}

export type ParsedTemplate =
  | { readonly ok: true; readonly template: Template; readonly slots: readonly PlacedSlot[] }
  | { readonly ok: false; readonly problem: TemplateProblem };

/** Parses `text ${name | transform} text`. Neighbouring text is one part; an empty text has no parts. */
export function parseTemplate(text: string): ParsedTemplate {
  const parts: (string | Slot)[] = [];
  const slots: PlacedSlot[] = [];
  let from = 0;
  for (let open = text.indexOf("${"); open !== -1; open = text.indexOf("${", from)) {
    const close = text.indexOf("}", open);
    if (close === -1) {
      return wrong(open, "This slot is never closed.", "Close it with `}`.");
    }
    const slot = parseSlot(text.slice(open + 2, close), open);
    if ("what" in slot) return { ok: false, problem: slot };
    if (open > from) parts.push(text.slice(from, open));
    parts.push(slot);
    slots.push({ slot, offset: open });
    from = close + 1;
  }
  if (from < text.length) parts.push(text.slice(from));
  return { ok: true, template: { parts }, slots };
}

/** The text a template was parsed from, with spaces inside slots as we would write them. */
export function printTemplate(template: Template): string {
  return template.parts
    .map((part) => (typeof part === "string" ? part : `\${${[part.name, ...part.transforms].join(" | ")}}`))
    .join("");
}

const FIRST_NAME = /^[A-Za-z][\w-]*/;

function parseSlot(inside: string, offset: number): Slot | TemplateProblem {
  const [name = "", ...words] = inside.split("|").map((word) => word.trim());
  if (!FIRST_NAME.test(name) || /\s/.test(name) || !isPath(name)) {
    return {
      offset,
      what: `\`\${${inside}}\` does not name a value.`,
      next: "Expected a name such as `user`, `unique.userName` or `crowd[0].value`.",
    };
  }
  const unknown = words.find((word) => !isTransform(word));
  if (unknown !== undefined) {
    const next = unknown === "" ? expectedOneOf(TRANSFORMS) : didYouMean(unknown, TRANSFORMS);
    return { offset, what: `There is no transform \`${unknown}\`.`, next };
  }
  return { name, transforms: words.filter(isTransform) };
}

const isTransform = (word: string): word is Transform => (TRANSFORMS as readonly string[]).includes(word);

function wrong(offset: number, what: string, next: string): ParsedTemplate {
  return { ok: false, problem: { offset, what, next } };
}
