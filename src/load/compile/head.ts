import { type Speak, withOwnHeaders } from "../../engine/request.ts";
import type { SendStep, Slot } from "../../model/scenario.ts";
import type { Wire } from "../wire/wire.ts";
import { type Piece, Pieces } from "./pieces.ts";
import { asParameter, asSegment, type Slots } from "./slots.ts";

/** A request's head compiled. */
export interface CompiledHead {
  readonly head: Pieces;
  /** Path and query. */
  readonly path: Pieces;
}

/** A path with marks for slots, to tell what a request would do. */
export interface MarkedPath {
  readonly path: string;
  readonly slots: readonly Slot[];
}

const MARK = "\ue003";

/** The head is written once by the wire, with marks where the path and the values of headers go, and cut at the marks. */
export function compiledHead(
  step: SendStep,
  hasBody: boolean,
  slots: Slots,
  speak: Speak,
  wire: Pick<Wire, "headOf">,
): CompiledHead {
  const values = step.headers.map(([name, template]) => {
    const pieces = new Pieces(slots.text(template, (text) => text));
    return { name, pieces, constant: pieces.constant };
  });
  const headers = withOwnHeaders(
    speak(step.speaker, hasBody),
    values.map(({ name, constant }, at) => [name, constant ?? `${MARK}${at}${MARK}`]),
  );
  const pathPieces = piecesOfPath(step, slots);
  const text = wire.headOf({
    method: step.method,
    path: `/${MARK}path${MARK}`,
    headers,
    credential: step.credential,
  });
  const pieces = text.split(MARK).flatMap((part, at): readonly Piece[] => {
    if (at % 2 === 0) return [at === 0 ? part.replace(/\/$/, "") : part];
    if (part === "path") return pathPieces;
    const { pieces: value } = values[Number(part)] as (typeof values)[number];
    return [(state) => value.fill(state)];
  });
  return { head: new Pieces(pieces), path: new Pieces(pathPieces) };
}

function piecesOfPath(step: SendStep, slots: Slots): readonly Piece[] {
  const pieces: Piece[] = [...slots.text(step.path, asSegment)];
  const first = step.path.parts.some((part) => typeof part === "string" && part.includes("?")) ? "&" : "?";
  for (const [at, [name, template]] of step.query.entries()) {
    pieces.push(`${at === 0 ? first : "&"}${name}=`);
    const parts = template.parts.map((part) => (typeof part === "string" ? asParameter(part) : part));
    pieces.push(...slots.text({ parts }, asParameter));
  }
  return pieces;
}

export function markedPath(step: SendStep): MarkedPath {
  const slots: Slot[] = [];
  const path = step.path.parts
    .map((part) => (typeof part === "string" ? part : `${MARK}${slots.push(part) - 1}${MARK}`))
    .join("");
  return { path, slots };
}

/** The slot that a text of a marked path is; undefined for every other text. */
export function slotInPath({ slots }: MarkedPath, text: string): Slot | undefined {
  return slots[Number(new RegExp(`^${MARK}(\\d+)${MARK}$`).exec(text)?.[1] ?? Number.NaN)];
}
