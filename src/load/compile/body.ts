import { fillBody } from "../../engine/fill.ts";
import type { Json } from "../../model/json.ts";
import type { BodyTemplate, Changes, Slot, Template } from "../../model/scenario.ts";
import { jsonText, type Piece, Pieces } from "./pieces.ts";
import type { Slots } from "./slots.ts";

/** A body compiled: its text in pieces, and the value with marks where the slots are. */
export interface CompiledBody {
  readonly pieces: Pieces;
  /** The body as JSON; every slot is a mark that `slotsIn` finds. */
  readonly marked: Json;
}

/** Private-use characters enclose the number of a slot. No fixture holds them. */
const [OPEN, CLOSE, ALONE] = ["\ue000", "\ue001", "\ue002"];
const MARK = /(")?\ue000(\ue002?)(\d+)\ue001("?)/g;

/**
 * Compiles a body by letting the engine fill it, marks in place of values, and cutting the text at the marks: whatever
 * fixtures and changes do to a body is done by the same code as in conformance.
 */
export class BodyCompiler {
  readonly #slots: Slots;
  readonly #marks: Slot[] = [];

  constructor(slots: Slots) {
    this.#slots = slots;
  }

  body(template: BodyTemplate): CompiledBody {
    const marked = fillBody(this.#marked(template), {
      valueOf: (name) => name,
      unique: () => "",
      answerOf: () => undefined,
    });
    return { marked, pieces: new Pieces(this.#cut(JSON.stringify(marked))) };
  }

  /** The slot behind a mark; undefined for a text that holds none, or more than one mark. */
  slotOf(text: string): Slot | undefined {
    const [match, ...more] = [...text.matchAll(MARK)];
    return match === undefined || more.length > 0 ? undefined : this.#marks[Number(match[3])];
  }

  /** Every slot in a marked body. */
  slotsIn(marked: Json): readonly Slot[] {
    return [...JSON.stringify(marked).matchAll(MARK)].map((match) => this.#marks[Number(match[3])] as Slot);
  }

  #cut(text: string): readonly Piece[] {
    const pieces: Piece[] = [];
    let at = 0;
    for (const match of text.matchAll(MARK)) {
      const [whole, before = "", alone, number, after = ""] = match;
      const slot = this.#marks[Number(number)] as Slot;
      const isAlone = alone !== "" && before === '"' && after === '"';
      pieces.push(text.slice(at, match.index), isAlone ? "" : before);
      pieces.push(...(isAlone ? this.#slots.json(slot) : this.#slots.text({ parts: [slot] }, jsonText)));
      pieces.push(isAlone ? "" : after);
      at = match.index + whole.length;
    }
    pieces.push(text.slice(at));
    return pieces;
  }

  #marked(template: BodyTemplate): BodyTemplate {
    switch (template.kind) {
      case "literal":
        return template;
      case "text":
        return { kind: "text", template: this.#markedText(template.template) };
      case "array":
        return { kind: "array", items: template.items.map((item) => this.#marked(item)) };
      case "object":
        return { kind: "object", entries: this.#markedEntries(template.entries) };
      case "fixture":
        return {
          ...template,
          body: this.#marked(template.body),
          changes: this.#markedChanges(template.changes),
        };
      case "answer":
        throw new Error("a body made of an answer cannot be compiled");
    }
  }

  #markedEntries(
    entries: readonly (readonly [string, BodyTemplate])[],
  ): readonly (readonly [string, BodyTemplate])[] {
    return entries.map(([key, value]) => [key, this.#marked(value)] as const);
  }

  #markedChanges({ replace, set, without }: Changes): Changes {
    return { replace: this.#markedEntries(replace), set: this.#markedEntries(set), without };
  }

  #markedText({ parts }: Template): Template {
    const isAlone = parts.length === 1;
    return {
      parts: parts.map((part) =>
        typeof part === "string" ? part : { name: this.#mark(part, isAlone), transforms: [] },
      ),
    };
  }

  #mark(slot: Slot, isAlone: boolean): string {
    // The number of a label is taken where the engine would take it: in the order of the slots.
    this.#slots.resolve(slot.name);
    const number = this.#marks.push(slot) - 1;
    return `${OPEN}${isAlone ? ALONE : ""}${number}${CLOSE}`;
  }
}

/** Whether a body is made of the answer of an earlier step anywhere. */
export function isMadeOfAnswer(template: BodyTemplate): boolean {
  switch (template.kind) {
    case "answer":
      return true;
    case "array":
      return template.items.some(isMadeOfAnswer);
    case "object":
      return template.entries.some(([, value]) => isMadeOfAnswer(value));
    case "fixture":
      return (
        isMadeOfAnswer(template.body) ||
        [...template.changes.replace, ...template.changes.set].some(([, value]) => isMadeOfAnswer(value))
      );
    default:
      return false;
  }
}

/** The steps whose answers a body is made of. */
export function answersIn(template: BodyTemplate): readonly string[] {
  const inChanges = ({ changes }: Extract<BodyTemplate, { kind: "answer" | "fixture" }>) =>
    [...changes.replace, ...changes.set].flatMap(([, value]) => answersIn(value));
  switch (template.kind) {
    case "answer":
      return [template.step, ...inChanges(template)];
    case "fixture":
      return [...answersIn(template.body), ...inChanges(template)];
    case "array":
      return template.items.flatMap(answersIn);
    case "object":
      return template.entries.flatMap(([, value]) => answersIn(value));
    default:
      return [];
  }
}
